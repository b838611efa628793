/** A model behind the OpenAI-compatible server, asked by the official client. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import OpenAI, { APIError } from 'openai';
import { createGeneration, createMockModel, type Model } from '../model/index.ts';
import { createModelServer, listen, type RequestRecord } from './index.ts';
import type { ModelServerOptions } from './model-server.ts';

const png = Buffer.from('not looked at').toString('base64');

async function serving(t: TestContext, model: Model, options: Partial<ModelServerOptions> = {}) {
  const records: RequestRecord[] = [];
  const app = createModelServer({
    ...{ model, name: 'small', onRecord: record => void records.push(record) },
    ...options,
  });
  const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
  t.after(async () => {
    server.closeNow();
    await server.close();
  });
  const client = (apiKey = 'any') =>
    new OpenAI({ baseURL: `${server.origin}/v1`, apiKey, maxRetries: 0 }).chat.completions;
  return { client, records, origin: server.origin };
}

const usage = { inputTokens: 5, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 3 };
const threeWords = () => createMockModel({ text: 'one two three', usage }, { abilities: { tools: 'no' } });

const hello = { model: 'small', messages: [{ role: 'user', content: 'Hello' }] } as const;

test('texts and images arrive as they were sent, and the answer has its usage', async t => {
  const mock = threeWords();
  const { client, records } = await serving(t, mock);
  const completion = await client().create({
    ...{ model: 'small', max_tokens: 20, temperature: 0.5, stop: 'END', seed: 7 },
    messages: [
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
          { type: 'text', text: 'Read it.' },
        ],
      },
    ],
  });
  assert.equal(completion.choices[0]?.message.content, 'one two three');
  assert.equal(completion.choices[0]?.finish_reason, 'stop');
  assert.deepEqual(completion.usage, { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 });
  const { messages, options } = mock.calls[0]!;
  const [system, user] = messages;
  assert.deepEqual(system, { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] });
  const [image, text] = user!.parts;
  assert.deepEqual(text, { type: 'text', text: 'Read it.' });
  assert.ok(image?.type === 'image' && Buffer.from(image.bytes).toString() === 'not looked at');
  const { maxTokens, temperature, stop, seed } = options;
  assert.deepEqual([maxTokens, temperature, stop, seed], [20, 0.5, ['END'], 7]);
  assert.deepEqual([records[0]?.reason, records[0]?.ended], ['answered-here', 'complete']);
});

test('a stream brings the same text and, where asked, the usage', async t => {
  const { client } = await serving(t, threeWords());
  const stream = await client().create({
    ...hello,
    messages: [...hello.messages],
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let finish: string | null = null;
  let total = 0;
  for await (const { choices, usage } of stream) {
    text += choices[0]?.delta.content ?? '';
    finish = choices[0]?.finish_reason ?? finish;
    total = usage?.total_tokens ?? total;
  }
  assert.deepEqual([text, finish], ['one two three', 'stop']);
  assert.equal(total, 8);
});

test('what cannot be answered is an error as OpenAI writes it', async t => {
  const { client, origin } = await serving(t, threeWords(), { maxBodyBytes: 1000 });
  const wrong: readonly (readonly [body: object, status: number, message: RegExp])[] = [
    [{ ...hello, model: 'gpt-4.1' }, 404, /there is "small"/],
    [{ ...hello, messages: [] }, 400, /messages/],
    [{ ...hello, n: 2 }, 400, /"n"/],
    [{ ...hello, temperature: 9 }, 400, /temperature/],
    [{ ...hello, tools: [{ type: 'function', function: { name: 'look' } }] }, 400, /calls none/],
    [
      {
        ...hello,
        messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x' } }] }],
      },
      400,
      /nothing is fetched/,
    ],
    [{ ...hello, user: 'x'.repeat(1000) }, 413, /1000 bytes/],
  ];
  for (const [body, status, message] of wrong) {
    await assert.rejects(client().create(body as OpenAI.ChatCompletionCreateParamsNonStreaming), error => {
      assert.ok(error instanceof APIError);
      assert.deepEqual([error.status, error.type], [status, 'invalid_request_error']);
      assert.match(error.message, message);
      return true;
    });
  }
  assert.equal((await fetch(`${origin}/v1/responses`, { method: 'POST' })).status, 404);
  const models = (await (await fetch(`${origin}/v1/models`)).json()) as { data: { id: string }[] };
  assert.deepEqual(
    models.data.map(({ id }) => id),
    ['small'],
  );
});

test('one answer is written at a time; those beyond the line are told to come again', async t => {
  let running = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  const mock = createMockModel('done');
  const slow: Model = {
    ...mock,
    generate: (messages, options = {}) =>
      createGeneration(async function* () {
        most = Math.max(most, ++running);
        await new Promise<void>(resolve => waiting.push(resolve));
        running--;
        yield { type: 'text', text: 'done' } as const;
        return await mock.generate(messages, { ...options, signal: undefined });
      }),
  };
  const { client } = await serving(t, slow, { maxWaiting: 2 });
  const ask = () => client().create({ ...hello, messages: [...hello.messages] });
  const asked = [ask(), ask(), ask(), ask()];
  const outcomes = Promise.allSettled(asked);
  await Promise.any(
    asked.map(each =>
      each.then(
        () => assert.fail(),
        error => error,
      ),
    ),
  );
  for (let open = 3; open > 0; open--) {
    while (waiting.length === 0) await new Promise(resolve => setImmediate(resolve));
    waiting.shift()!();
  }
  const refused = (await outcomes).filter(({ status }) => status === 'rejected');
  assert.equal(refused.length, 1);
  assert.equal((refused[0] as PromiseRejectedResult).reason.status, 429);
  assert.equal(most, 1);
});

test('a client that leaves frees its place', async t => {
  const mock = createMockModel('done');
  const endless: Model = {
    ...mock,
    generate: (messages, { signal } = {}) =>
      messages.length > 1
        ? mock.generate(messages)
        : createGeneration(async function* ({ signal: left }) {
            const signals = AbortSignal.any([left, signal!]);
            for (;;) {
              yield { type: 'text', text: 'on and ' } as const;
              await new Promise(resolve => setImmediate(resolve));
              if (signals.aborted) return await mock.generate(messages);
            }
          }),
  };
  const { client, records } = await serving(t, endless);
  const stream = await client().create({ ...hello, messages: [...hello.messages], stream: true });
  for await (const _ of stream) break;
  stream.controller.abort();
  const next = await client().create({
    model: 'small',
    messages: [{ role: 'system', content: 'x' }, ...hello.messages],
  });
  assert.equal(next.choices[0]?.message.content, 'done');
  assert.equal(records[0]?.ended, 'left-by-client');
});

test('with a token nobody is answered without it', async t => {
  const { client } = await serving(t, threeWords(), { token: 'sesame' });
  const ask = (key: string) => client(key).create({ ...hello, messages: [...hello.messages] });
  await assert.rejects(ask('wrong'), /token of this server/);
  assert.equal((await ask('sesame')).choices[0]?.message.content, 'one two three');
});
