/** How wrong pages are read: drawn from a text, given to a reader, compared with what they show. */
import type { RenderConfig } from '../src/config/index.ts';
import { characterErrors, type EditErrors, errorRate } from '../src/eval/index.ts';
import { loadFont } from '../src/node/index.ts';
import type { Reader } from '../src/reader/index.ts';
import { renderPages } from '../src/render/index.ts';
import { countTokensSync } from '../src/tokens/index.ts';

/** From a page's PNG to its text. */
export type ReadPng = (png: Uint8Array) => Promise<string>;

export interface PageRead {
  readonly errors: EditErrors;
  readonly characters: number;
  /** o200k_base, of what the page shows. */
  readonly textTokens: number;
  /** Patches of the reader. */
  readonly visionTokens: number;
}

/** Without regard to how white space and line ends are drawn. */
const plain = (text: string): string => text.replace(/[\s¶]+/g, ' ').trim();

/** Reads the first page of a text. */
export async function readFirstPage(
  read: ReadPng,
  text: string,
  config: RenderConfig,
  { config: { patchWidthPx, patchHeightPx } }: Pick<Reader, 'config'>,
): Promise<PageRead> {
  for await (const { png, span, widthPx, heightPx } of renderPages(text, config, { loadFont })) {
    const shown = text.slice(span.start, span.end);
    return {
      errors: characterErrors(plain(await read(png)), plain(shown)),
      characters: shown.length,
      textTokens: countTokensSync(shown),
      visionTokens: Math.ceil(widthPx / patchWidthPx) * Math.ceil(heightPx / patchHeightPx),
    };
  }
  throw new Error('a text without a page');
}

export interface ReadSummary {
  /** Wrong characters ÷ characters, over all pages. */
  readonly errorRate: number;
  /** Of the mean over pages. */
  readonly stderr: number;
  readonly pages: number;
  readonly characters: number;
  /** Text tokens ÷ vision tokens. */
  readonly ratio: number;
  readonly charactersPerToken: number;
}

export function summarise(reads: readonly PageRead[]): ReadSummary {
  const total = (of: (read: PageRead) => number) => reads.reduce((sum, read) => sum + of(read), 0);
  const each = reads.map(({ errors }) => errors.edits / Math.max(1, errors.length));
  const mean = each.reduce((sum, rate) => sum + rate, 0) / each.length;
  const squares = each.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
  return {
    errorRate: errorRate(reads.map(({ errors }) => errors)),
    stderr: Math.sqrt(squares / Math.max(1, each.length - 1) / each.length),
    pages: reads.length,
    characters: total(({ errors }) => errors.length),
    ratio: total(read => read.textTokens) / total(read => read.visionTokens),
    charactersPerToken: total(read => read.characters) / total(read => read.visionTokens),
  };
}
