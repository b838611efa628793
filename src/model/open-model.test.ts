/** Specs, keys and base URLs, and what each profile sends. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { type Message, textMessage } from './message.ts';
import { type OpenModelOptions, openModel, providerNames } from './open-model.ts';
import { chatExchanges } from './openai/test/chat-exchanges.ts';
import { deepseekOcrModes, deepseekOcrPrompts } from './profiles.ts';
import { json, type Loopback, startLoopback, stream } from './test/loopback.ts';

const refusal = (spec: string, options: Partial<OpenModelOptions> = {}): GlyphError => {
  try {
    openModel(spec, { env: {}, ...options });
  } catch (error) {
    assert.ok(error instanceof GlyphError && error.kind === 'config', String(error));
    return error;
  }
  assert.fail(`${spec} was opened`);
};

test('an unknown provider, and a name left out', () => {
  assert.match(refusal('opnai:gpt-4.1').message, /did you mean "openai"/);
  assert.match(refusal('quantum:x').message, /one of openai, openai-responses, anthropic, gemini, glyph/);
  assert.match(refusal('').message, /a known provider, got ""/);
  for (const spec of ['openai', 'openai:', 'anthropic: ']) assert.match(refusal(spec).message, /:NAME"/);
  assert.match(refusal('deepseek-ocr:gundm').message, /did you mean "gundam"/);
});

test('a key where the server is the vendor’s own', () => {
  assert.match(refusal('openai:m').message, /set OPENAI_API_KEY/);
  assert.match(refusal('openai-responses:m', { env: { OPENAI_API_KEY: ' ' } }).message, /set OPENAI_API_KEY/);
  assert.match(refusal('anthropic:m').message, /set ANTHROPIC_API_KEY/);
  assert.match(refusal('gemini:m').message, /set GEMINI_API_KEY or GOOGLE_API_KEY/);
  assert.match(refusal('openai:m', { baseUrl: 'https://api.openai.com/v1/' }).message, /a key/);
  for (const spec of ['glyph', 'deepseek-ocr', 'glyph:other']) openModel(spec, { env: {} });
  openModel('openai:m', { env: {}, baseUrl: 'http://localhost:1' });
  openModel('gemini:m', { env: { GOOGLE_API_KEY: 'k' } });
  openModel('anthropic:m', { env: { ANTHROPIC_BASE_URL: 'http://localhost:1' } });
});

test('a key that cannot be sent is not shown', () => {
  const error = refusal('openai:m', { env: { OPENAI_API_KEY: 'sk-secret\nline' } });
  assert.match(error.message, /OPENAI_API_KEY/);
  assert.ok(!JSON.stringify(error).includes('secret') && !error.message.includes('secret'));
});

test('base URLs that are none', () => {
  for (const baseUrl of ['localhost:8000', 'ftp://host', '', '/v1']) {
    assert.match(refusal('openai:m', { baseUrl }).message, /an http or https URL/);
  }
  const withPassword = refusal('openai:m', { baseUrl: 'https://me:secret@host/v1' });
  assert.match(withPassword.message, /without user and password/);
  const broken = refusal('openai:m', { env: { OPENAI_BASE_URL: 'htp://me:secret@host?key=secret' } });
  assert.match(broken.message, /read OPENAI_BASE_URL/);
  for (const error of [withPassword, broken]) assert.ok(!error.message.includes('secret'), error.message);
});

test('ids and families', () => {
  const named = (spec: string) => {
    const { id, family } = openModel(spec, { env: {}, baseUrl: 'http://localhost:1' });
    return [id, family];
  };
  assert.deepEqual(named('openai:llama3:8b'), ['openai:llama3:8b', 'llama3:8b']);
  assert.deepEqual(named('glyph'), ['glyph', 'zai-org/Glyph']);
  assert.deepEqual(named('glyph:my-glyph'), ['glyph:my-glyph', 'zai-org/Glyph']);
  assert.deepEqual(named('deepseek-ocr'), ['deepseek-ocr', 'deepseek-ai/DeepSeek-OCR']);
  assert.deepEqual(named('deepseek-ocr:base'), ['deepseek-ocr:base', 'deepseek-ai/DeepSeek-OCR']);
  assert.deepEqual(named('deepseek-ocr:me/copy'), ['deepseek-ocr:me/copy', 'deepseek-ai/DeepSeek-OCR']);
});

test('every provider can be opened', () => {
  for (const provider of providerNames) {
    const spec = /^(glyph|deepseek-ocr|mock)$/.test(provider) ? provider : `${provider}:name`;
    assert.ok(openModel(spec, { env: {}, baseUrl: 'http://localhost:1' }).id.startsWith(provider));
  }
});

test('the mock says what its spec says', async () => {
  const { text } = await openModel('mock:so: it is', { env: {} }).generate([textMessage('user', 'why?')]);
  assert.equal(text, 'so: it is');
});

test('abilities', () => {
  const glyph = openModel('glyph', { env: {} }).abilities;
  assert.deepEqual([glyph.task, glyph.partOrder, glyph.tools], ['answer', 'images-first', 'no']);
  const ocr = openModel('deepseek-ocr', { env: {} }).abilities;
  assert.deepEqual([ocr.task, ocr.imagesPerRequest], ['transcribe', 1]);
  assert.equal(ocr.transcribePrompt, deepseekOcrPrompts.plain);
});

test('pages of DeepSeek-OCR’s modes need no scaling', () => {
  for (const { widthPx, heightPx } of Object.values(deepseekOcrModes)) {
    assert.equal(widthPx % 64, 0); // patches of 16 pixels, joined 4 × 4
    assert.equal(heightPx % 64, 0);
  }
});

describe('what is sent', () => {
  let server: Loopback;
  before(async () => {
    server = await startLoopback();
  });
  after(() => server.close());
  const page: Message = {
    role: 'user',
    parts: [
      { type: 'image', bytes: new Uint8Array([1]), mediaType: 'image/png' },
      { type: 'text', text: 'Why?' },
    ],
  };
  async function sentBy(spec: string, options: Partial<OpenModelOptions> = {}, messages = [page]) {
    server.answerWith(stream(chatExchanges.answer.stream));
    const completion = await openModel(spec, { env: {}, baseUrl: server.origin, ...options }).generate(
      messages,
    );
    const [request] = server.received;
    assert.ok(request);
    return { ...request, completion };
  }

  test('Glyph’s published settings', async () => {
    const { url, body, headers } = await sentBy('glyph');
    assert.equal(url, '/v1/chat/completions');
    assert.equal(headers.authorization, undefined);
    assert.deepEqual(body, {
      model: 'zai-org/Glyph',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AQ==' } },
            { type: 'text', text: 'Why?' },
          ],
        },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 8192,
      temperature: 0.0001,
      top_p: 1,
      top_k: 1,
      repetition_penalty: 1.1,
      stop_token_ids: [151329, 151348, 151336],
      skip_special_tokens: false,
    });
  });

  test('Glyph’s thoughts are apart from its answer', async () => {
    server.answerWith(
      json({ choices: [{ message: { content: '<think>hm</think>So.' }, finish_reason: 'stop' }] }),
    );
    const model = openModel('glyph', { env: {}, baseUrl: server.origin });
    const { text, reasoning } = await model.generate([page]);
    assert.deepEqual([text, reasoning], ['So.', [{ type: 'reasoning', text: 'hm' }]]);
  });

  test('DeepSeek-OCR as vLLM’s recipe asks it', async () => {
    const { body } = await sentBy('deepseek-ocr:small', { env: { VLLM_API_KEY: 'k' } });
    const { messages: _, ...rest } = Object(body);
    assert.deepEqual(rest, {
      model: 'deepseek-ai/DeepSeek-OCR',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      skip_special_tokens: false,
      vllm_xargs: { ngram_size: 30, window_size: 90, whitelist_token_ids: [128821, 128822] },
    });
    assert.equal(server.received[0]?.headers.authorization, 'Bearer k');
    const two = { ...page, parts: [...page.parts, ...page.parts] };
    await assert.rejects(
      Promise.resolve(openModel('deepseek-ocr', { env: {}, baseUrl: server.origin }).generate([two])),
      /at most one image a request, got 2/,
    );
  });

  test('defaults, the caller’s options over them, and extra fields over all', async () => {
    server.answerWith(stream(chatExchanges.answer.stream));
    const model = openModel('glyph', {
      env: {},
      baseUrl: server.origin,
      defaults: { topP: 0.5, seed: 1, topK: undefined },
      extraBody: { seed: 3, stream_options: { continuous_usage_stats: true }, repetition_penalty: 1 },
    });
    await model.generate([page], { topP: 0.9, temperature: undefined });
    const { top_p, top_k, seed, temperature, stream_options, repetition_penalty } = Object(
      server.received[0]?.body,
    );
    assert.deepEqual([top_p, top_k, seed, temperature, repetition_penalty], [0.9, 1, 3, 0.0001, 1]);
    assert.deepEqual(stream_options, { include_usage: true, continuous_usage_stats: true });
  });

  test('compatible servers get `max_tokens`', async () => {
    const { body } = await sentBy('openai:m', { defaults: { maxTokens: 3 } });
    assert.equal(Object(body).max_tokens, 3);
  });

  test('OpenAI gets `max_completion_tokens`', async () => {
    const sent: string[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      sent.push(String(input), String(init?.body));
      return new Response(chatExchanges.answer.stream, { headers: { 'content-type': 'text/event-stream' } });
    };
    const model = openModel('openai:m', { env: { OPENAI_API_KEY: 'k' }, effects: { fetch } });
    await model.generate([textMessage('user', 'x')], { maxTokens: 3 });
    assert.equal(sent[0], 'https://api.openai.com/v1/chat/completions');
    assert.match(sent[1]!, /"max_completion_tokens":3/);
  });

  test('base URLs with and without path, from the environment or given', async () => {
    const urls = async (path: string, spec = 'openai:m') =>
      (await sentBy(spec, { baseUrl: `${server.origin}${path}` })).url;
    assert.equal(await urls(''), '/v1/chat/completions');
    assert.equal(await urls('/'), '/v1/chat/completions');
    assert.equal(await urls('/v1/'), '/v1/chat/completions');
    assert.equal(await urls('/api/paas/v4'), '/api/paas/v4/chat/completions');
    assert.equal(await urls('/prefix'), '/prefix/chat/completions');
    server.answerWith(stream(chatExchanges.answer.stream));
    const env = { OPENAI_BASE_URL: `${server.origin}/v1 `, OPENAI_API_KEY: 'sk-1\n' };
    await openModel('openai:m', { env }).generate([page]);
    assert.equal(server.received[0]?.url, '/v1/chat/completions');
    assert.equal(server.received[0]?.headers.authorization, 'Bearer sk-1');
  });

  test('headers of one’s own are sent and kept out of errors', async () => {
    server.answerWith(json({ error: { message: 'token hunter2-hunter2 is wrong' } }, 403));
    const model = openModel('openai:m', {
      env: {},
      baseUrl: `${server.origin}/v1?key=hunter3`,
      headers: { authorization: 'Token hunter2-hunter2' },
    });
    await assert.rejects(Promise.resolve(model.generate([page])), (error: unknown) => {
      assert.ok(error instanceof GlyphError);
      assert.ok(!/hunter/.test(`${error.message}${JSON.stringify(error)}`), error.message);
      return true;
    });
    assert.equal(server.received[0]?.headers.authorization, 'Token hunter2-hunter2');
    assert.equal(server.received[0]?.url, '/v1/chat/completions?key=hunter3');
  });
});
