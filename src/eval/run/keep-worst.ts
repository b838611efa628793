/**
 * Keeps the pages of the worst answers in the run, so that a report can show them without the data: for each arm, of a
 * few answers, the pages a target stands on and the first one.
 */
import type { Score } from '../score.ts';
import type { AnswerLog } from './answer-log.ts';
import type { ShownPage } from './build-request.ts';
import type { AnswerLine } from './lines.ts';
import type { RunStore } from './run-store.ts';

export interface WorstPages {
  /** Keeps the pages if the answer is among the worst of its arm so far. */
  offer(
    answer: AnswerLine,
    score: Score,
    pages: readonly ShownPage[],
    targets: readonly string[],
  ): Promise<void>;
}

/** For each arm. */
const mostAnswers = 6;
/** For each answer. */
const mostPages = 3;

export function createWorstPages(store: RunStore, log: AnswerLog): WorstPages {
  const values = new Map<string, number[]>();
  const valuesOf = (arm: string) => {
    const found = values.get(arm) ?? [];
    values.set(arm, found);
    return found;
  };
  for (const { arm, value } of log.kept) keep(valuesOf(arm), value);
  return {
    async offer({ key, sample, arm }, { value }, pages, targets) {
      const worst = valuesOf(arm);
      if (value === null || value >= 1 || pages.length === 0 || !isAmong(worst, value)) return;
      keep(worst, value);
      const chosen = choosePages(pages, targets).map(page => ({
        page,
        file: `pages/${key}-${page.number}.png`,
      }));
      for (const { page, file } of chosen) await store.write(file, page.image.bytes);
      const lines = chosen.map(({ page: { number, text, image }, file }) => {
        const { widthPx = 0, heightPx = 0 } = image;
        return { file, number, text, widthPx, heightPx };
      });
      await log.addKept({ key, sample, arm, value, pages: lines });
    },
  };
}

const isAmong = (worst: readonly number[], value: number) =>
  worst.length < mostAnswers || value < worst.at(-1)!;

function keep(worst: number[], value: number): void {
  worst.push(value);
  worst.sort((a, b) => a - b);
  worst.length = Math.min(worst.length, mostAnswers);
}

function choosePages(pages: readonly ShownPage[], targets: readonly string[]): ShownPage[] {
  const wanted = targets.map(target => target.toLowerCase()).filter(target => target !== '');
  const hasTarget = ({ text }: ShownPage) => {
    const lower = text.toLowerCase();
    return wanted.some(target => lower.includes(target));
  };
  const [first, ...rest] = pages;
  return [...pages.filter(hasTarget).slice(0, mostPages), first!, ...rest]
    .filter((page, i, all) => all.indexOf(page) === i)
    .slice(0, mostPages)
    .sort((a, b) => a.number - b.number);
}
