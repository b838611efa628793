/** The kind of an error from status and message, in the spellings of many servers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelFailure } from './model-error.ts';
import { failureOf, statusError } from './status-error.ts';

test('statuses', () => {
  const expected: Readonly<Record<number, ModelFailure>> = {
    400: 'request',
    401: 'credentials',
    403: 'credentials',
    404: 'request',
    408: 'timeout',
    409: 'request',
    413: 'too-large',
    422: 'request',
    429: 'rate-limit',
    500: 'server',
    502: 'server',
    503: 'server',
    504: 'timeout',
    529: 'server',
  };
  for (const [status, failure] of Object.entries(expected))
    assert.equal(failureOf(Number(status), ''), failure);
});

test('messages that mean too much was sent', () => {
  const tooLarge = [
    "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
    'prompt is too long: 210000 tokens > 200000 maximum',
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    'The input (9000 tokens) is longer than the model’s context length (8192 tokens).',
    'the request exceeds the available context size. try increasing the context size',
    'At most 1 image(s) may be provided in one prompt.',
    'messages.0.content.1.image: image exceeds the maximum allowed size',
    'Too many images in request',
    'Your input exceeds the context window of this model.',
    'Please reduce the length of the messages.',
  ];
  for (const message of tooLarge) assert.equal(failureOf(400, message), 'too-large', message);
  const others = [
    'Unsupported parameter: max_tokens',
    'Invalid type for messages',
    'model not found',
    'max_tokens: 99999 > 8192, which is the maximum allowed number of output tokens',
  ];
  for (const message of others) assert.equal(failureOf(400, message), 'request', message);
});

const refuse = (status: number, body: unknown, keyVariable?: string) =>
  statusError('Some API', {
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    retryAfterMs: undefined,
    keyVariable,
  });

test('the message of each spelling', () => {
  const bodies = [
    { error: { message: 'words', type: 'x' } },
    { error: 'words' },
    { object: 'error', message: 'words' },
    { detail: 'words' },
    { detail: [{ loc: ['body'], msg: 'words' }] },
    [{ error: { message: 'words', status: 'X' } }],
    'words',
  ];
  for (const body of bodies)
    assert.match(refuse(418, body).message, /status 418: words/, JSON.stringify(body));
  assert.match(refuse(500, '').message, /an empty body/);
  assert.match(refuse(500, { error: { code: 3 } }).message, /\{"error":\{"code":3\}\}/);
});

test('long bodies are cut', () => {
  const error = refuse(400, 'x'.repeat(5000));
  assert.ok(error.message.length < 500);
  assert.equal(error.bodyExcerpt?.length, 300);
});

test('hints', () => {
  assert.match(refuse(401, '', 'SOME_KEY').message, /check the key in SOME_KEY/);
  assert.match(refuse(403, '').message, /want a key/);
  assert.match(refuse(404, '').message, /name of the model right, and the base URL/);
  assert.match(refuse(413, '').message, /fewer or smaller pages/);
});

test('Google says in the body when to come back', () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37.5s' }];
  assert.equal(refuse(429, { error: { message: 'Quota.', details } }).retryAfterMs, 37_500);
});

test('a wrong key that Google answers with 400', () => {
  assert.equal(failureOf(400, 'API key not valid. Please pass a valid API key.'), 'credentials');
  assert.equal(failureOf(400, 'The monkey is not valid.'), 'request');
});
