import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress, progressText } from './progress.ts';
import { fakeTerminal } from './test/fake-terminal.ts';

test('a short run shows nothing, a long one a line now and then, taken away at the end', () => {
  const terminal = fakeTerminal({ isErrTerminal: true });
  let nowMs = 0;
  const progress = createProgress(terminal, () => nowMs);
  for (; nowMs < 900; nowMs += 10) progress.update(nowMs, nowMs / 2000);
  progress.clear();
  assert.equal(terminal.errText(), '');
  for (; nowMs < 2000; nowMs += 10) progress.update(nowMs, nowMs / 2000);
  assert.ok(terminal.errText().split('\r').length < 9);
  progress.clear();
  assert.ok(terminal.errText().endsWith('\r\x1b[K'));
});

test('where standard error is no terminal nothing is shown', () => {
  const terminal = fakeTerminal({});
  let nowMs = 0;
  const progress = createProgress(terminal, () => nowMs);
  for (; nowMs < 3000; nowMs += 100) progress.update(1, 0.5);
  assert.equal(terminal.errText(), '');
});

test('pages, speed, share and time left', () => {
  assert.equal(progressText(1024, 0.45, 2), '1,024 pages, 512 pages/s, 45 %, 2.4 s left');
  assert.equal(progressText(3, 0, 2), '3 pages, 1.5 pages/s');
});
