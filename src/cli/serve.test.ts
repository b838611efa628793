/** `glyph serve`, `wrap` and `stats` as they are run, before a real upstream on this machine. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { hang, json } from '../model/test/loopback.ts';
import { loadFont } from '../node/index.ts';
import { warmUp } from '../proxy/index.ts';
import { prose, startUpstream, type Upstream } from '../proxy/test/harness.ts';
import type { Command, Terminal } from './command.ts';
import { parseArguments } from './parse-arguments.ts';
import { serveCommand } from './serve.ts';
import { statsCommand } from './stats.ts';
import { fakeTerminal } from './test/fake-terminal.ts';
import { commandFile, loader } from './test/run-source.ts';
import { wrapCommand } from './wrap.ts';

// A loaded machine takes its time over the first page, and a transform has ten seconds.
before(() => warmUp({ loadFont }));

const start = (command: Command, words: readonly string[], world: Partial<Terminal> = {}) => {
  const terminal = fakeTerminal(world);
  const flags = command.groups.flatMap(group => group.flags);
  return { terminal, code: command.run(parseArguments(words, flags), terminal) };
};

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'glyph-serve-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const upstreamFlags = ({ origin }: Upstream) =>
  ['openai', 'anthropic', 'gemini'].map(name => `--upstream-${name}=${origin}`);

const body = JSON.stringify({
  model: 'gpt-4.1',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: prose(30_000) },
        { type: 'text', text: 'Why?' },
      ],
    },
  ],
});

/** Serves until `stop`; resolves when it listens. */
async function serving(words: readonly string[]) {
  const controller = new AbortController();
  let heard = (_origin: string) => {};
  const origin = new Promise<string>(resolve => {
    heard = resolve;
  });
  const { terminal, code } = start(serveCommand, words, {
    signal: controller.signal,
    out: text => heard(text.trim()),
  });
  await Promise.race([origin, code]);
  return { terminal, code, origin: await origin, stop: () => controller.abort() };
}

test('serve takes requests, lets a stream finish after it was told to stop, and logs', async t => {
  const upstream = await startUpstream(t);
  const log = join(folder(t), 'log.jsonl');
  const { origin, stop, code } = await serving(['--port', '0', '--log', log, ...upstreamFlags(upstream)]);
  const post = () => fetch(`${origin}/v1/chat/completions`, { method: 'POST', body });
  upstream.answerWith(json({ choices: [] }));
  const whole = await post();
  assert.equal(whole.headers.get('x-glyph-decision'), 'imaged; reason=cheaper-as-pages');
  await whole.text();
  let end = () => {};
  upstream.answerWith(response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    end = () => void response.end('data: 2\n\n');
  });
  const streamed = await post();
  stop();
  await assert.rejects(fetch(`${origin}/metrics`), 'no new connection');
  end();
  assert.equal(await streamed.text(), 'data: 1\n\ndata: 2\n\n');
  assert.equal(await code, 0);
  const records = readFileSync(log, 'utf8').trim().split('\n');
  assert.equal(records.length, 2);
  assert.equal(records.join('').includes('lamps'), false);

  writeFileSync(log, '{"half a rec', { flag: 'a' });
  const stats = start(statsCommand, [log]);
  assert.equal(await stats.code, 0);
  const text = stats.terminal.outText();
  assert.match(text, /^gpt-4\.1 +2 +2 +4 +11,\d{3} +3,\d{3} +7\d\.\d % /m);
  assert.match(text, /^1 line of the log unreadable$/m);
  const figures = start(statsCommand, [log, '--json']);
  await figures.code;
  const { total, unreadable } = JSON.parse(figures.terminal.outText()) as {
    total: { imaged: number; losses: number };
    unreadable: number;
  };
  assert.deepEqual([total.imaged, total.losses, unreadable], [2, 0, 1]);
});

test('serve without a log says a line a request', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({ choices: [] }));
  const { terminal, origin, stop, code } = await serving(['--port', '0', '--upstream', upstream.origin]);
  await (await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body })).text();
  await (await fetch(`${origin}/v1/models`)).text();
  stop();
  await code;
  const err = terminal.errText();
  assert.match(
    err,
    /^200 \/v1\/chat\/completions imaged: 1 part on 2 pages, 5,\d{3} tokens → 1,\d{3}, \d+ ms$/m,
  );
  assert.match(err, /^200 \/v1\/models passed: another-route$/m);
});

test('serve refuses to be reached by others without a token, and what is no port or address', async () => {
  const wrong: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [['--host', '0.0.0.0'], /--token/],
    [['--port', '70000'], /a port from 0/],
    [['--upstream-openai', 'ftp://x', '--port', '0'], /--upstream-openai/],
    [['--upstream', 'x', '--port', '0'], /"--upstream"/],
  ];
  for (const [words, message] of wrong) await assert.rejects(start(serveCommand, words).code, message);
  const taken = await serving(['--port', '0']);
  const { port } = new URL(taken.origin);
  await assert.rejects(start(serveCommand, ['--port', port]).code, /a free port/);
  taken.stop();
  await taken.code;
});

test('stats shows losses, and says where there is nothing', async t => {
  const path = folder(t);
  const record = {
    ...{ model: 'm', decision: 'imaged', reason: 'cheaper-as-pages', pages: 1, transformMs: 3 },
    ...{ textTokens: 1000, sentTokens: 500, textCost: 100, sentCost: 600, upstreamStatus: 200, usage: null },
  };
  const log = join(path, 'loss.jsonl');
  writeFileSync(log, `${JSON.stringify(record)}\n`);
  const { terminal, code } = start(statsCommand, [log]);
  await code;
  assert.match(terminal.outText(), /^m +1 +1 +1 +1,000 +500 +50\.0 % +-500\.0 % +1 \(500 tokens\)$/m);
  const empty = join(path, 'empty.jsonl');
  writeFileSync(empty, '');
  const none = start(statsCommand, [empty]);
  await none.code;
  assert.equal(none.terminal.outText(), 'no requests\n');
  await assert.rejects(start(statsCommand, [join(path, 'missing')]).code, /nothing there/);
  await assert.rejects(start(statsCommand, []).code, /a log/);
});

test('wrap runs a program with the proxy in its environment and ends as it does', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({ choices: [] }));
  const log = join(folder(t), 'log.jsonl');
  const script = `
    const { OPENAI_BASE_URL, ANTHROPIC_BASE_URL, GOOGLE_GEMINI_BASE_URL } = process.env;
    const same = new Set([ANTHROPIC_BASE_URL + '/v1', OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL + '/v1']);
    const response = await fetch(OPENAI_BASE_URL + '/chat/completions', { method: 'POST', body: ${JSON.stringify(body)} });
    await response.text();
    process.exit(same.size === 1 && response.headers.get('x-glyph-decision').startsWith('imaged') ? 7 : 1);`;
  const world = { env: { ...process.env, OPENAI_BASE_URL: `${upstream.origin}/v1` } };
  const node = [process.execPath, '--input-type=module', '-e', script];
  const { code } = start(wrapCommand, ['--log', log, '--', ...node], world);
  assert.equal(await code, 7);
  assert.equal(upstream.received[0]?.url, '/v1/chat/completions');
  assert.equal(readFileSync(log, 'utf8').trim().split('\n').length, 1);
});

test('wrap tells how a program ended that was ended, and which could not be run', async () => {
  const words = (script: string) => ['--', process.execPath, '-e', script];
  assert.equal(await start(wrapCommand, words('process.kill(process.pid, "SIGKILL")')).code, 137);
  const controller = new AbortController();
  const waiting = start(wrapCommand, words('setInterval(() => {}, 1000)'), { signal: controller.signal });
  setImmediate(() => controller.abort());
  assert.equal(await waiting.code, 130);
  await assert.rejects(start(wrapCommand, ['--', 'no-such-program-here']).code, /run "no-such-program-here"/);
  await assert.rejects(start(wrapCommand, []).code, /a command after --/);
});

/** `glyph serve` as a process of its own. */
async function spawnServe(t: TestContext, words: readonly string[]) {
  const child = spawn(process.execPath, [...loader, commandFile('main'), 'serve', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const exited = once(child, 'exit');
  const kill = () => {
    child.kill('SIGKILL');
    return exited;
  };
  return { origin: line.toString().trim(), kill };
}

test('killed in the middle of a stream it breaks that stream only, and starts again on its port and log', async t => {
  const upstream = await startUpstream(t);
  const log = join(folder(t), 'log.jsonl');
  const flags = ['--log', log, '--upstream', upstream.origin];
  const first = await spawnServe(t, ['--port', '0', ...flags]);
  upstream.answerWith(hang('data: 1\n\n'));
  const post = () => fetch(`${first.origin}/v1/chat/completions`, { method: 'POST', body });
  const cut = await post();
  await first.kill();
  await assert.rejects(cut.text());
  await upstream.left;
  writeFileSync(log, '{"half a rec', { flag: 'a' });
  upstream.answerWith(json({ choices: [] }));
  const second = await spawnServe(t, ['--port', new URL(first.origin).port, ...flags]);
  const whole = await post();
  assert.deepEqual(await whole.json(), { choices: [] });
  assert.equal(upstream.received.length, 1);
  // Its line is on the way to the disk; whoever is asked anything else meanwhile has had the time.
  while (!readFileSync(log, 'utf8').endsWith('}\n')) await (await fetch(`${second.origin}/metrics`)).text();
  await second.kill();
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  assert.equal(lines[0], '{"half a rec');
  assert.equal((JSON.parse(lines[1]!) as { ended: string }).ended, 'complete');
});

test('serve answers to names it was told of, and with a token to any', async () => {
  const status = async (words: readonly string[], headers: Record<string, string>) => {
    const { origin, stop, code } = await serving(['--port', '0', ...words]);
    const asking = request(`${origin}/metrics`, { headers, agent: false }).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    answer.resume();
    stop();
    await code;
    return answer.statusCode;
  };
  const host = 'box.example:80';
  assert.equal(await status([], { host }), 421);
  assert.equal(await status(['--allow-host', 'a.example, box.example'], { host }), 200);
  assert.equal(await status(['--token', 'secret'], { host }), 401);
  assert.equal(await status(['--token', 'secret'], { host, 'x-glyph-token': 'secret' }), 200);
});
