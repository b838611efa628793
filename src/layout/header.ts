/**
 * The line at the top of each page that tells a reader where it is: document title, page number, line numbers of the
 * source, and a short checksum by which a transcription can be verified.
 */

import { crc32 } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import type { Paragraph } from '../text/index.ts';
import type { PageHeader } from './page-builder.ts';
import type { WordShaper } from './shaper.ts';
import { Strip, type StripSlice } from './strip.ts';

/** Characters a header can need beyond those of its template and title. */
export const headerAlphabet = '0123456789abcdef';

export class HeaderSetter implements PageHeader {
  readonly #template: string;
  readonly #title: string;
  readonly #shaper: WordShaper;
  readonly #pagesBefore: number;
  readonly #encoder = new TextEncoder();
  #paragraph: Paragraph | undefined;
  /** Source line number, from 1, at `#counted` in the paragraph. */
  #lineNumber = 1;
  #counted = 0;
  #firstLine: number | undefined;
  #lastLine = 1;
  #checksum = 0;

  constructor(config: RenderConfig, title: string, shaper: WordShaper, pagesBefore: number) {
    this.#template = config.header;
    this.#title = title;
    this.#shaper = shaper;
    this.#pagesBefore = pagesBefore;
  }

  /** The lines added next come from this paragraph, which begins on line `lineNumber` of the source. */
  startParagraph(paragraph: Paragraph, lineNumber: number): void {
    this.#paragraph = paragraph;
    this.#lineNumber = lineNumber;
    this.#counted = 0;
  }

  addLine(start: number, end: number): void {
    const paragraph = this.#paragraph!;
    this.#countTo(start - paragraph.start);
    this.#firstLine ??= this.#lineNumber;
    const text = paragraph.text.slice(start - paragraph.start, end - paragraph.start);
    this.#checksum = crc32(this.#encoder.encode(`${text}\n`), this.#checksum);
    this.#countTo(end - paragraph.start);
    this.#lastLine = this.#lineNumber;
  }

  setHeader({ number }: { readonly number: number }): StripSlice {
    const values: Readonly<Record<string, string>> = {
      title: this.#title,
      page: String(this.#pagesBefore + number),
      firstLine: String(this.#firstLine ?? this.#lineNumber),
      lastLine: String(this.#lastLine),
      checksum: this.#checksum.toString(16).padStart(8, '0'),
    };
    this.#firstLine = undefined;
    this.#checksum = 0;
    const text = this.#template.replace(/\{(\w+)\}/g, (field, name: string) => values[name] ?? field);
    const word = this.#shaper.shape(text, 'ltr');
    const strip = new Strip(word.keys.length);
    word.keys.forEach((key, i) => {
      strip.penPt = word.xPt[i]!;
      strip.add(key, 0, 0);
      strip.risePt[i] = word.risePt[i]!;
    });
    return { strip, from: 0, to: strip.count, startPt: 0, startSpaces: 0 };
  }

  #countTo(offset: number): void {
    const text = this.#paragraph?.text ?? '';
    this.#lineNumber += countLineEnds(text, this.#counted, offset);
    this.#counted = offset;
  }
}

/** Line ends from `from` to `to`; a CR and an LF together are one. */
export function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) count++;
  }
  return count;
}
