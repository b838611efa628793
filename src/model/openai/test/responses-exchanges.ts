/** Exchanges in the format of OpenAI's Responses API. */
import type { Message, Tool } from '../../message.ts';
import { eventStream } from '../../test/event-stream.ts';
import type { Exchange, WireExchanges } from '../../test/exchange.ts';
import { openaiResponsesWire } from '../responses.ts';

const model = 'gpt-5.1';
const answered = 'gpt-5.1-2025-11-13';
const pixels = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const image = { type: 'input_image', image_url: 'data:image/png;base64,iVBORw==', detail: 'auto' };

const requestOf = (input: unknown[], rest: object): Exchange['request'] => {
  const body = { model, input, store: false, include: ['reasoning.encrypted_content'], ...rest };
  return {
    stream: { path: '/responses', body: { ...body, stream: true } },
    whole: { path: '/responses', body: { ...body, stream: false } },
  };
};

const response = (status: string, rest: object) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_760_000_000,
  model: answered,
  status,
  error: null,
  incomplete_details: null,
  output: [],
  usage: null,
  ...rest,
});

/** The events of an answer, numbered as OpenAI numbers them. */
const stream = (events: readonly object[]): string =>
  eventStream(
    [
      { type: 'response.created', response: response('in_progress', {}) },
      { type: 'response.in_progress', response: response('in_progress', {}) },
      ...events,
    ].map((event, index) => ({ ...event, sequence_number: index })),
    event => String(Object(event).type),
  );

const message = (id: string, text: string, status = 'completed') => ({
  id,
  type: 'message',
  status,
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
});

/** A message as it is streamed. */
const messageEvents = (output_index: number, id: string, deltas: readonly string[], status = 'completed') => {
  const place = { item_id: id, output_index, content_index: 0 };
  const part = { type: 'output_text', text: '', annotations: [], logprobs: [] };
  const item = message(id, deltas.join(''), status);
  return [
    {
      type: 'response.output_item.added',
      output_index,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...place, part },
    ...deltas.map(delta => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...place, text: deltas.join(''), logprobs: [] },
    { type: 'response.content_part.done', ...place, part: item.content[0] },
    { type: 'response.output_item.done', output_index, item },
  ];
};

const usageOf = (input: number, cached: number, output: number, reasoned: number) => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoned },
  total_tokens: input + output,
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

const answerWhole = response('completed', {
  output: [message('msg_1', 'A naïve 日本 text 🙂.')],
  usage: usageOf(1200, 1024, 9, 0),
});

const answer: Exchange = {
  messages: question,
  options: { maxTokens: 64, temperature: 0, topP: 0.9 },
  request: requestOf(
    [
      { role: 'system', content: [{ type: 'input_text', text: 'Answer in one line.' }] },
      { role: 'user', content: [{ type: 'input_text', text: 'What does the page say?' }, image] },
    ],
    { max_output_tokens: 64, temperature: 0, top_p: 0.9 },
  ),
  stream: stream([
    ...messageEvents(0, 'msg_1', ['A naïve ', '日本 text ', '🙂.']),
    { type: 'response.completed', response: answerWhole },
  ]),
  whole: answerWhole,
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

const call = {
  id: 'fc_2',
  type: 'function_call',
  status: 'completed',
  call_id: 'call_2',
  name: 'read_page',
  arguments: '{"page":4}',
};

const callWhole = response('completed', { output: [call], usage: usageOf(80, 0, 20, 0) });

const toolCall: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Read pages 3 and 4.' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'First 3.', opaque: { id: 'rs_1', encrypted_content: 'gAAA1' } },
        { type: 'tool-call', id: 'call_1', name: 'read_page', arguments: '{"page":3}' },
      ],
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
  options: { tools: [tool], toolChoice: 'required' },
  request: requestOf(
    [
      { role: 'user', content: [{ type: 'input_text', text: 'Read pages 3 and 4.' }] },
      {
        type: 'reasoning',
        id: 'rs_1',
        encrypted_content: 'gAAA1',
        summary: [{ type: 'summary_text', text: 'First 3.' }],
      },
      { type: 'function_call', call_id: 'call_1', name: 'read_page', arguments: '{"page":3}' },
      {
        type: 'function_call_output',
        call_id: 'call_1',
        output: [{ type: 'input_text', text: 'Page 3:' }, image],
      },
    ],
    {
      tools: [
        {
          type: 'function',
          name: 'read_page',
          description: tool.about,
          parameters: tool.parameters,
          strict: false,
        },
      ],
      tool_choice: 'required',
    },
  ),
  stream: stream([
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...call, status: 'in_progress', arguments: '' },
    },
    { type: 'response.function_call_arguments.delta', item_id: 'fc_2', output_index: 0, delta: '{"pa' },
    { type: 'response.function_call_arguments.delta', item_id: 'fc_2', output_index: 0, delta: 'ge":4}' },
    {
      type: 'response.function_call_arguments.done',
      item_id: 'fc_2',
      output_index: 0,
      name: 'read_page',
      arguments: call.arguments,
    },
    { type: 'response.output_item.done', output_index: 0, item: call },
    { type: 'response.completed', response: callWhole },
  ]),
  whole: callWhole,
  expected: {
    text: '',
    reasoning: [],
    toolCalls: [{ type: 'tool-call', id: 'call_2', name: 'read_page', arguments: '{"page":4}' }],
    usage: {
      inputTokens: 80,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 20,
      reasoningTokens: 0,
    },
    finishReason: 'tool-calls',
    model: answered,
  },
};

const thought = {
  id: 'rs_2',
  type: 'reasoning',
  encrypted_content: 'gAAA2',
  summary: [
    { type: 'summary_text', text: 'Four and three.' },
    { type: 'summary_text', text: 'Add.' },
  ],
};

const reasoningWhole = response('completed', {
  output: [thought, message('msg_2', 'Seven.')],
  usage: usageOf(10, 0, 30, 25),
});

const summaryEvents = (summary_index: number, deltas: readonly string[]) => {
  const place = { item_id: 'rs_2', output_index: 0, summary_index };
  const part = { type: 'summary_text', text: '' };
  return [
    { type: 'response.reasoning_summary_part.added', ...place, part },
    ...deltas.map(delta => ({ type: 'response.reasoning_summary_text.delta', ...place, delta })),
    { type: 'response.reasoning_summary_text.done', ...place, text: deltas.join('') },
    { type: 'response.reasoning_summary_part.done', ...place, part: { ...part, text: deltas.join('') } },
  ];
};

const reasoning: Exchange = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Four and three?' }] }],
  request: requestOf([{ role: 'user', content: [{ type: 'input_text', text: 'Four and three?' }] }], {}),
  stream: stream([
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { id: 'rs_2', type: 'reasoning', encrypted_content: 'gAAA', summary: [] },
    },
    ...summaryEvents(0, ['Four and ', 'three.']),
    ...summaryEvents(1, ['Add.']),
    { type: 'response.output_item.done', output_index: 0, item: thought },
    ...messageEvents(1, 'msg_2', ['Seven', '.']),
    { type: 'response.completed', response: reasoningWhole },
  ]),
  whole: reasoningWhole,
  expected: {
    text: 'Seven.',
    reasoning: [
      {
        type: 'reasoning',
        text: 'Four and three.\n\nAdd.',
        opaque: { id: 'rs_2', encrypted_content: 'gAAA2' },
      },
    ],
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

const lengthWhole = response('incomplete', {
  incomplete_details: { reason: 'max_output_tokens' },
  output: [message('msg_3', 'One, two', 'incomplete')],
  usage: usageOf(5, 0, 2, 0),
});

const length: Exchange = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Count.' }] }],
  options: { maxTokens: 16 },
  request: requestOf([{ role: 'user', content: [{ type: 'input_text', text: 'Count.' }] }], {
    max_output_tokens: 16,
  }),
  stream: stream([
    ...messageEvents(0, 'msg_3', ['One, ', 'two'], 'incomplete'),
    { type: 'response.incomplete', response: lengthWhole },
  ]),
  whole: lengthWhole,
  expected: {
    text: 'One, two',
    reasoning: [],
    toolCalls: [],
    usage: {
      inputTokens: 5,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 2,
      reasoningTokens: 0,
    },
    finishReason: 'length',
    model: answered,
  },
};

const failed = response('failed', { error: { code: 'server_error', message: 'Something went wrong.' } });

export const responsesExchanges: WireExchanges = {
  wire: openaiResponsesWire,
  model,
  answer,
  toolCall,
  reasoning,
  length,
  badWhole: [
    { title: 'no output', body: {}, expected: 'malformed-response' },
    {
      title: 'output that is none',
      body: response('completed', { output: 3 }),
      expected: 'malformed-response',
    },
    { title: 'a failed response', body: failed, expected: 'server' },
  ],
  badStreams: [
    {
      title: 'a failed response',
      body: stream([{ type: 'response.failed', response: failed }]),
      expected: 'server',
    },
    {
      title: 'an error event',
      body: stream([{ type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.', param: null }]),
      expected: 'rate-limit',
    },
    { title: 'no JSON', body: eventStream(['{"type":']), expected: 'malformed-response' },
    { title: 'nothing but a beginning', body: stream([]), expected: 'malformed-response' },
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
      headers: { 'retry-after-ms': '1500', 'retry-after': '2' },
      body: { error: { message: 'Rate limit reached.', type: 'tokens', code: 'rate_limit_exceeded' } },
      expected: 'rate-limit',
    },
    {
      title: 'too long a context',
      status: 400,
      body: {
        error: {
          message: 'Your input exceeds the context window of this model.',
          type: 'invalid_request_error',
          code: 'context_length_exceeded',
        },
      },
      expected: 'too-large',
    },
  ],
};
