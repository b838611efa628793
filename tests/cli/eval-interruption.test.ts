/** A run of `glyph eval` that is really killed, in the middle of requests, goes on and ends with the same scores. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runHere } from '../../src/cli/test/fake-terminal.ts';
import { startRuler } from '../../src/eval/run/test/harness.ts';
import type { RuleServer } from '../../src/eval/run/test/rule-server.ts';
import { startGlyph } from './glyph.ts';

const run = {
  open: { subsets: ['niah_single_1', 'vt'], lengths: [1024], limit: 3, seed: '7' },
  arms: ['text', 'pages', 'rag'],
  errorRate: 0.4,
};
const env = { ...process.env, OPENAI_API_KEY: 'none' };
let server: RuleServer;
let folder = '';
before(async () => {
  server = await startRuler(run);
  folder = mkdtempSync(join(tmpdir(), 'glyph-eval-killed-'));
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const words = (out: string) => [
  ...['eval', 'ruler', '--model', 'openai:gpt-4.1', '--base-url', server.baseUrl, '-o', out],
  ...['--subsets', 'niah_single_1,vt', '--lengths', '1k', '--limit', '3', '--seed', '7'],
  ...['--arms', 'text,pages,rag', '--jobs', '3'],
];
const recordedIn = (out: string): string[] =>
  readFileSync(join(out, 'answers.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
    .map(({ sample, arm }) => `${sample} ${arm}`);

test('killed twice, it asks nothing twice that was recorded and ends with the scores of a run in one go', async () => {
  const out = join(folder, 'killed');
  let kills = 0;
  for (const requests of [5, 4]) {
    let seen = 0;
    let kill = () => {};
    // From the last request on none is answered: those are under way when the program dies.
    server.onRequest = () => {
      seen++;
      if (seen === requests) kill();
      return seen < requests ? 'answer' : 'hold';
    };
    const running = startGlyph([...words(out), ...(kills === 0 ? [] : ['--resume'])], { env });
    kill = () => running.process.kill('SIGKILL');
    const { signal, err } = await running.finished;
    assert.equal(signal, 'SIGKILL', err);
    kills++;
    assert.ok(!existsSync(join(out, 'manifest.json')));
  }
  server.onRequest = () => 'answer';
  const recorded = recordedIn(out);
  assert.ok(recorded.length >= 3, String(recorded.length));
  const before = new Map(server.asked);
  const resumed = await runHere([...words(out), '--resume'], { env });
  assert.equal(resumed.code, 0, resumed.err);
  for (const key of recorded) assert.equal(server.asked.get(key), before.get(key), key);
  const requests = [...server.asked.values()].reduce((sum, count) => sum + count);
  assert.ok(requests <= 18 + kills * 3, `${requests} requests`);

  const whole = join(folder, 'whole');
  assert.equal((await runHere(words(whole), { env })).code, 0);
  assert.equal(
    readFileSync(join(out, 'scores.jsonl'), 'utf8'),
    readFileSync(join(whole, 'scores.jsonl'), 'utf8'),
  );
  assert.ok(existsSync(join(out, 'manifest.json')));
});
