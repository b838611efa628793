/**
 * Lines of pages as a reader writes them out: each led by its mark, e.g. "[p1:14] the text of that line". A line's text
 * is the source from its beginning to that of the next, so that without the marks it is the source, character for
 * character.
 */
import { shownText, type TextPage } from './draw.ts';

/** How the target of an OCR task is written: the text alone, or line by line with marks. */
export const ocrMarkNames = ['none', 'lines'] as const;
export type OcrMarks = (typeof ocrMarkNames)[number];

export interface MarkedLine {
  /** From 1, in the example. */
  readonly page: number;
  /** From 1, on the page. */
  readonly line: number;
  /** With the space or newline that ends it. */
  readonly text: string;
}

/** All lines, in order; of the last one, to where its page ends. */
export function linesOf(text: string, pages: readonly TextPage[]): MarkedLine[] {
  const lines = pages.flatMap(page =>
    page.lines.map(({ start }, i) => ({ page: page.number, line: i + 1, start })),
  );
  const end = pages.at(-1)?.span.end ?? 0;
  return lines.map(({ page, line, start }, i) => ({
    page,
    line,
    text: text.slice(start, lines[i + 1]?.start ?? end),
  }));
}

/** e.g. "[p1:1] first line \n[p1:2] second" */
export const markedText = (lines: readonly MarkedLine[]): string =>
  lines.map(({ page, line, text }) => `[p${page}:${line}] ${text}`).join('\n');

/** What a model that reads these pages is to write. */
export function ocrText(text: string, pages: readonly TextPage[], ocrMarks: OcrMarks): string {
  switch (ocrMarks) {
    case 'none':
      return shownText(text, pages);
    case 'lines':
      return markedText(linesOf(text, pages));
    default:
      return ocrMarks satisfies never;
  }
}
