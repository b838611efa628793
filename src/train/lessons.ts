/**
 * Lessons in reading, made from pages whose lines are known: a few rows to write out, in order or each after its mark. One
 * page gives thousands, so that a small set of pages goes a long way; the renderer's type tells what stands in each cell.
 */
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

/** @param row from 0 */
export const rowMark = (row: number): SpecialToken => `row-${row + 1}` as SpecialToken;
export const special = (token: SpecialToken, weight = 0): Piece => ({ type: 'special', token, weight });

/** Some of its rows as a page of their own, which still knows where they stood. */
function crop({ page, lines }: KnownPage, { config }: ReaderKind, first: number, rows: number): PagePatches {
  const { patchHeightPx } = config;
  const patches = cropRows(page, config, first, rows);
  const { advancePx } = patches;
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
