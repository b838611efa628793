/** Exchanges in the OpenAI Chat Completions format: as OpenAI answers, and with the accents of other servers. */
import type { Message, Tool } from '../../message.ts';
import { eventStream } from '../../test/event-stream.ts';
import type { Exchange, WireExchanges } from '../../test/exchange.ts';
import { openaiChatWire } from '../chat.ts';

const model = 'gpt-4.1';
const answered = 'gpt-4.1-2025-04-14';
const pixels = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const pixelsUrl = 'data:image/png;base64,iVBORw==';

const head = { id: 'chatcmpl-B1', object: 'chat.completion.chunk', created: 1_760_000_000, model: answered };

const chunk = (delta: object, finish_reason: string | null = null) => ({
  ...head,
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
});

const usageChunk = (usage: object) => ({ ...head, choices: [], usage });

const whole = (message: object, finish_reason: string, usage: object) => ({
  id: 'chatcmpl-B1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: answered,
  choices: [{ index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason }],
  usage,
});

/** Both bodies of a request; `rest` is alike in both. */
const requestOf = (messages: unknown[], rest: object): Exchange['request'] => ({
  stream: {
    path: '/chat/completions',
    body: { model, messages, stream: true, stream_options: { include_usage: true }, ...rest },
  },
  whole: { path: '/chat/completions', body: { model, messages, stream: false, ...rest } },
});

const question: readonly Message[] = [
  { role: 'system', parts: [{ type: 'text', text: 'Answer in one line.' }] },
  {
    role: 'user',
    parts: [
      { type: 'text', text: 'What does the page say?' },
      { type: 'image', bytes: pixels, mediaType: 'image/png' },
    ],
  },
];

const spelledQuestion = [
  { role: 'system', content: 'Answer in one line.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What does the page say?' },
      { type: 'image_url', image_url: { url: pixelsUrl } },
    ],
  },
];

const answerUsage = {
  prompt_tokens: 1200,
  completion_tokens: 9,
  total_tokens: 1209,
  prompt_tokens_details: { cached_tokens: 1024, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
};

const answer: Exchange = {
  messages: question,
  options: { maxTokens: 64, temperature: 0, topP: 0.9, stop: ['END'], seed: 7 },
  request: requestOf(spelledQuestion, { max_tokens: 64, temperature: 0, top_p: 0.9, stop: ['END'], seed: 7 }),
  stream: eventStream([
    chunk({ role: 'assistant', content: '', refusal: null }),
    chunk({ content: 'A naïve ' }),
    chunk({ content: '日本 text ' }),
    chunk({ content: '🙂.' }),
    chunk({}, 'stop'),
    usageChunk(answerUsage),
    '[DONE]',
  ]),
  whole: whole({ content: 'A naïve 日本 text 🙂.' }, 'stop', answerUsage),
  expected: {
    text: 'A naïve 日本 text 🙂.',
    reasoning: [],
    toolCalls: [],
    usage: {
      inputTokens: 176,
      cachedInputTokens: 1024,
      cacheWriteTokens: 0,
      outputTokens: 9,
      reasoningTokens: 0,
    },
    finishReason: 'stop',
    model: answered,
  },
};

const tool: Tool = {
  name: 'read_page',
  about: 'Reads a page again.',
  parameters: { type: 'object', properties: { page: { type: 'integer' } }, required: ['page'] },
};

const callUsage = { prompt_tokens: 80, completion_tokens: 20, total_tokens: 100 };

const toolCall: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Read pages 3 and 4.' }] },
    {
      role: 'assistant',
      parts: [{ type: 'tool-call', id: 'call_1', name: 'read_page', arguments: '{"page":3}' }],
    },
    {
      role: 'tool',
      parts: [
        {
          type: 'tool-result',
          id: 'call_1',
          name: 'read_page',
          parts: [
            { type: 'text', text: 'Page 3:' },
            { type: 'image', bytes: pixels, mediaType: 'image/png' },
          ],
        },
      ],
    },
  ],
  options: { tools: [tool], toolChoice: 'auto' },
  request: requestOf(
    [
      { role: 'user', content: 'Read pages 3 and 4.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'read_page', arguments: '{"page":3}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Page 3:' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Result of read_page (call call_1):' },
          { type: 'image_url', image_url: { url: pixelsUrl } },
        ],
      },
    ],
    {
      tools: [
        {
          type: 'function',
          function: { name: 'read_page', description: tool.about, parameters: tool.parameters },
        },
      ],
      tool_choice: 'auto',
    },
  ),
  stream: eventStream([
    chunk({
      role: 'assistant',
      content: null,
      tool_calls: [
        { index: 0, id: 'call_2', type: 'function', function: { name: 'read_page', arguments: '' } },
      ],
    }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: '{"pa' } }] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: 'ge":4}' } }] }),
    chunk({
      tool_calls: [
        {
          index: 1,
          id: 'call_3',
          type: 'function',
          function: { name: 'read_page', arguments: '{"page":5}' },
        },
      ],
    }),
    chunk({}, 'tool_calls'),
    usageChunk(callUsage),
    '[DONE]',
  ]),
  whole: whole(
    {
      content: null,
      tool_calls: [
        { id: 'call_2', type: 'function', function: { name: 'read_page', arguments: '{"page":4}' } },
        { id: 'call_3', type: 'function', function: { name: 'read_page', arguments: '{"page":5}' } },
      ],
    },
    'tool_calls',
    callUsage,
  ),
  expected: {
    text: '',
    reasoning: [],
    toolCalls: [
      { type: 'tool-call', id: 'call_2', name: 'read_page', arguments: '{"page":4}' },
      { type: 'tool-call', id: 'call_3', name: 'read_page', arguments: '{"page":5}' },
    ],
    usage: { inputTokens: 80, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 20 },
    finishReason: 'tool-calls',
    model: answered,
  },
};

const reasoningUsage = {
  prompt_tokens: 10,
  completion_tokens: 30,
  total_tokens: 40,
  completion_tokens_details: { reasoning_tokens: 25 },
};

/** As vLLM and others give it; OpenAI's own Chat format shows no reasoning. */
const reasoning: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Two and two?' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Add them.' },
        { type: 'text', text: 'Four.' },
      ],
    },
    { role: 'user', parts: [{ type: 'text', text: 'And three?' }] },
  ],
  request: requestOf(
    [
      { role: 'user', content: 'Two and two?' },
      { role: 'assistant', content: 'Four.' },
      { role: 'user', content: 'And three?' },
    ],
    {},
  ),
  stream: eventStream([
    chunk({ role: 'assistant', reasoning_content: 'Four and ' }),
    chunk({ reasoning_content: 'three.' }),
    chunk({ content: 'Seven' }),
    chunk({ content: '.' }, 'stop'),
    usageChunk(reasoningUsage),
    '[DONE]',
  ]),
  whole: whole({ content: 'Seven.', reasoning_content: 'Four and three.' }, 'stop', reasoningUsage),
  expected: {
    text: 'Seven.',
    reasoning: [{ type: 'reasoning', text: 'Four and three.' }],
    toolCalls: [],
    usage: {
      inputTokens: 10,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 30,
      reasoningTokens: 25,
    },
    finishReason: 'stop',
    model: answered,
  },
};

const lengthUsage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };

const length: Exchange = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Count.' }] }],
  options: { maxTokens: 2 },
  request: requestOf([{ role: 'user', content: 'Count.' }], { max_tokens: 2 }),
  stream: eventStream([
    chunk({ role: 'assistant', content: 'One, ' }),
    chunk({ content: 'two' }),
    chunk({}, 'length'),
    usageChunk(lengthUsage),
    '[DONE]',
  ]),
  whole: whole({ content: 'One, two' }, 'length', lengthUsage),
  expected: {
    text: 'One, two',
    reasoning: [],
    toolCalls: [],
    usage: { inputTokens: 5, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 2 },
    finishReason: 'length',
    model: answered,
  },
};

const overloaded = { error: { message: 'The engine is overloaded.', type: 'server_error', code: null } };

export const chatExchanges: WireExchanges = {
  wire: openaiChatWire,
  model,
  answer,
  toolCall,
  reasoning,
  length,
  badWhole: [
    { title: 'no choice', body: { ...whole({}, 'stop', {}), choices: [] }, expected: 'malformed-response' },
    { title: 'no field at all', body: {}, expected: 'malformed-response' },
    { title: 'choices that are none', body: { choices: 'none' }, expected: 'malformed-response' },
    { title: 'an error object', body: overloaded, expected: 'server' },
    {
      title: 'vLLM’s older error object',
      body: {
        object: 'error',
        message: 'maximum context length is 8192 tokens',
        type: 'BadRequestError',
        code: 400,
      },
      expected: 'too-large',
    },
  ],
  badStreams: [
    { title: 'no choice', body: eventStream(['[DONE]']), expected: 'malformed-response' },
    { title: 'an error', body: eventStream([overloaded]), expected: 'server' },
    { title: 'no JSON', body: eventStream(['{"choices":[']), expected: 'malformed-response' },
  ],
  errors: [
    {
      title: 'a wrong key',
      status: 401,
      body: {
        error: {
          message: 'Incorrect API key provided.',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      },
      expected: 'credentials',
    },
    {
      title: 'too many requests',
      status: 429,
      headers: { 'retry-after': '2' },
      body: { error: { message: 'Rate limit reached.', type: 'requests', code: 'rate_limit_exceeded' } },
      expected: 'rate-limit',
    },
    {
      title: 'too long a context',
      status: 400,
      body: {
        error: {
          message: "This model's maximum context length is 128000 tokens.",
          type: 'invalid_request_error',
          code: 'context_length_exceeded',
        },
      },
      expected: 'too-large',
    },
    {
      title: 'too many images for vLLM',
      status: 400,
      body: { object: 'error', message: 'At most 1 image(s) may be provided in one prompt.', code: 400 },
      expected: 'too-large',
    },
  ],
};
