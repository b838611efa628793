import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvaluateEvent } from '../eval/index.ts';
import { startEvalProgress } from './eval-progress.ts';
import { fakeTerminal } from './test/fake-terminal.ts';

const planned: EvaluateEvent = {
  type: 'run-planned',
  plan: { samples: [], faults: [], estimate: undefined },
  requests: 4,
  recorded: [],
  spentUsd: 0,
};

const answered = (arm: string, value: number | null, spentUsd = 0): EvaluateEvent => ({
  type: 'sample-answered',
  answer: {
    key: 'k',
    sample: 's',
    arm,
    outcome: 'failed',
    error: { kind: 'model', message: '' },
    costUsd: 0,
  },
  score: value === null ? { metric: 'none', value, reason: '' } : { metric: 'm', value, detail: {} },
  spentUsd,
});

function start(isErrTerminal: boolean) {
  const terminal = fakeTerminal({ isErrTerminal, widthColumns: 100 });
  const clock = { ms: 0 };
  const progress = startEvalProgress(
    terminal,
    text => terminal.err(text),
    () => clock.ms,
  );
  const showAt = (ms: number, event: EvaluateEvent) => {
    clock.ms = ms;
    progress.show(event);
  };
  return { terminal, progress, showAt };
}

test('a terminal shows done of all, scores with their error, failures, cost and time left, and is left clean', () => {
  const { terminal, progress, showAt } = start(true);
  showAt(0, planned);
  showAt(1000, answered('text', 1));
  showAt(2000, answered('pages', 0.5, 0.5));
  showAt(3000, answered('pages', 1, 0.75));
  progress.clear();
  const lines = terminal.errText().split('\r\x1b[K');
  assert.equal(lines[1], '1/4, text 100.0, 1 failed, 3.0 s left');
  assert.equal(lines[3], '3/4, text 100.0, pages 75.0 ± 25.0, 3 failed, $0.75, 1.0 s left');
  assert.equal(lines.at(-1), '');
});

test('a log gets a line now and then', () => {
  const { terminal, showAt } = start(false);
  showAt(0, planned);
  showAt(20_000, answered('text', 1));
  showAt(31_000, answered('text', null));
  showAt(40_000, answered('text', 1));
  assert.equal(
    terminal.errText(),
    '0 answers recorded, 4 requests left\n2/4, text 100.0, 2 failed, 31 s left\n',
  );
});
