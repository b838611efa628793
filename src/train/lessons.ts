/**
 * Lessons in reading, made from pages whose lines are known: a few rows to write out, in order or each after its mark,
 * and words to find among rows. One page gives thousands, so that a small set of pages goes a long way; the renderer's
 * type tells what stands in each cell.
 */
import type { Random } from '../base/index.ts';
import {
  createSample,
  cropRows,
  type GreyPage,
  labelCells,
  type PagePatches,
  type Piece,
  type Sample,
  type SpecialToken,
  splitMarks,
} from '../reader/index.ts';
import type { Row } from './data-set.ts';
import type { ReaderKind } from './material.ts';

/** Its rows from the top, one line each. */
export interface KnownPage {
  readonly page: GreyPage;
  readonly lines: readonly string[];
}

/** Lines of the one page of an OCR row whose target names each; undefined for other rows. */
export function knownLines(row: Row): readonly string[] | undefined {
  const answer = row.messages.at(-1);
  if (row.task !== 'ocr' && row.task !== 'strings') return undefined;
  if (row.images.length !== 1 || answer?.role !== 'assistant') return undefined;
  const lines = splitMarks(answer.content);
  const isKnown = lines.length > 0 && lines.every(({ mark }, i) => mark?.page === 1 && mark.row === i + 1);
  return isKnown ? lines.map(({ text }) => text) : undefined;
}

const rowMark = (row: number): SpecialToken => `row-${row + 1}` as SpecialToken;
const special = (token: SpecialToken, weight = 0): Piece => ({ type: 'special', token, weight });

/** Some of its rows as a page of their own, which still knows where they stood. */
function crop({ page, lines }: KnownPage, { config }: ReaderKind, first: number, rows: number): PagePatches {
  const { patchHeightPx, advancePx } = config;
  const patches = cropRows(page, config, first, rows);
  const characters = lines.slice(first, first + rows).flatMap((line, row) =>
    Array.from(line, (character, i) => ({
      // A line end is drawn as a mark; a space at the end of a line is not drawn.
      character: character === '\n' ? '¶' : character,
      xPx: (i + 0.5) * advancePx,
      yPx: (row + 0.5) * patchHeightPx,
    })),
  );
  return labelCells(patches, config, characters);
}

/** The rows to write out. @param order `jumping`: rows in any order, each mark given */
export function readingLesson(
  known: KnownPage,
  kind: ReaderKind,
  rows: { readonly first: number; readonly count: number; readonly written: readonly number[] },
  order: 'in-order' | 'jumping',
): Sample {
  const isInOrder = order === 'in-order';
  const pieces: Piece[] = [
    special('user'),
    { type: 'page', patches: crop(known, kind, rows.first, rows.count) },
    special('assistant'),
    special('page-1'),
  ];
  for (const [i, row] of rows.written.entries()) {
    const mark = isInOrder && i > 0 ? 'next-row' : rowMark(row);
    pieces.push(special(mark, isInOrder ? 1 : 0), { type: 'text', text: known.lines[row]!, weight: 1 });
  }
  if (isInOrder) pieces.push(special('end', 1));
  return createSample(pieces, kind.config, kind.vocabulary);
}

/** Of a mark that answers a question, against 1 for a token of text: there are far fewer of them. */
const findingWeight = 2;

/** Questions after each other where some words stand, as many as have room. */
export function findingLesson(
  known: KnownPage,
  kind: ReaderKind,
  { first, count, maxTokens }: { readonly first: number; readonly count: number; readonly maxTokens: number },
  random: Random,
): Sample {
  const text = known.lines.slice(first, first + count).join('');
  const pieces: Piece[] = [special('user'), { type: 'page', patches: crop(known, kind, first, count) }];
  let sample = createSample(pieces, kind.config, kind.vocabulary);
  for (let tries = 0; tries < 2 * count + 16; tries++) {
    const row = random.integer(first, first + count - 1);
    const found = someWords(known.lines[row]!, random);
    if (found === undefined || text.split(found.words).length !== 2) continue;
    const [before, after] = random.pick(askings);
    // A space belongs to the word after it.
    const asked = before.endsWith(' ') ? ` ${found.words}` : found.words;
    const { advancePx, patchWidthPx } = kind.config;
    const column = ((found.at - (asked.length - found.words.length)) * advancePx) / patchWidthPx;
    pieces.push(
      special('user'),
      { type: 'text', text: before.trimEnd() },
      { type: 'text', text: asked, standsAt: { row, column } },
      { type: 'text', text: after },
      special('assistant'),
      special('page-1'),
      special(rowMark(row), findingWeight),
      special('end'),
    );
    const longer = createSample(pieces, kind.config, kind.vocabulary);
    if (longer.tokens.length > maxTokens) break;
    sample = longer;
  }
  return sample;
}

/** What stands around the words. */
const askings = [
  ['Find the line that says “', '”.'],
  ['Find: ', ''],
  ['', ''],
] as const;

/** One to four words of a line, none of them cut by its ends, and the character they begin at. */
function someWords(
  line: string,
  random: Random,
): { readonly words: string; readonly at: number } | undefined {
  const words = [...line.matchAll(/\S+/g)].slice(1, -1);
  const count = random.integer(1, 4);
  if (words.length < count) return undefined;
  const first = random.integer(0, words.length - count);
  const at = words[first]!.index;
  const last = words[first + count - 1]!;
  return { words: line.slice(at, last.index + last[0].length), at };
}
