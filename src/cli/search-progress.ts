/** A line on a terminal that says how a search goes: configs measured of all, the front so far, time left. */
import type { SearchEvent, SearchSettings } from '../search/index.ts';
import type { Terminal } from './command.ts';
import { countOf, countText, durationText } from './figures.ts';
import { createProgressLine } from './progress-line.ts';

export interface SearchProgress {
  show(event: SearchEvent): void;
  clear(): void;
}

/** @param say prints a note; `now` gives milliseconds */
export function startSearchProgress(
  terminal: Terminal,
  say: (text: string) => void,
  { rounds, steps }: Pick<SearchSettings, 'rounds' | 'steps'>,
  now: () => number = () => performance.now(),
): SearchProgress {
  const startMs = now();
  const done = new Set<string>();
  let front = '';
  const line = createProgressLine(terminal, say, now, startMs);
  const onStop = () => {
    line.clear();
    say('waiting for the answers under way; Ctrl-C again does not wait\n');
  };
  terminal.signal.addEventListener('abort', onStop, { once: true });
  return {
    show(event) {
      switch (event.type) {
        case 'search-opened':
          say(
            `${countOf(event.items, 'sample')}, ${countOf(rounds, 'round')} of at most ${countOf(steps, 'config')}\n`,
          );
          return;
        case 'candidate-refused':
          return;
        case 'candidate-measured': {
          done.add(event.candidate.id);
          const share =
            ((event.round - 1) * steps + Math.min(steps, done.size % steps || steps)) / (rounds * steps);
          const leftS = ((now() - startMs) / 1000 / share) * (1 - share);
          line.show(
            [
              ...(rounds === 1 ? [] : [`round ${event.round}/${rounds}`]),
              `${countText(done.size)} configs`,
              ...(front === '' ? [] : [front]),
              `at most ${durationText(Math.max(0, leftS))} left`,
            ].join(', '),
          );
          return;
        }
        case 'generation-ended':
          front = frontText(event.front.map(({ values }) => values));
          return;
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

/** e.g. "front 98.2 % 2.4x … 91.0 % 4.1x" */
function frontText(points: readonly (readonly number[])[]): string {
  const ends = [...points].sort((a, b) => a[1]! - b[1]!);
  const text = ([accuracy = 0, ratio = 0]: readonly number[]) =>
    `${(100 * accuracy).toFixed(1)} % ${ratio.toFixed(2)}x`;
  const [first, last] = [ends[0], ends.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? `front ${text(first)}` : `front ${text(first)} … ${text(last)}`;
}
