/** Answers of Gemini's generateContent that are no good, and its errors. */
import type { BadAnswer, ErrorAnswer, WireExchanges } from '../../test/exchange.ts';
import { answerOf, error, stream } from './events.ts';

const overload = error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.');
const exhausted = error(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37s' },
]);

export const badWhole: readonly BadAnswer[] = [
  { title: 'an empty object', body: {}, expected: 'malformed-response' },
  { title: 'no candidates', body: { candidates: [], usageMetadata: {} }, expected: 'malformed-response' },
  { title: 'a list', body: [], expected: 'malformed-response' },
  { title: 'candidates that are a text', body: { candidates: 'none' }, expected: 'malformed-response' },
  {
    title: 'a text that is a number',
    body: answerOf([{ text: 7 }], {}, 'STOP'),
    expected: 'malformed-response',
  },
  {
    title: 'a call without a name',
    body: answerOf([{ functionCall: { args: {} } }], {}, 'STOP'),
    expected: 'malformed-response',
  },
  {
    title: 'a call that the server could not read',
    body: answerOf([], {}, 'MALFORMED_FUNCTION_CALL'),
    expected: 'malformed-response',
  },
  { title: 'an overload', body: overload, expected: 'server' },
];

export const badStreams: WireExchanges['badStreams'] = [
  { title: 'nothing', body: '', expected: 'malformed-response' },
  {
    title: 'an overload in the middle',
    body: stream([answerOf([{ text: 'One' }], {}), overload]),
    expected: 'server',
  },
  { title: 'an exhausted quota', body: stream([exhausted]), expected: 'rate-limit' },
  {
    title: 'a stream cut before a reason to finish',
    body: stream([answerOf([{ text: 'One' }], {})]),
    expected: 'malformed-response',
  },
  {
    title: 'a call that the server could not read',
    body: stream([answerOf([{ text: 'One' }], {}), answerOf([], {}, 'UNEXPECTED_TOOL_CALL')]),
    expected: 'malformed-response',
  },
  { title: 'an event that is no JSON', body: 'data: {"candidates":\r\n\r\n', expected: 'malformed-response' },
];

export const errors: readonly ErrorAnswer[] = [
  {
    title: 'no key',
    status: 403,
    body: error(403, 'PERMISSION_DENIED', "Method doesn't allow unregistered callers."),
    expected: 'credentials',
  },
  { title: 'an exhausted quota', status: 429, body: exhausted, expected: 'rate-limit' },
  {
    title: 'too long a prompt',
    status: 400,
    body: error(
      400,
      'INVALID_ARGUMENT',
      'The input token count (1091639) exceeds the maximum number of tokens allowed (1048576).',
    ),
    expected: 'too-large',
  },
  {
    title: 'a wrong request',
    status: 400,
    body: error(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "foo"'),
    expected: 'request',
  },
  { title: 'an overload', status: 503, body: overload, expected: 'server' },
];
