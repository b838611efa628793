/** A `glyph search` that is really killed in the middle of a generation, twice, goes on and ends with the same front. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sha256Hex } from '../../src/base/index.ts';
import { runHere } from '../../src/cli/test/fake-terminal.ts';
import { questions } from '../../src/search/test/mock-search.ts';
import { startGlyph } from './glyph.ts';

const env = { ...process.env, OPENAI_API_KEY: 'none' };
let server: Server;
let folder = '';
let requests = 0;
/** Told of each request; `hold` leaves it unanswered. */
let onRequest: () => 'answer' | 'hold' = () => 'answer';

/** The same request gets the same answer; five of eight are right. */
function answerTo(body: string): string {
  const number = /number (\d)\?/.exec(body)?.[1] ?? '';
  return Number.parseInt(sha256Hex(body).slice(0, 6), 16) % 8 < 5 ? `code-${number}` : 'I cannot tell.';
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-search-killed-'));
  writeFileSync(join(folder, 'q.jsonl'), questions);
  writeFileSync(
    join(folder, 'space.json'),
    JSON.stringify({ pageSource: [[1, 'paper']], paper: [[1, [280, 280]]] }),
  );
  server = createServer(async (request, response) => {
    response.on('error', () => {}); // the client may be gone
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    requests++;
    if (onRequest() === 'hold') return;
    const content = answerTo(Buffer.concat(chunks).toString());
    const chunk = (delta: object, finish: string | null) =>
      `data: ${JSON.stringify({ id: 'c', created: 0, model: 'm', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${chunk({ role: 'assistant', content }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const words = () => {
  const { port } = server.address() as AddressInfo;
  return ['--model', 'openai:gpt-4.1', '--base-url', `http://127.0.0.1:${port}/v1`, '--jobs', '2'];
};
const begin = (out: string) => [
  ...['search', join(folder, 'q.jsonl'), ...words(), '-o', out, '--family', 'glm-4.1v', '--seed', '7'],
  ...['--samples', '4', '--steps', '8', '--population', '4', '--space', join(folder, 'space.json')],
];
const frontIn = (out: string) => {
  const { front, recommendation } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  return { front, recommendation };
};

test('killed twice, it asks nothing again that was recorded and ends with the front of a search in one go', async () => {
  const out = join(folder, 'killed');
  for (const kills of [0, 1]) {
    let [seen, kill] = [0, () => {}];
    onRequest = () => {
      seen++;
      if (seen === 5) kill();
      return seen < 5 ? 'answer' : 'hold';
    };
    const running = startGlyph(kills === 0 ? begin(out) : ['search', '--resume', out, ...words()], { env });
    kill = () => running.process.kill('SIGKILL');
    const { signal, err } = await running.finished;
    assert.equal(signal, 'SIGKILL', err);
    assert.ok(!existsSync(join(out, 'manifest.json')));
  }
  onRequest = () => 'answer';
  const recorded = readFileSync(join(out, 'answers.jsonl'), 'utf8').split('\n').length - 1;
  assert.ok(recorded >= 4, String(recorded));
  requests = 0;
  const resumed = await runHere(['search', '--resume', out, ...words()], { env });
  assert.equal(resumed.code, 0, resumed.err);
  const left = requests;
  assert.ok(existsSync(join(out, 'manifest.json')));

  const whole = join(folder, 'whole');
  requests = 0;
  assert.equal((await runHere(begin(whole), { env })).code, 0);
  assert.equal(left + recorded, requests, 'no more and no fewer than in one go');
  assert.deepEqual(frontIn(out), frontIn(whole));
  for (const name of ['best.json', 'manifest.json'])
    assert.equal(readFileSync(join(out, name), 'utf8'), readFileSync(join(whole, name), 'utf8'));

  const drawn = await runHere([
    'render',
    join(folder, 'q.jsonl'),
    '--config',
    join(out, 'best.json'),
    '-o',
    join(folder, 'pages'),
  ]);
  assert.equal(drawn.code, 0, drawn.err);
});
