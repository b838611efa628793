/**
 * How many columns suit a text, and about how many pages it takes, from the lengths of its lines alone: code with short
 * lines takes a third fewer pages in three columns than in two. The same text always gets the same answer.
 */
import type { RenderConfig } from '../config/index.ts';

/** Of the em, for letters; a CJK character takes all of it. */
const letterAdvance = 0.5;
/** A narrower column breaks too many lines to be read well. */
const minColumnEms = 22;
const maxColumns = 5;
/** Another column must save this share of the pages. */
const leastGain = 0.05;

export interface Columns {
  readonly columns: number;
  /** An estimate, not whole. */
  readonly pages: number;
}

export function chooseColumns(text: string, config: RenderConfig): Columns {
  const lines = lineEms(text);
  let best: Columns = { columns: 1, pages: pagesIn(lines, 1, config) };
  for (let columns = 2; columns <= maxColumns; columns++) {
    if (columnEms(columns, config) < minColumnEms) break;
    const pages = pagesIn(lines, columns, config);
    if (pages < best.pages * (1 - leastGain)) best = { columns, pages };
  }
  return best;
}

/** A rough length of each line in ems. */
function lineEms(text: string): number[] {
  const lines: number[] = [];
  let ems = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a) {
      lines.push(ems);
      ems = 0;
    } else ems += code >= 0x1100 ? 1 : code === 0x09 ? 4 * letterAdvance : letterAdvance;
  }
  lines.push(ems);
  return lines;
}

function columnEms(columns: number, { pageSize, marginX, columnGap, fontSize }: RenderConfig): number {
  return (pageSize[0] - 2 * marginX - columnGap * (columns - 1)) / columns / fontSize;
}

function pagesIn(lines: readonly number[], columns: number, config: RenderConfig): number {
  const width = Math.max(1, columnEms(columns, config));
  const { pageSize, marginY, lineHeight } = config;
  const rowsPerColumn = Math.max(1, Math.floor((pageSize[1] - 2 * marginY) / lineHeight));
  let rows = 0;
  for (const ems of lines) rows += Math.max(1, Math.ceil(ems / width));
  const whole = Math.floor(rows / (rowsPerColumn * columns));
  const rest = rows - whole * rowsPerColumn * columns;
  if (rest === 0) return whole;
  // The last page is cut below its text, but columns are filled one after the other.
  return whole + (config.autoCropLastPage ? Math.min(1, rest / rowsPerColumn) : 1);
}
