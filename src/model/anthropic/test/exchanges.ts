/**
 * Exchanges with Anthropic's Messages API for the conformance suite: shapes and order of events as the API sends them,
 * with texts of our own. The bodies are held to the types of the official SDK.
 */
import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import type { Exchange, WireExchanges } from '../../test/exchange.ts';
import { anthropicWire } from '../wire.ts';
import { badStreams, badWhole, errors } from './bad-answers.ts';
import { answeredBy, block, delta, ended, message, started, stream, textBlock } from './events.ts';

const model = 'claude-opus-5-5';

const image = {
  type: 'image',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
  mediaType: 'image/png',
} as const;

const imageBlock = {
  type: 'image' as const,
  source: { type: 'base64' as const, media_type: 'image/png' as const, data: 'iVBORw==' },
};

const readPage = {
  name: 'read_page',
  about: 'Reads one page.',
  parameters: { type: 'object', properties: { page: { type: 'integer' } }, required: ['page'] },
};

function requests(body: MessageCreateParamsNonStreaming): Exchange['request'] {
  const same = { path: '/v1/messages', headers: { 'anthropic-version': '2023-06-01' } };
  return {
    stream: { ...same, body: { ...body, stream: true } },
    whole: { ...same, body: { ...body, stream: false } },
  };
}

const answerUsage = {
  input_tokens: 42,
  cache_creation_input_tokens: 30,
  cache_read_input_tokens: 1200,
  cache_creation: { ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 0 },
  service_tier: 'standard',
};

const answer: Exchange = {
  messages: [
    { role: 'system', parts: [{ type: 'text', text: 'You read pages.' }] },
    { role: 'user', parts: [{ type: 'text', text: 'Page 1:' }, image] },
    { role: 'user', parts: [{ type: 'text', text: 'What does it say?' }] },
  ],
  options: { maxTokens: 256 },
  request: requests({
    model,
    max_tokens: 256,
    system: [{ type: 'text', text: 'You read pages.' }],
    messages: [
      {
        role: 'user',
        content: [{ type: 'text', text: 'Page 1:' }, imageBlock, { type: 'text', text: 'What does it say?' }],
      },
    ],
  }),
  stream: stream([
    started({ ...answerUsage, output_tokens: 1 }),
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    delta(0, { type: 'text_delta', text: 'A naïve' }),
    delta(0, { type: 'text_delta', text: ' 日本 🙂' }),
    delta(0, { type: 'text_delta', text: ' page.' }),
    { type: 'content_block_stop', index: 0 },
    ...ended('end_turn', {
      input_tokens: 42,
      cache_creation_input_tokens: 30,
      cache_read_input_tokens: 1200,
      output_tokens: 17,
    }),
  ]),
  whole: message([{ type: 'text', text: 'A naïve 日本 🙂 page.' }], 'end_turn', {
    ...answerUsage,
    output_tokens: 17,
  }),
  expected: {
    text: 'A naïve 日本 🙂 page.',
    reasoning: [],
    toolCalls: [],
    usage: { inputTokens: 42, cachedInputTokens: 1200, cacheWriteTokens: 30, outputTokens: 17 },
    finishReason: 'stop',
    model: answeredBy,
  },
};

const toolCall: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Read both pages.' }] },
    {
      role: 'assistant',
      parts: [{ type: 'tool-call', id: 'toolu_01A', name: 'read_page', arguments: '{"page":1}' }],
    },
    {
      role: 'tool',
      parts: [
        {
          type: 'tool-result',
          id: 'toolu_01A',
          name: 'read_page',
          parts: [{ type: 'text', text: 'Page 1 of 2:' }, image],
        },
      ],
    },
    { role: 'user', parts: [{ type: 'text', text: 'Go on.' }] },
  ],
  options: { tools: [readPage], toolChoice: 'required' },
  request: requests({
    model,
    max_tokens: 8192,
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Read both pages.' }] },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_01A', name: 'read_page', input: { page: 1 } }],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'toolu_01A',
            content: [{ type: 'text', text: 'Page 1 of 2:' }, imageBlock],
          },
          { type: 'text', text: 'Go on.' },
        ],
      },
    ],
    tools: [
      {
        name: 'read_page',
        description: 'Reads one page.',
        input_schema: { type: 'object', properties: { page: { type: 'integer' } }, required: ['page'] },
      },
    ],
    tool_choice: { type: 'any' },
  }),
  stream: stream([
    started({ input_tokens: 310, output_tokens: 2 }),
    ...textBlock(0, 'Now ', 'page 2.'),
    ...block(
      1,
      { type: 'tool_use', id: 'toolu_01B', name: 'read_page', input: {} },
      delta(1, { type: 'input_json_delta', partial_json: '' }),
      delta(1, { type: 'input_json_delta', partial_json: '{"pa' }),
      delta(1, { type: 'input_json_delta', partial_json: 'ge":2' }),
      delta(1, { type: 'input_json_delta', partial_json: '}' }),
    ),
    ...ended('tool_use', { output_tokens: 58 }),
  ]),
  whole: message(
    [
      { type: 'text', text: 'Now page 2.' },
      { type: 'tool_use', id: 'toolu_01B', name: 'read_page', input: { page: 2 } },
    ],
    'tool_use',
    { input_tokens: 310, output_tokens: 58 },
  ),
  expected: {
    text: 'Now page 2.',
    reasoning: [],
    toolCalls: [{ type: 'tool-call', id: 'toolu_01B', name: 'read_page', arguments: '{"page":2}' }],
    usage: { inputTokens: 310, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 58 },
    finishReason: 'tool-calls',
    model: answeredBy,
  },
};

const signature = 'EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds';
const redacted = 'EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIwxtE3rAFBa8cr3qpP';

const reasoning: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Which page?' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'The first.', opaque: { type: 'thinking', signature } },
        { type: 'reasoning', text: '', opaque: { type: 'redacted_thinking', data: redacted } },
        { type: 'text', text: 'Page 1.' },
      ],
    },
    { role: 'user', parts: [{ type: 'text', text: 'And then?' }] },
  ],
  request: requests({
    model,
    max_tokens: 8192,
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Which page?' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'The first.', signature },
          { type: 'redacted_thinking', data: redacted },
          { type: 'text', text: 'Page 1.' },
        ],
      },
      { role: 'user', content: [{ type: 'text', text: 'And then?' }] },
    ],
  }),
  stream: stream([
    started({ input_tokens: 60, output_tokens: 3 }),
    ...block(
      0,
      { type: 'thinking', thinking: '', signature: '' },
      delta(0, { type: 'thinking_delta', thinking: 'After 1 ' }),
      delta(0, { type: 'thinking_delta', thinking: 'comes 2.' }),
      delta(0, { type: 'signature_delta', signature }),
    ),
    ...block(1, { type: 'redacted_thinking', data: redacted }),
    ...textBlock(2, 'Page', ' 2.'),
    ...ended('end_turn', { output_tokens: 90, output_tokens_details: { thinking_tokens: 80 } }),
  ]),
  whole: message(
    [
      { type: 'thinking', thinking: 'After 1 comes 2.', signature },
      { type: 'redacted_thinking', data: redacted },
      { type: 'text', text: 'Page 2.' },
    ],
    'end_turn',
    { input_tokens: 60, output_tokens: 90, output_tokens_details: { thinking_tokens: 80 } },
  ),
  expected: {
    text: 'Page 2.',
    reasoning: [
      { type: 'reasoning', text: 'After 1 comes 2.', opaque: { type: 'thinking', signature } },
      { type: 'reasoning', text: '', opaque: { type: 'redacted_thinking', data: redacted } },
    ],
    toolCalls: [],
    usage: {
      inputTokens: 60,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 90,
      reasoningTokens: 80,
    },
    finishReason: 'stop',
    model: answeredBy,
  },
};

const length: Exchange = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Count.' }] }],
  options: { maxTokens: 4 },
  request: requests({
    model,
    max_tokens: 4,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Count.' }] }],
  }),
  stream: stream([
    started({ input_tokens: 9, output_tokens: 1 }),
    ...textBlock(0, 'One, ', 'two'),
    ...ended('max_tokens', { output_tokens: 4 }),
  ]),
  whole: message([{ type: 'text', text: 'One, two' }], 'max_tokens', { input_tokens: 9, output_tokens: 4 }),
  expected: {
    text: 'One, two',
    reasoning: [],
    toolCalls: [],
    usage: { inputTokens: 9, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 4 },
    finishReason: 'length',
    model: answeredBy,
  },
};

export const anthropicExchanges: WireExchanges = {
  wire: anthropicWire,
  model,
  answer,
  toolCall,
  reasoning,
  length,
  badWhole,
  badStreams,
  errors,
};
