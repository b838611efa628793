/** What a rendering adds up to: vision tokens, text tokens, their ratio, characters without a glyph. */
import { GlyphError } from '../base/index.ts';
import { type TextTokens, visionTokens } from '../tokens/index.ts';
import type { ManifestTotals } from './manifest.ts';

/** The reader the paper's pages are made for: 28 px patches. */
const pricedModel = 'glm-4.1v';

export class Totals {
  #tokensOfSize = new Map<string, number>();
  #visionTokens = 0;
  #basis: string | null = null;
  #refusal: string | undefined;
  #missing = new Map<number, number>();

  addPage(widthPx: number, heightPx: number, missing: ReadonlyMap<number, number>): void {
    this.#visionTokens += this.#priceOf(widthPx, heightPx);
    for (const [codePoint, count] of missing) {
      this.#missing.set(codePoint, (this.#missing.get(codePoint) ?? 0) + count);
    }
  }

  finish(characters: number, replaced: number, textTokens: TextTokens | undefined): ManifestTotals {
    const isPriced = this.#refusal === undefined;
    const ratio =
      textTokens === undefined || !isPriced ? null : ratioOf(textTokens.tokens, this.#visionTokens);
    return {
      characters,
      replaced,
      textTokens: { count: textTokens?.tokens ?? null, tokenizer: textTokens?.tokenizer ?? 'none' },
      visionTokens: {
        count: isPriced ? this.#visionTokens : null,
        model: pricedModel,
        basis: this.#basis,
        ...(this.#refusal === undefined ? {} : { reason: this.#refusal }),
      },
      ratio,
      missing: [...this.#missing]
        .sort(([a], [b]) => a - b)
        .map(([codePoint, count]) => ({ codePoint: codePointName(codePoint), count })),
    };
  }

  /** Most pages have the same size. A page the model would refuse makes the sum unknown, not an error. */
  #priceOf(widthPx: number, heightPx: number): number {
    const size = `${widthPx}x${heightPx}`;
    const known = this.#tokensOfSize.get(size);
    if (known !== undefined) return known;
    let tokens = 0;
    try {
      const price = visionTokens(pricedModel, widthPx, heightPx);
      tokens = price.tokens;
      this.#basis = price.basis;
    } catch (error) {
      if (!(error instanceof GlyphError) || error.kind !== 'tokens') throw error;
      this.#refusal ??= error.message;
    }
    this.#tokensOfSize.set(size, tokens);
    return tokens;
  }
}

const ratioOf = (textTokens: number, tokens: number) => (tokens === 0 ? null : textTokens / tokens);

const codePointName = (codePoint: number) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
