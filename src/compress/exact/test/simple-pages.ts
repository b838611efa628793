/** Pages without a renderer: a line of the text is a line of the page. */
import type { SidecarPage } from '../places.ts';

/** Line ends belong to the line before them, so that the pages tile the text as rendered ones do. */
export function simplePages(text: string, linesPerPage: number): SidecarPage[] {
  const lines: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ start, end });
    start = end;
  }
  return Array.from({ length: Math.ceil(lines.length / linesPerPage) }, (_, i) => {
    const shown = lines.slice(i * linesPerPage, (i + 1) * linesPerPage);
    return { number: i + 1, span: { start: shown[0]!.start, end: shown.at(-1)!.end }, lines: shown };
  });
}
