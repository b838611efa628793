/** What goes wrong around a proxy: nothing of it may crash it, mix answers up, or fail a request that needed no proxy. */
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type Answer, flood, hang, json, nextTurn, silence, stream } from '../model/test/loopback.ts';
import { loadFont } from '../node/index.ts';
import type { ProxyOptions } from './settings.ts';
import { prose, type RunningProxy, startProxy, startUpstream } from './test/harness.ts';

const longText = prose(30_000);
const body = (text = longText, model = 'claude-opus-4-6') =>
  JSON.stringify({
    model,
    max_tokens: 9,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text },
          { type: 'text', text: 'Why?' },
        ],
      },
    ],
  });

async function world(t: TestContext, answer: Answer, options: Partial<ProxyOptions> = {}) {
  const upstream = await startUpstream(t);
  upstream.answerWith(answer);
  const proxy = await startProxy(t, upstream, options);
  const post = (content: BodyInit, init: RequestInit = {}) =>
    fetch(`${proxy.origin}/v1/messages`, { method: 'POST', body: content, ...init });
  return { upstream, proxy, post };
}

/** It still answers. */
async function assertAlive(proxy: RunningProxy): Promise<void> {
  assert.match(await (await fetch(`${proxy.origin}/metrics`)).text(), /^glyph_open_answers \d+$/m);
}

/** An answer that has begun; a limit of time that is too short for a loaded machine is tried again twice as long. */
async function begun(t: TestContext, answer: Answer, limit: 'idleTimeoutMs' | 'totalTimeoutMs') {
  for (let ms = 50; ; ms *= 2) {
    const asked = await world(t, answer, { settings: { [limit]: ms } });
    const response = await asked.post(body('short'));
    if (response.status === 200 || ms > 60_000) return { ...asked, response };
  }
}

test('what cannot be edited goes on as the same bytes, with the reason', async t => {
  const { upstream, proxy, post } = await world(t, json({}));
  const cases: readonly (readonly [body: string | Uint8Array<ArrayBuffer>, reason: string])[] = [
    ['{"model":', 'malformed-body'],
    ['', 'malformed-body'],
    ['[1,2]', 'malformed-body'],
    [new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'malformed-body'],
    ['\ufeff{}', 'malformed-body'],
    ['{"model":"claude-opus-4-6","messages":[{"role":"user","content":5}]}', 'malformed-body'],
    [body(longText, 'somebody/unknown-1'), 'unknown-model'],
    [body('short'), 'nothing-long'],
  ];
  for (const [content, reason] of cases) {
    const response = await post(content);
    assert.equal(response.headers.get('x-glyph-decision'), `passed; reason=${reason}`);
    assert.deepEqual(upstream.received.at(-1)!.bytes, Buffer.from(content));
    await response.text();
    assert.equal((await proxy.nextRecord()).reason, reason);
  }
});

test('an encoded body goes on encoded', async t => {
  const { upstream, post } = await world(t, json({}));
  const response = await post(body(), { headers: { 'content-encoding': 'gzip' } });
  assert.equal(response.headers.get('x-glyph-decision'), 'passed; reason=encoded-body');
  assert.equal(upstream.received[0]!.bytes.toString(), body());
  assert.equal(upstream.received[0]!.headers['content-encoding'], 'gzip');
});

test('a body above the limit streams through, and so does one for which no memory is left', async t => {
  for (const [settings, reason] of [
    [{ maxBodyBytes: 100_000 }, 'too-large'],
    [{ maxHeldBytes: 100_000 }, 'busy'],
    [{ maxTransforms: 0 }, 'busy'],
  ] as const) {
    const { upstream, post } = await world(t, json({ ok: true }), { settings });
    const large = body(prose(1_000_000));
    for (const content of [large, new Blob([large]).stream()]) {
      const response = await post(content, { duplex: 'half' } as RequestInit);
      assert.equal(response.headers.get('x-glyph-decision'), `passed; reason=${reason}`);
      assert.deepEqual(await response.json(), { ok: true });
      assert.equal(upstream.received.at(-1)!.bytes.toString(), large);
    }
  }
});

test('100 MB pass', async t => {
  const { upstream, post } = await world(t, json({ ok: true }));
  const response = await post(new Uint8Array(100_000_000).fill(0x20));
  assert.equal(response.headers.get('x-glyph-decision'), 'passed; reason=too-large');
  assert.equal(upstream.received[0]!.bytes.length, 100_000_000);
});

test('a transform that takes too long or fails sends the original', async t => {
  const failing: readonly (readonly [ProxyOptions['loadFont'], string, number])[] = [
    [() => new Promise(() => {}), 'timed-out', 50],
    [() => Promise.reject(new Error('no fonts')), 'failed', 60_000],
  ];
  for (const [broken, reason, transformTimeoutMs] of failing) {
    const { upstream, post } = await world(t, json({}), {
      loadFont: broken,
      settings: { transformTimeoutMs },
    });
    const response = await post(body());
    assert.equal(response.headers.get('x-glyph-decision'), `passed; reason=${reason}`);
    assert.equal(upstream.received[0]!.bytes.toString(), body());
  }
});

test('pages that upstream refuses are sent again as text, and then left out for a while', async t => {
  let now = 0;
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, upstream, { now: () => now });
  const post = () => fetch(`${proxy.origin}/v1/messages`, { method: 'POST', body: body() });
  const refusal = json({ error: { message: 'messages.0: image exceeds the limit' } }, 400);
  upstream.answerWith(refusal, json({ ok: true }));
  const first = await post();
  assert.equal(first.headers.get('x-glyph-decision'), 'passed; reason=refused-upstream');
  assert.deepEqual(await first.json(), { ok: true });
  assert.equal(upstream.received.length, 2);
  assert.notEqual(upstream.received[0]!.bytes.toString(), body());
  assert.equal(upstream.received[1]!.bytes.toString(), body());
  await (await post()).text();
  assert.equal(upstream.received[2]!.bytes.toString(), body());
  now = 3_600_000;
  await (await post()).text();
  assert.match(upstream.received[3]!.bytes.toString(), /"type":"image"/);
});

test('an answer that refuses before it says anything is asked again as text, streamed or whole', async t => {
  const refusing = {
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: 'refusal',
    usage: {},
  };
  const events = (list: readonly object[]) =>
    list.map(each => `event: ${(each as { type: string }).type}\ndata: ${JSON.stringify(each)}\n\n`).join('');
  const start = { type: 'message_start', message: { ...refusing, stop_reason: null } };
  const end = { type: 'message_delta', delta: { stop_reason: 'refusal' }, usage: { output_tokens: 0 } };
  const says = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It is' } };
  const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
  for (const refusal of [json(refusing), stream(events([start, { type: 'ping' }, end]))]) {
    const { upstream, post } = await world(t, json({}));
    upstream.answerWith(refusal, json({ ok: true }));
    const response = await post(body());
    assert.equal(response.headers.get('x-glyph-decision'), 'passed; reason=refused-upstream');
    assert.deepEqual(await response.json(), { ok: true });
    assert.equal(upstream.received[1]!.bytes.toString(), body());
  }
  const late = events([start, { type: 'ping' }, block, says, end]);
  const { upstream, post } = await world(t, stream(late));
  const response = await post(body());
  assert.equal(await response.text(), late);
  assert.equal(response.headers.get('x-glyph-decision'), 'imaged; reason=cheaper-as-pages');
  assert.equal(upstream.received.length, 1);
});

test('other errors pass as they are, once', async t => {
  for (const [status, message] of [
    [400, 'max_tokens: field required'],
    [401, 'no image key'],
    [429, 'too many images'],
    [500, 'image trouble'],
  ] as const) {
    const { upstream, post } = await world(t, json({ error: { message } }, status, { 'retry-after': '7' }));
    const response = await post(body());
    assert.equal(response.status, status);
    assert.equal(response.headers.get('retry-after'), '7');
    assert.deepEqual(await response.json(), { error: { message } });
    assert.equal(upstream.received.length, 1);
  }
});

test('an upstream that breaks off in the middle breaks the stream, not the proxy', async t => {
  const { proxy, post } = await world(t, stream('data: {"a":1}\n\n'.repeat(50), { breakAfter: 300 }));
  const response = await post(body('short'));
  assert.equal(response.status, 200);
  await assert.rejects(response.text());
  const record = await proxy.nextRecord();
  assert.deepEqual([record.ended, record.upstreamStatus], ['cut-upstream', 200]);
  await assertAlive(proxy);
});

test('an upstream that is not there, or hangs up without a word, is a 502 that names it', async t => {
  const { proxy, post } = await world(t, response => void response.destroy());
  const response = await post(body('short'));
  assert.equal(response.status, 502);
  const { error } = (await response.json()) as { error: { message: string } };
  assert.match(error.message, /glyph proxy: ask http:\/\/127\.0\.0\.1:\d+: expected an answer/);
  assert.equal((await proxy.nextRecord()).ended, 'no-answer');
  const nowhere = 'http://127.0.0.1:9';
  const upstreams = { openai: nowhere, anthropic: nowhere, gemini: nowhere };
  const { post: postNowhere } = await world(t, silence, { upstreams });
  assert.equal((await postNowhere(body('short'))).status, 502);
});

test('an upstream that falls silent is given up, before and within an answer', async t => {
  const quiet = await world(t, silence, { settings: { idleTimeoutMs: 50 } });
  assert.equal((await quiet.post(body('short'))).status, 504);
  await quiet.upstream.left;
  const { upstream, proxy, response } = await begun(t, hang('data: 1\n\n'), 'idleTimeoutMs');
  await assert.rejects(response.text());
  await upstream.left;
  assert.equal((await proxy.nextRecord()).ended, 'cut-upstream');
});

test('an exchange ends when it takes too long as a whole', async t => {
  const { upstream, response } = await begun(t, hang('data: 1\n\n'), 'totalTimeoutMs');
  await assert.rejects(response.text());
  await upstream.left;
});

test('a client that leaves takes its request to upstream with it', async t => {
  const { upstream, proxy, post } = await world(t, hang());
  const controller = new AbortController();
  const response = await post(body('short'), { signal: controller.signal });
  const reader = response.body!.getReader();
  await reader.read();
  controller.abort();
  await upstream.left;
  assert.equal((await proxy.nextRecord()).ended, 'left-by-client');
  const early = await world(t, silence);
  const leaving = new AbortController();
  const asked = early.post(body('short'), { signal: leaving.signal });
  while (early.upstream.received.length === 0) await nextTurn();
  leaving.abort();
  await assert.rejects(asked);
  await early.upstream.left;
  assert.equal((await early.proxy.nextRecord()).ended, 'no-answer');
  await assertAlive(early.proxy);
});

test('a client that leaves while it sends does no harm', async t => {
  const { proxy } = await world(t, json({}));
  const { port } = new URL(proxy.origin);
  for (const cut of ['reset', 'half-close'] as const) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.write('POST /v1/messages HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"model"');
    await nextTurn();
    if (cut === 'reset') socket.destroy();
    else socket.end();
    await new Promise(resolve => socket.once('close', resolve));
  }
  await assertAlive(proxy);
});

test('a client that closes its half after asking still gets its answer', async t => {
  const { proxy } = await world(t, json({ ok: true }));
  const { port } = new URL(proxy.origin);
  const content = body('short');
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('data', chunk => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    const head = `POST /v1/messages HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${content.length}\r\nconnection: close\r\n\r\n`;
    socket.write(head + content);
  });
  assert.match(answer, /^HTTP\/1\.1 200/);
  assert.match(answer, /\{"ok":true\}/);
});

test('a slow reader slows upstream down instead of filling the memory', async t => {
  let sentBytes = 0;
  const { post, upstream } = await world(
    t,
    flood(200, byteLength => {
      sentBytes += byteLength;
    }),
  );
  const controller = new AbortController();
  const response = await post(body('short'), { signal: controller.signal });
  await response.body!.getReader().read();
  // When nothing more is sent, what is under way lies in the sockets.
  for (let before = -1; before !== sentBytes; ) {
    before = sentBytes;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.ok(sentBytes < 32_000_000, `${sentBytes} bytes are under way`);
  controller.abort();
  await upstream.left;
});

test('a stream is passed on as it comes', async t => {
  let write = (_text: string) => {};
  const { post } = await world(t, response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    write = text => void response.write(text);
    write('data: 1\n\n');
  });
  const reader = (await post(body('short'))).body!.getReader();
  for (const expected of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
    const { value } = await reader.read();
    assert.equal(Buffer.from(value!).toString(), expected); // upstream has not ended yet
    write(`data: ${Number(expected[6]) + 1}\n\n`);
  }
  await reader.cancel();
});

test('many streams at once stay apart', async t => {
  const { proxy, upstream } = await world(t, async response => {
    const { bytes } = upstream.received.at(-1)!;
    const { user } = JSON.parse(bytes.toString()) as { user: string };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let i = 0; i < 20; i++) {
      response.write(`data: ${user} ${i}\n\n`);
      await nextTurn();
    }
    response.end();
  });
  const ask = async (user: string) => {
    const content = JSON.stringify({
      model: 'gpt-4.1',
      user,
      messages: [{ role: 'user', content: 'hello' }],
    });
    const response = await fetch(`${proxy.origin}/v1/chat/completions`, { method: 'POST', body: content });
    const expected = Array.from({ length: 20 }, (_, i) => `data: ${user} ${i}\n\n`).join('');
    assert.equal(await response.text(), expected);
  };
  await Promise.all(Array.from({ length: 200 }, (_, i) => ask(`user-${i}`)));
});

test('headers of one hop and foreign credentials stay here; the rest goes on', async t => {
  const { upstream, proxy } = await world(
    t,
    json({}, 200, { 'x-request-id': 'r1', 'keep-alive': 'timeout=9' }),
  );
  const sent = await new Promise<{ headers: Record<string, unknown> }>((resolve, reject) => {
    const headers = {
      'x-api-key': 'a',
      'x-goog-api-key': 'g',
      authorization: 'Bearer o',
      cookie: 'c=1',
      connection: 'x-hop',
      'x-hop': '1',
      te: 'trailers',
      'anthropic-beta': 'b1,b2',
      'content-type': 'application/json',
    };
    const request = httpRequest(`${proxy.origin}/v1/chat/completions?a=%20b&a=2`, {
      method: 'POST',
      headers,
    });
    request.on('response', response => {
      response.resume();
      response.on('end', () => resolve(response));
    });
    request.on('error', reject);
    request.end('{}');
  });
  const { headers, url } = upstream.received[0]!;
  assert.equal(url, '/v1/chat/completions?a=%20b&a=2');
  assert.equal(headers.authorization, 'Bearer o');
  assert.equal(headers['anthropic-beta'], 'b1,b2');
  for (const name of ['x-api-key', 'x-goog-api-key', 'cookie', 'x-hop', 'te']) {
    assert.equal(headers[name], undefined, name);
  }
  assert.equal(sent.headers['x-request-id'], 'r1');
  assert.notEqual(sent.headers['keep-alive'], 'timeout=9');
});

test('each format goes to its own upstream, others by what only their clients send', async t => {
  const upstreams = {
    openai: await startUpstream(t),
    anthropic: await startUpstream(t),
    gemini: await startUpstream(t),
  };
  for (const upstream of Object.values(upstreams)) upstream.answerWith(json({}));
  const proxy = await startProxy(t, upstreams.openai, {
    upstreams: {
      openai: `${upstreams.openai.origin}/v1`,
      anthropic: `${upstreams.anthropic.origin}/base`,
      gemini: upstreams.gemini.origin,
    },
  });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    await (await fetch(`${proxy.origin}${path}`, { headers })).text();
  };
  await ask('/v1/models');
  await ask('/v1/models', { 'x-api-key': 'k' });
  await ask('/v1/files', { 'anthropic-version': '2023-06-01', authorization: 'Bearer o' });
  await ask('/v1beta/models');
  await ask('/models');
  const urlsOf = (name: keyof typeof upstreams) => upstreams[name].received.map(request => request.url);
  assert.deepEqual(urlsOf('openai'), ['/v1/models', '/v1/models']);
  assert.deepEqual(urlsOf('anthropic'), ['/base/v1/models', '/base/v1/files']);
  assert.deepEqual(urlsOf('gemini'), ['/v1beta/models']);
});

test('with a token nobody enters without it, and upstream never sees it', async t => {
  const { upstream, proxy } = await world(t, json({}), { token: 'sesame', loadFont });
  for (const headers of [{}, { 'x-glyph-token': 'sesam' }]) {
    for (const path of ['/metrics', '/v1/models']) {
      assert.equal((await fetch(`${proxy.origin}${path}`, { headers })).status, 401);
    }
  }
  const headers = { 'x-glyph-token': 'sesame' };
  assert.equal((await fetch(`${proxy.origin}/v1/models`, { headers })).status, 200);
  assert.equal(upstream.received.length, 1);
  assert.equal(upstream.received[0]!.headers['x-glyph-token'], undefined);
});

test('records and metrics hold figures, never bodies or keys', async t => {
  const { proxy, post } = await world(t, json({}));
  await (await post(body(), { headers: { 'x-api-key': 'secret-key' } })).text();
  const record = JSON.stringify(await proxy.nextRecord());
  assert.equal(/secret-key|lamps|Why/.test(record), false);
  const metrics = await (await fetch(`${proxy.origin}/metrics`)).text();
  assert.match(
    metrics,
    /glyph_requests_total\{decision="imaged",reason="cheaper-as-pages",ended="complete"\} 1/,
  );
  assert.match(metrics, /^glyph_text_tokens_total [1-9]\d*$/m);
  assert.match(metrics, /^glyph_open_answers 0$/m);
});
