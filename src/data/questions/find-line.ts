/** On which line some words stand: the answer is the line's mark, e.g. "[p1:14]". */
import type { Random } from '../../base/index.ts';
import type { Span } from '../draw.ts';
import { markOf } from './locate.ts';
import type { QuestionTask } from './question.ts';

const [fewestWords, mostWords] = [2, 4];
/** Lines tried, since some have too few words or words that stand elsewhere too. */
const maxDraws = 8;

export const locateTask: QuestionTask = text => ({
  text,
  ask({ pages }, random) {
    const lines = pages.flatMap(({ number, lines: own }) =>
      own.map((line, i) => ({ line, mark: markOf({ page: number, first: i + 1, last: i + 1 }) })),
    );
    const shown = text.slice(pages[0]?.span.start ?? 0, pages.at(-1)?.span.end ?? 0);
    for (let draw = 0; draw < maxDraws && lines.length > 0; draw++) {
      const { line, mark } = random.pick(lines);
      const words = someWords(text, line, random);
      if (words === undefined || shown.indexOf(words) !== shown.lastIndexOf(words)) continue;
      return {
        question: `Find the line that says “${words}”.`,
        answer: mark,
        targets: [mark],
        reward: 'exact',
        evidence: [line],
      };
    }
    return undefined;
  },
});

/** Words of a line as they stand there, single spaces between them. */
function someWords(text: string, { start, end }: Span, random: Random): string | undefined {
  const words = text
    .slice(start, end)
    .split(/ +/)
    .filter(word => word !== '');
  const count = random.integer(fewestWords, mostWords);
  if (words.length < count) return undefined;
  const first = random.integer(0, words.length - count);
  const found = words.slice(first, first + count).join(' ');
  const isPlain = !/[\n“”]/.test(found) && text.slice(start, end).includes(found);
  return isPlain ? found : undefined;
}
