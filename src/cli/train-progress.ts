/** A line on a terminal that says how training goes: step, loss or reward, tokens a second, time left. */
import type { TrainEvent } from '../train/index.ts';
import type { Terminal } from './command.ts';
import { countText, durationText } from './figures.ts';
import { createProgressLine } from './progress-line.ts';

export interface TrainProgress {
  show(event: TrainEvent): void;
  clear(): void;
}

/** Of the running means: how much of the mean before stays. */
const inertia = 0.95;

/** @param now milliseconds */
export function startTrainProgress(
  terminal: Terminal,
  output: 'shown' | 'quiet',
  now: () => number = () => performance.now(),
): TrainProgress {
  const line = createProgressLine(terminal, text => terminal.err(text), now, Number.NEGATIVE_INFINITY);
  const means = createMeans();
  function showStep({ step, steps, metrics, ms }: StepDone): void {
    for (const [name, value] of Object.entries({ ...metrics, ms })) means.add(name, value);
    const text = stepText(step, steps, means.of);
    if (step < steps) line.show(text);
    else line.showNow(text);
  }
  return {
    clear: line.clear,
    show(event) {
      if (output === 'quiet') return;
      switch (event.type) {
        case 'run-resumed':
          terminal.err(`${resumedText(event.step, event.steps)}\n`);
          return;
        case 'checkpoint-written':
          return;
        case 'step-done':
          showStep(event);
          return;
        default:
          event satisfies never;
      }
    },
  };
}

type StepDone = TrainEvent & { readonly type: 'step-done' };

const resumedText = (step: number, steps: number): string =>
  step === steps
    ? `all ${countText(steps)} steps were done before`
    : `going on after step ${countText(step)} of ${countText(steps)}`;

type MeanOf = (name: string) => number | undefined;

/** e.g. "step 1,200/4,500, loss 1.234, 5,120 tokens/s, 1 h 7 min left" */
function stepText(step: number, steps: number, meanOf: MeanOf): string {
  const ms = meanOf('ms') ?? 0;
  const figures = ['loss', 'reward'].flatMap(name => {
    const mean = meanOf(name);
    return mean === undefined ? [] : [`${name} ${mean.toFixed(3)}`];
  });
  return [
    `step ${countText(step)}/${countText(steps)}`,
    ...figures,
    `${countText(Math.round(((meanOf('tokens') ?? 0) / Math.max(ms, 1)) * 1000))} tokens/s`,
    `${durationText(((steps - step) * ms) / 1000)} left`,
  ].join(', ');
}

/** Running means by name; a step may have no loss. */
function createMeans(): { add(name: string, value: number): void; readonly of: MeanOf } {
  const sums = new Map<string, { sum: number; weight: number }>();
  return {
    add(name, value) {
      const { sum, weight } = sums.get(name) ?? { sum: 0, weight: 0 };
      sums.set(name, { sum: sum * inertia + value, weight: weight * inertia + 1 });
    },
    of(name) {
      const found = sums.get(name);
      return found === undefined ? undefined : found.sum / found.weight;
    },
  };
}
