/** What one request may hold, by the model's own table, and how pages are cut into several that do. */
import type { ModelLimits } from '../tokens/index.ts';

export interface PageCost {
  /** Number of the page in the whole, from 1. */
  readonly number: number;
  readonly tokens: number;
  /** PNG bytes. */
  readonly byteLength: number;
}

export interface Room {
  readonly images: number;
  readonly bytes: number;
  readonly tokens: number;
}

/** Bytes as base64 in JSON. */
export const base64Length = (byteLength: number): number => 4 * Math.ceil(byteLength / 3);

/** JSON around one image. */
const bytesAroundImage = 120;

/** JSON around everything, and what escaping text may add: kept free. */
const bytesKeptFree = 200_000;

export interface RoomOptions {
  /** Tokens kept for the answer; 4096, or an eighth of a small context, unless given. */
  readonly answerTokens: number | undefined;
  /** The caller's own limit of input tokens. */
  readonly maxTokens: number | undefined;
  /** The model's own limit of images, where it declares one. */
  readonly imagesPerRequest: number | undefined;
}

const [mostAnswerTokens, answerShare] = [4096, 1 / 8];

export function roomOf(limits: ModelLimits, options: RoomOptions): Room {
  const { contextTokens, imagesPerRequest, requestBytes } = limits;
  const { maxTokens = Infinity } = options;
  const context = contextTokens ?? Infinity;
  const answerTokens = options.answerTokens ?? Math.min(mostAnswerTokens, Math.floor(context * answerShare));
  return {
    images: Math.min(imagesPerRequest ?? Infinity, options.imagesPerRequest ?? Infinity),
    bytes: requestBytes === undefined ? Infinity : Math.max(0, requestBytes - bytesKeptFree),
    tokens: Math.min(maxTokens, context - answerTokens),
  };
}

/** Bytes of the request that an image takes. */
export const imageBytes = (byteLength: number): number => base64Length(byteLength) + bytesAroundImage;

/**
 * Consecutive pages in as few groups as fit `room`, each beside `fixed` tokens and bytes that all requests share.
 * @returns undefined where a single page does not fit
 */
export function groupPages(
  pages: readonly PageCost[],
  room: Room,
  fixed: { readonly tokens: number; readonly bytes: number },
): number[][] | undefined {
  const groups: number[][] = [];
  let group: number[] = [];
  let tokens = fixed.tokens;
  let bytes = fixed.bytes;
  for (const page of pages) {
    const pageBytes = imageBytes(page.byteLength);
    const isFull =
      group.length + 1 > room.images || tokens + page.tokens > room.tokens || bytes + pageBytes > room.bytes;
    if (isFull) {
      if (group.length === 0) return undefined;
      groups.push(group);
      group = [];
      tokens = fixed.tokens;
      bytes = fixed.bytes;
      const fitsAlone =
        room.images >= 1 && tokens + page.tokens <= room.tokens && bytes + pageBytes <= room.bytes;
      if (!fitsAlone) return undefined;
    }
    group.push(page.number);
    tokens += page.tokens;
    bytes += pageBytes;
  }
  return group.length > 0 ? [...groups, group] : groups;
}
