/** A line on a terminal that says how a run goes: done of all, the score of each arm so far, cost, time left. */
import type { EvaluateEvent } from '../eval/index.ts';
import type { Terminal } from './command.ts';
import { estimateText, usdText } from './eval-text.ts';
import { countOf, countText, durationText } from './figures.ts';
import { createProgressLine } from './progress-line.ts';

export interface EvalProgress {
  readonly show: (event: EvaluateEvent) => void;
  clear(): void;
}

/** Mean and spread of numbers as they come (Welford). */
interface Running {
  count: number;
  mean: number;
  squares: number;
}

/** @param say prints a note; `now` gives milliseconds */
export function startEvalProgress(
  terminal: Terminal,
  say: (text: string) => void,
  now: () => number = () => performance.now(),
): EvalProgress {
  const arms = new Map<string, Running>();
  let startMs = now();
  let [total, before, done, failed, spentUsd] = [0, 0, 0, 0, 0];
  const line = createProgressLine(terminal, say, now, startMs);
  const onStop = () => {
    line.clear();
    if (done < total) say('waiting for the answers under way; Ctrl-C again does not wait\n');
  };
  terminal.signal.addEventListener('abort', onStop, { once: true });

  return {
    show(event) {
      switch (event.type) {
        case 'sample-opened':
          line.show(`opening samples: ${countText(event.samples)}`);
          return;
        case 'run-planned': {
          line.clear();
          const { plan, requests, recorded } = event;
          say(plan.estimate === undefined ? goingOnText(recorded.length, requests) : estimateText(plan));
          for (const { answer, score } of recorded) addScore(arms, answer.arm, score.value);
          failed = recorded.filter(({ answer }) => answer.outcome === 'failed').length;
          startMs = now();
          [total, before, done, spentUsd] = [
            recorded.length + requests,
            recorded.length,
            recorded.length,
            event.spentUsd,
          ];
          return;
        }
        case 'sample-answered': {
          done++;
          spentUsd = event.spentUsd;
          if (event.answer.outcome === 'failed') failed++;
          addScore(arms, event.answer.arm, event.score.value);
          const leftS = ((now() - startMs) / 1000 / (done - before)) * (total - done);
          line.show(
            [
              `${countText(done)}/${countText(total)}`,
              ...[...arms].map(([arm, running]) => `${arm} ${scoreText(running)}`),
              ...(failed === 0 ? [] : [`${countText(failed)} failed`]),
              ...(spentUsd === 0 ? [] : [usdText(spentUsd)]),
              `${durationText(Math.max(0, leftS))} left`,
            ].join(', '),
          );
          return;
        }
        default:
          event satisfies never;
      }
    },
    clear() {
      terminal.signal.removeEventListener('abort', onStop);
      line.clear();
    },
  };
}

const goingOnText = (recorded: number, requests: number) =>
  `${countOf(recorded, 'answer')} recorded, ${countOf(requests, 'request')} left\n`;

function addScore(arms: Map<string, Running>, arm: string, value: number | null): void {
  if (value === null) return;
  const running = arms.get(arm) ?? { count: 0, mean: 0, squares: 0 };
  arms.set(arm, running);
  const distance = value - running.mean;
  running.count++;
  running.mean += distance / running.count;
  running.squares += distance * (value - running.mean);
}

/** e.g. "93.1 ± 0.8" */
export function scoreText({ count, mean, squares }: Running): string {
  const stderr = count > 1 ? ` ± ${(100 * Math.sqrt(squares / (count - 1) / count)).toFixed(1)}` : '';
  return `${(100 * mean).toFixed(1)}${stderr}`;
}
