/** The studio's API in process: who may use it, and what it answers. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startFakeModels } from '../../tests/support/fake-models.ts';
import { runRuler, smallRun, startRuler } from '../eval/run/test/harness.ts';
import { openRunFolder } from '../node/index.ts';
import { buildPdf, textLines } from '../node/test/build-pdf.ts';
import type { RequestRecord } from '../proxy/index.ts';
import { prose, startProxy, startUpstream } from '../proxy/test/harness.ts';
import type { About, AskEvent, FailureBody, RunEntry, ShownPart, TrafficEvent } from './api.ts';
import { createStudio, type StudioOptions } from './create-studio.ts';
import { createTraffic } from './traffic.ts';

const sample = { name: 'sample.txt', text: 'A sample.', questions: ['What is it?'] };

function open(options: Partial<StudioOptions> = {}) {
  const traffic = options.traffic ?? createTraffic({ bodies: 'not-kept' });
  const studio = createStudio({ host: '127.0.0.1', token: undefined, env: {}, sample, traffic, ...options });
  const ask = async (path: string, init: RequestInit & { origin?: string } = {}) =>
    studio.fetch(
      new Request(`${init.origin ?? 'http://127.0.0.1:9'}${path}`, {
        ...init,
        headers: { host: new URL(init.origin ?? 'http://127.0.0.1:9').host, ...init.headers },
      }),
    );
  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(`/studio/api/${path}`, {
      method: path.startsWith('traffic') ? 'PUT' : 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { studio, traffic, ask, send };
}

const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T;
const errorOf = async (response: Response) => (await json<{ error: string }>(response)).error;

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'glyph-studio-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('names of other machines are refused on loopback, other sites everywhere', async () => {
  const { ask, send } = open();
  const about = '/studio/api/about';
  for (const origin of ['http://localhost:9', 'http://127.8.0.1', 'http://[::1]:9']) {
    assert.equal((await ask(about, { origin })).status, 200, origin);
  }
  for (const path of [about, '/']) {
    const rebound = await ask(path, { origin: 'http://evil.example:9' });
    assert.equal(rebound.status, 421);
  }
  const cross = { headers: { 'sec-fetch-site': 'cross-site' } };
  assert.equal((await ask(about, cross)).status, 403);
  assert.equal((await ask(about, { headers: { origin: 'http://evil.example' } })).status, 403);
  assert.notEqual((await ask('/', cross)).status, 403, 'a link may lead to the page');
  const form = await send('ask', {}, { 'content-type': 'text/plain' });
  assert.equal(form.status, 400);
  const beyond = open({ host: '0.0.0.0', token: 'secret' });
  assert.equal((await beyond.ask(about, { origin: 'http://my-machine:9' })).status, 401);
});

test('with a token, the API is open to who has shown it, by cookie or header', async () => {
  const { ask, send } = open({ token: 'secret' });
  const status = async (headers: Record<string, string>) =>
    (await ask('/studio/api/about', { headers })).status;
  assert.equal(await status({}), 401);
  assert.equal(await status({ 'x-glyph-token': 'secre' }), 401);
  assert.equal(await status({ 'x-glyph-token': 'secret' }), 200);
  assert.equal((await send('login', { token: 'wrong' })).status, 401);
  const entered = await send('login', { token: 'secret' });
  assert.equal(entered.status, 204);
  const cookie = entered.headers.get('set-cookie') ?? '';
  assert.match(cookie, /^glyph-studio=[\w-]{32}; Path=\/studio; HttpOnly; SameSite=Strict$/);
  assert.equal(await status({ cookie: cookie.split(';')[0]! }), 200);
  assert.equal(await status({ cookie: 'glyph-studio=guessed' }), 401);
});

test('only the studio’s own addresses are taken from the proxy, and no file but its own is served', async () => {
  const { studio, ask } = open();
  const takes = (path: string, method = 'GET') =>
    studio.takes(new Request(`http://localhost${path}`, { method }));
  assert.deepEqual(
    ['/', '/studio', '/studio/api/about', '/v1/models', '/api/chat', '/studiox'].map(path => takes(path)),
    [true, true, true, false, false, false],
  );
  assert.equal(takes('/', 'POST'), false);
  for (const path of [
    'fonts/LICENSE-OFL.txt',
    'fonts/..%2fpackage.json',
    'assets/%2e%2e%2findex.html',
    'x',
  ]) {
    assert.equal((await ask(`/studio/${path}`)).status, 404, path);
  }
  const font = await ask('/studio/fonts/VT323-Regular.ttf');
  assert.equal(font.headers.get('content-type'), 'font/ttf');
  assert.match(font.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self'/);
});

test('a file becomes its text; what is none, or too much, is refused', async () => {
  const { ask } = open();
  const post = (name: string, body: BodyInit, headers = {}) =>
    ask(`/studio/api/text?name=${name}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    });
  const textOf = async (name: string, body: BodyInit) =>
    (await json<{ text: string }>(post(name, body))).text;
  assert.equal(await textOf('a.html', '<h1>Title</h1><script>x</script><p>Words.'), 'Title\n\nWords.');
  const pdf = buildPdf([{ content: textLines(['Revenue: 4,213 million']) }]);
  assert.match(await textOf('a.pdf', new Uint8Array(pdf)), /^Revenue: 4,213 million/);
  assert.equal(await textOf('a.txt', 'naïve 中文'), 'naïve 中文');
  const binary = await post('a.bin', new Uint8Array([0, 1, 2, 0, 255, 254, 0]));
  assert.equal(binary.status, 400);
  const { error, parts } = await json<FailureBody>(binary);
  assert.match(error, /a\.bin/);
  assert.deepEqual([parts?.operation, parts?.expected], ['read "a.bin"', 'text']);
  assert.equal((await post('a.txt', 'x', { 'content-length': String(65 * 2 ** 20) })).status, 413);
});

const document = 'The tower was built in 1884 by masons of the river towns.\n'.repeat(300);

async function eventsOf(response: Response): Promise<AskEvent[]> {
  assert.equal(response.status, 200);
  const lines = (await response.text()).trim().split('\n');
  return lines.map(line => JSON.parse(line) as AskEvent);
}

test('a question is answered from text and from pages, with places of the source; keys stay here', async t => {
  const models = await startFakeModels();
  t.after(() => models.close());
  const env = { OPENAI_API_KEY: 'k-secret', OPENAI_BASE_URL: models.origin };
  const { ask, send } = open({ env });
  const about = await (await ask('/studio/api/about')).text();
  assert.equal(about.includes('k-secret'), false);
  const { models: list } = JSON.parse(about) as About;
  assert.deepEqual([list[0]?.spec, list[1]?.spec], ['embedded', 'openai:gpt-4.1']);
  const common = { model: 'openai:gpt-4.1', name: 'tower.txt', text: document, question: 'Who built it?' };

  const fromPages = await eventsOf(await send('ask', { ...common, reads: 'pages', config: { dpi: 96 } }));
  const [prepared, ...rest] = fromPages;
  assert.ok(prepared?.type === 'prepared' && prepared.pages > 0 && prepared.config?.dpi === 96);
  assert.ok(prepared.tokensAfter < prepared.tokensBefore);
  const done = rest.at(-1);
  assert.ok(done?.type === 'done' && done.citations.length === 1);
  const [citation] = done.citations;
  assert.equal(document.slice(citation!.start, citation!.end), citation!.text);
  assert.deepEqual([done.usage?.inputTokens, done.costUsd], [700, 0.001472]);
  assert.equal(rest.filter(event => event.type === 'text').length, 2, 'as it is written');

  const fromText = await eventsOf(await send('ask', { ...common, reads: 'text' }));
  assert.ok(fromText[0]?.type === 'prepared' && fromText[0].pages === 0 && fromText[0].config === null);
  const [imaged, plain] = models.received.map(body => JSON.stringify(body));
  assert.deepEqual(
    [imaged, plain].map(body => body!.includes('data:image/png')),
    [true, false],
  );
  const timesSaid = (body = '') => body.split('masons of the river').length - 1;
  // Pages that the question is about may go as text, too, where that is cheaper than drawing them larger.
  assert.ok(timesSaid(imaged) < 300 && timesSaid(plain) === 300);

  const refused = await eventsOf(await send('ask', { ...common, model: 'anthropic:x', reads: 'text' }));
  assert.ok(refused[0]?.type === 'failed' && /key is not set/.test(refused[0].message));
  assert.equal(refused[0].parts?.operation, 'ask "anthropic:x"');
  const elsewhere = await eventsOf(await send('ask', { ...common, model: 'embedded:/etc', reads: 'text' }));
  assert.equal(elsewhere[0]?.type, 'failed');
  assert.equal((await send('ask', { ...common, reads: 'tea' })).status, 400);
  const wrongConfig = await send('ask', { ...common, reads: 'pages', config: { dpi: 'x' } });
  assert.match(await errorOf(wrongConfig), /dpi/);
  for (const config of [{ fontPath: '/etc/passwd' }, { fontFallback: ['../x.ttf'] }]) {
    assert.match(await errorOf(await send('ask', { ...common, reads: 'pages', config })), /by their family/);
  }
  const others = open({ env: {}, model: 'tesseract' });
  assert.equal((await json<About>(others.ask('/studio/api/about'))).models.length, 1);
});

test('runs are listed with their reports; nothing outside of the folder is', async t => {
  const root = folder(t);
  const runs = join(root, 'runs');
  const server = await startRuler(smallRun);
  const store = await openRunFolder(join(runs, 'deep', 'ruler'), 'create');
  await runRuler(smallRun, server, store).finally(() => server.close());
  await store.close();
  mkdirSync(join(runs, 'found'));
  writeFileSync(join(runs, 'found', 'report.html'), '<h1>Found</h1>');
  writeFileSync(join(runs, 'found', 'best.json'), '{}');
  mkdirSync(join(root, 'other'));
  writeFileSync(join(root, 'other', 'report.html'), 'secret');
  symlinkSync(join(root, 'other'), join(runs, 'link'));
  const { ask } = open({ runs });
  const entries = await json<RunEntry[]>(ask('/studio/api/runs'));
  const byPath = new Map(entries.map(entry => [entry.path, entry]));
  assert.deepEqual([...byPath.keys()].sort(), ['deep/ruler', 'found']);
  assert.equal(byPath.get('found')?.kind, 'search');
  const ruler = byPath.get('deep/ruler');
  assert.deepEqual([ruler?.kind, ruler?.state, ruler?.details[0]], ['eval', 'complete', 'ruler']);

  const report = (path: string) => ask(`/studio/api/runs/report?path=${encodeURIComponent(path)}`);
  assert.equal(await (await report('found')).text(), '<h1>Found</h1>');
  const made = await report('deep/ruler');
  assert.match(await made.text(), /<th scope="row">pages<\/th>/);
  assert.match(
    made.headers.get('content-security-policy') ?? '',
    /^sandbox allow-scripts; default-src 'none'/,
  );
  for (const path of ['../other', 'link', 'found/../../other', join(root, 'other'), 'missing', '']) {
    const refused = await report(path);
    assert.equal(refused.status, 400, path);
    assert.equal((await refused.text()).includes(root.slice(0, -4)), path.startsWith(root));
  }
  const named = open();
  assert.deepEqual(await json(named.ask('/studio/api/runs')), []);
  assert.equal((await named.ask('/studio/api/runs/report?path=found')).status, 404);
});

const record: RequestRecord = {
  ...{ time: '2026-01-01T00:00:00.000Z', route: '/v1/messages', model: 'm', decision: 'imaged' },
  ...{ reason: 'cheaper-as-pages', textTokens: 10, sentTokens: 5, visionTokens: 5, textCost: 10 },
  ...{ sentCost: 5, parts: 1, pages: 1, pageBytes: 9, transformMs: 1, firstByteMs: 1, totalMs: 2 },
  ...{ upstreamStatus: 200, ended: 'complete', usage: null },
};
const part: ShownPart = { name: 'a document', text: 'long', texts: ['ids'], images: [] };

test('traffic is told as it happens; bodies are kept where asked for, the last few', async () => {
  const traffic = createTraffic({ bodies: 'kept' });
  const { ask, send } = open({ traffic });
  traffic.add(record, [part]);
  const reader = (await ask('/studio/api/traffic')).body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => JSON.parse((await reader.read()).value!.slice('data: '.length)) as TrafficEvent;
  const start = await next();
  assert.ok(start.type === 'start' && start.entries[0]?.bodies === 'kept' && start.compression === 'on');
  assert.deepEqual(await json(send('traffic/compression', { compression: 'off' })), { compression: 'off' });
  assert.deepEqual(await next(), { type: 'compression', compression: 'off' });
  assert.equal(traffic.compression(), 'off');
  assert.equal((await send('traffic/compression', { compression: 1 })).status, 400);
  assert.deepEqual(await json(ask('/studio/api/traffic/1')), [part]);
  for (let i = 0; i < 600; i++) traffic.add(record, [part]);
  assert.equal((await ask('/studio/api/traffic/1')).status, 404);
  assert.equal((await ask('/studio/api/traffic/601')).status, 200);
  traffic.close();
  for (;;) if ((await reader.read()).done) break;

  const huge = createTraffic({ bodies: 'kept' });
  huge.add(record, [{ ...part, text: 'x'.repeat(65_000_000) }]);
  assert.equal(huge.partsOf(1), undefined);
  const plain = createTraffic({ bodies: 'not-kept' });
  plain.add(record, [part]);
  assert.equal(plain.partsOf(1), undefined);
});

test('the proxy shows what became pages, and sends all as it came once it is switched off', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(response => void response.end('{"choices":[]}'));
  const traffic = createTraffic({ bodies: 'kept' });
  const options = { compression: traffic.compression, onPages: traffic.add };
  const proxy = await startProxy(t, upstream, options);
  const material = prose(30_000);
  const content = [material, 'Why?'].map(text => ({ type: 'text', text }));
  const body = JSON.stringify({ model: 'gpt-4.1', messages: [{ role: 'user', content }] });
  const post = () => fetch(`${proxy.origin}/v1/chat/completions`, { method: 'POST', body });
  await (await post()).text();
  await proxy.nextRecord();
  const [shown] = traffic.partsOf(1)!;
  assert.equal(shown?.text, material);
  assert.match(shown?.images[0]?.base64 ?? '', /^iVBORw0KGgo/);
  traffic.switchTo('off');
  await (await post()).text();
  assert.equal((await proxy.nextRecord()).reason, 'switched-off');
  assert.equal(upstream.received[1]?.bytes.toString(), body);
  assert.equal(traffic.partsOf(2), undefined);
});
