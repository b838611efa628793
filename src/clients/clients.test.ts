/** Pages inside a program: what each face changes, what it leaves, and that it fails as the client would without it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI, { APIConnectionError, APIUserAbortError } from 'openai';
import type { RequestRecord } from '../proxy/index.ts';
import { prose } from '../proxy/test/harness.ts';
import { glyphFetch, glyphMiddleware, withGlyph } from './index.ts';

const document = prose(30_000);
const content = [document, 'Who lit the lamps?'].map(text => ({ type: 'text' as const, text }));
const messages = [{ role: 'user' as const, content }];

/** Keeps what it is asked. */
function recorder(answer: () => Promise<Response> = async () => Response.json({ choices: [] })) {
  const asked: { url: string; init: RequestInit; body: string }[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: String(input), init, body: await new Response(init.body ?? null).text() });
    return answer();
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

const clientWith = (fetch: typeof globalThis.fetch, baseURL = 'https://gateway.example/openai') =>
  new OpenAI({ baseURL, apiKey: 'key', maxRetries: 0, fetch });

test('a client keeps its address and key, and its long documents become pages', async () => {
  const { asked, fetch } = recorder();
  const records: RequestRecord[] = [];
  const client = withGlyph(clientWith(fetch), {
    ...{ fetch, settings: { transformTimeoutMs: 60_000 } },
    onRecord: record => void records.push(record),
  });
  await client.chat.completions.create({ model: 'gpt-4.1', messages });
  const [{ url, init, body }] = asked as [(typeof asked)[0]];
  assert.equal(url, 'https://gateway.example/openai/chat/completions');
  assert.equal(new Headers(init.headers).get('authorization'), 'Bearer key');
  assert.match(body, /image\/png/);
  assert.equal(body.includes('lamps were lit'), false);
  assert.equal(records[0]?.decision, 'imaged');
  await client.chat.completions.create({ model: 'gpt-4.1', messages: [{ role: 'user', content: 'Hi' }] });
  assert.equal(asked[1]?.body, '{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}');
  await client.models.list();
  assert.equal(asked[2]?.url, 'https://gateway.example/openai/models');
});

test('a network that fails and a caller who aborts look as they do without pages', async () => {
  const broken = recorder(() => Promise.reject(new TypeError('fetch failed')));
  const lost = withGlyph(clientWith(broken.fetch), { fetch: broken.fetch });
  await assert.rejects(lost.chat.completions.create({ model: 'gpt-4.1', messages }), APIConnectionError);
  const controller = new AbortController();
  const silent = recorder(
    () =>
      new Promise((_, reject) => {
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
        controller.abort();
      }),
  );
  const left = withGlyph(clientWith(silent.fetch), { fetch: silent.fetch });
  const asking = left.chat.completions.create({ model: 'gpt-4.1', messages }, { signal: controller.signal });
  await assert.rejects(asking, APIUserAbortError);
});

test('addresses with and without a version, of every format, are known by their end', async () => {
  const { asked, fetch } = recorder();
  const ask = glyphFetch({ fetch });
  const urls = [
    'https://a.example/v1/chat/completions?x=1',
    'https://a.example/responses',
    'https://a.example/base/v1/messages/count_tokens',
    'https://a.example/v1beta/models/gemini-3-pro:generateContent',
    'https://a.example/v1/embeddings',
  ];
  const headers = { cookie: 'session=1', 'x-api-key': 'of a gateway' };
  for (const url of urls) await ask(url, { method: 'POST', body: '{}', headers });
  for (const { init } of asked) assert.equal(new Headers(init.headers).get('x-api-key'), 'of a gateway');
  assert.deepEqual(
    asked.map(each => each.url),
    urls,
  );
});

interface Prompt {
  readonly prompt: readonly { readonly role: string; readonly content: unknown }[];
}

const transform = (prompt: Prompt['prompt'], modelId = 'gpt-4.1', onFailure?: (error: unknown) => void) =>
  glyphMiddleware(onFailure === undefined ? {} : { onFailure }).transformParams({
    params: { prompt, temperature: 1 },
    model: { modelId },
  });

test('the middleware replaces documents and old results, and leaves every other part as it is', async () => {
  const cached = { anthropic: { cacheControl: { type: 'ephemeral' } } };
  const call = { type: 'tool-call', toolCallId: 'c', toolName: 'read', input: { page: 1 } };
  const result = (value: string) => ({
    ...{ type: 'tool-result', toolCallId: 'c', toolName: 'read' },
    output: { type: 'text', value },
  });
  const rounds = Array.from({ length: 5 }, () => [
    { role: 'assistant', content: [call] },
    { role: 'tool', content: [result(document)] },
  ]);
  const picture = { type: 'file', mediaType: 'image/png', data: { type: 'url', url: 'https://x' } };
  const question = { type: 'text', text: 'Who?' };
  const first = {
    role: 'user',
    content: [{ type: 'text', text: document, providerOptions: cached }, picture, question],
  };
  const prompt = [{ role: 'system', content: prose(9000) }, first, ...rounds.flat()];
  const { prompt: sent, temperature } = await transform(prompt, 'openai/gpt-4.1');
  assert.equal(temperature, 1);
  assert.equal(sent[0], prompt[0]);
  const user = sent[1]!.content as { type: string; providerOptions?: unknown }[];
  assert.deepEqual(user.slice(-2), [picture, question]);
  assert.equal(user.at(-2), picture);
  const pages = user.slice(0, -2);
  assert.ok(pages.some(({ type }) => type === 'file') && pages.length > 1);
  assert.deepEqual(pages.map(part => part.providerOptions).filter(Boolean), [cached]);
  assert.equal(pages.at(-1)!.providerOptions, cached);
  const results = sent
    .filter(({ role }) => role === 'tool')
    .map(({ content: parts }) => (parts as ReturnType<typeof result>[])[0]!);
  assert.deepEqual(
    results.map(({ output }) => output.type),
    ['content', 'content', 'content', 'text', 'text'],
  );
  assert.deepEqual(sent[2], prompt[2]);
});

test('where the middleware cannot go on, the prompt goes on as it came', async () => {
  const prompt = [{ role: 'user', content }];
  const failures: unknown[] = [];
  const params = await transform(prompt, 'somebody/unknown-1', error => failures.push(error));
  assert.equal(params.prompt, prompt);
  assert.equal(failures.length, 1);
});
