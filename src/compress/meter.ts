/** What text and images cost one model, counted, not guessed. */
import { RecentCache } from '../base/index.ts';
import {
  type Basis,
  type CountTextOptions,
  countSync,
  countTextTokens,
  loadTextTokenizer,
  type VisionSettings,
  visionTokens,
} from '../tokens/index.ts';

export interface Meter {
  /** The tokenizer's name, e.g. "o200k_base". */
  readonly tokenizer: string;
  /** How the image counts are known. */
  readonly basis: Basis;
  /** A short text, at once. */
  countText(text: string): number;
  /** A long one, letting other work run. */
  countLongText(text: string, signal?: AbortSignal): Promise<number>;
  /** An image with its markers. @throws GlyphError kind `tokens` for a size the model refuses */
  countImage(size: Size): number;
  /** Pixels the model really sees of such an image. */
  pixelsSeen(size: Size): number;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface MeterOptions {
  readonly tokenizer?: CountTextOptions['tokenizer'];
  /** Settings of the model's image rule, e.g. `{ detail: 'high' }`. */
  readonly vision?: VisionSettings | undefined;
}

/** What stands beside pages is counted when they are judged, built and accounted for. */
const keptCounts = 16;

export async function openMeter(model: string, { tokenizer, vision }: MeterOptions): Promise<Meter> {
  const loaded = await loadTextTokenizer(tokenizer);
  const counts = new RecentCache<string, number>(keptCounts);
  const price = ({ widthPx, heightPx }: Size) => visionTokens(model, widthPx, heightPx, vision);
  return {
    tokenizer: loaded.name,
    basis: price({ widthPx: 448, heightPx: 448 }).basis,
    countText: text => counts.get(text, () => countSync(loaded, text)),
    countLongText: async (text, signal) => (await countTextTokens(text, { tokenizer, signal })).tokens,
    countImage(size) {
      const { tokens, perImageOverhead } = price(size);
      return tokens + perImageOverhead;
    },
    pixelsSeen(size) {
      const { widthPx, heightPx } = price(size).resizedTo;
      return widthPx * heightPx;
    },
  };
}
