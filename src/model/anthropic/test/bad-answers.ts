/** Answers of Anthropic's Messages API that are no good, and its errors. */
import type { BadAnswer, ErrorAnswer, WireExchanges } from '../../test/exchange.ts';
import { block, ended, message, started, stream, textBlock } from './events.ts';

const error = (type: string, text: string) => ({
  type: 'error' as const,
  error: { type, message: text },
  request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
});

export const badWhole: readonly BadAnswer[] = [
  { title: 'an empty object', body: {}, expected: 'malformed-response' },
  { title: 'a list', body: [], expected: 'malformed-response' },
  { title: 'a message without content', body: { type: 'message' }, expected: 'malformed-response' },
  {
    title: 'a text that is a number',
    body: message([{ type: 'text', text: 7 }], 'end_turn', {}),
    expected: 'malformed-response',
  },
  { title: 'an overload', body: error('overloaded_error', 'Overloaded'), expected: 'server' },
];

export const badStreams: WireExchanges['badStreams'] = [
  { title: 'nothing', body: '', expected: 'malformed-response' },
  {
    title: 'an overload in the middle',
    body: stream([
      started({ input_tokens: 9 }),
      ...textBlock(0, 'One'),
      error('overloaded_error', 'Overloaded'),
    ]),
    expected: 'server',
  },
  {
    title: 'a rate limit',
    body: stream([error('rate_limit_error', 'This request would exceed your rate limit.')]),
    expected: 'rate-limit',
  },
  {
    title: 'a stream cut inside of a block',
    body: stream([started({}), ...textBlock(0, 'One').slice(0, 2)]),
    expected: 'malformed-response',
  },
  {
    title: 'a call without a name',
    body: stream([
      started({}),
      ...block(0, { type: 'tool_use', id: 'toolu_01', input: {} }),
      ...ended('tool_use', {}),
    ]),
    expected: 'malformed-response',
  },
  {
    title: 'an event that is no JSON',
    body: 'event: message_start\ndata: {"type":\n\n',
    expected: 'malformed-response',
  },
];

export const errors: readonly ErrorAnswer[] = [
  {
    title: 'a wrong key',
    status: 401,
    body: error('authentication_error', 'invalid x-api-key'),
    expected: 'credentials',
  },
  {
    title: 'a rate limit',
    status: 429,
    headers: { 'retry-after': '7' },
    body: error('rate_limit_error', 'This request would exceed your rate limit of 50 requests per minute.'),
    expected: 'rate-limit',
  },
  {
    title: 'too long a prompt',
    status: 400,
    body: error('invalid_request_error', 'prompt is too long: 212340 tokens > 200000 maximum'),
    expected: 'too-large',
  },
  {
    title: 'too many bytes',
    status: 413,
    body: error('request_too_large', 'Request exceeds the maximum size'),
    expected: 'too-large',
  },
  {
    title: 'a wrong request',
    status: 400,
    body: error('invalid_request_error', 'messages: roles must alternate'),
    expected: 'request',
  },
  { title: 'an overload', status: 529, body: error('overloaded_error', 'Overloaded'), expected: 'server' },
];
