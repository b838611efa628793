/** What a text comes to with a config, without writing anything: characters, text tokens, sizes of its pages. */
import { type Source, startTokenCounter, type TextTokenizerChoice } from '../node/index.ts';
import type { DocumentConfig } from '../render/index.ts';
import type { TextTokens } from '../tokens/index.ts';
import { paintPages } from './paint-pages.ts';

export interface PageSize {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pages of this size. */
  count: number;
}

export interface Measured {
  readonly characters: number;
  readonly textTokens: TextTokens;
  readonly pages: number;
  readonly sizes: readonly PageSize[];
}

export interface MeasureOptions {
  readonly title: string;
  readonly tokenizer: TextTokenizerChoice | undefined;
  readonly signal: AbortSignal;
  onPage(pages: number, bytesRead: number): void;
}

/** Errors as `renderPages` and `countTextTokens`. */
export async function measure(
  source: Source,
  config: DocumentConfig,
  options: MeasureOptions,
): Promise<Measured> {
  const { title, signal } = options;
  const reading = source.read(signal);
  const counter = startTokenCounter(source.byteLength, options.tokenizer);
  let characters = 0;
  async function* watched() {
    for await (const piece of reading.pieces) {
      characters += piece.length;
      await counter.push(piece);
      yield piece;
    }
  }
  const sizes = new Map<string, PageSize>();
  let pages = 0;
  try {
    for await (const { bitmap } of paintPages(watched(), config, { title, signal })) {
      const { widthPx, heightPx } = bitmap;
      const key = `${widthPx}x${heightPx}`;
      const size = sizes.get(key) ?? { widthPx, heightPx, count: 0 };
      size.count++;
      sizes.set(key, size);
      options.onPage(++pages, reading.bytesRead);
    }
    return { characters, textTokens: await counter.end(), pages, sizes: [...sizes.values()] };
  } finally {
    await counter.close();
  }
}
