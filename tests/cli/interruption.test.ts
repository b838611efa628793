/** Runs that do not get to their end: killed, interrupted, or with a reader that goes away. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runHere } from '../../src/cli/test/fake-terminal.ts';
import { type Running, startGlyph } from './glyph.ts';

let folder = '';
let file = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-broken-off-'));
  file = join(folder, 'long.txt');
  writeFileSync(
    file,
    Array.from({ length: 60_000 }, (_, i) => `Line ${i} of a text that takes a while.\n`).join(''),
  );
});
after(() => rmSync(folder, { recursive: true }));

const render = (out: string) => ['render', file, '-o', out, '--jobs', '1', '--page-size', '300,300'];
const pagesIn = (out: string) =>
  existsSync(out) ? readdirSync(out).filter(name => name.startsWith('page-')) : [];

/** Waits until some more pages are there. */
async function begun(out: string, { process }: Running): Promise<void> {
  const wanted = pagesIn(out).length + 20;
  while (pagesIn(out).length < wanted && process.exitCode === null) await sleep(5);
  assert.equal(process.exitCode, null, 'still running');
}

test('killed and run again, it draws the rest and ends with the bytes of a run in one go', async () => {
  const out = join(folder, 'killed');
  const running = startGlyph(render(out));
  await begun(out, running);
  running.process.kill('SIGKILL');
  assert.equal((await running.finished).signal, 'SIGKILL');
  assert.ok(!existsSync(join(out, 'manifest.json')));
  const before = pagesIn(out).length;

  const again = startGlyph(render(out));
  await begun(out, again);
  again.process.kill('SIGINT');
  const interrupted = await again.finished;
  assert.equal(interrupted.code, 130);
  assert.match(interrupted.err, /interrupted: finished pages are in .*run the same command again to go on/);
  assert.ok(!readdirSync(out).some(name => name.endsWith('.tmp')));
  assert.ok(pagesIn(out).length >= before);

  const whole = join(folder, 'whole');
  const resumed = await runHere([...render(out), '--json']);
  const inOneGo = await runHere(render(whole));
  assert.deepEqual([resumed.code, inOneGo.code], [0, 0]);
  const { pages, drawn } = JSON.parse(resumed.out);
  assert.ok(drawn <= pages - before, `${drawn} of ${pages} drawn, ${before} were there`);
  assert.deepEqual(readdirSync(out).sort(), readdirSync(whole).sort());
  for (const name of readdirSync(whole)) {
    assert.ok(readFileSync(join(out, name)).equals(readFileSync(join(whole, name))), name);
  }
});

test('a reader that goes away ends it quietly', async () => {
  const running = startGlyph(['tokens', '--models', '--json']);
  running.process.stdout?.destroy();
  const { err } = await running.finished;
  assert.equal(err, '');
});
