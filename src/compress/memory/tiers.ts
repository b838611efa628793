/**
 * How sharp a page is drawn by its age: the older, the fewer pixels, as DeepSeek-OCR proposes for memory that fades
 * (arXiv 2510.18234, section 5). Layout stays, so a page shows the same characters in every tier. Which tier a page is
 * in follows from two numbers alone, and pages move in batches, because a page that moves ends the prefix that a
 * provider's prompt cache knows.
 */
import { parseConfig, type RenderConfig } from '../../config/index.ts';

export interface MemoryTier {
  /** Factor on the config's dpi, e.g. 0.75. */
  readonly dpiScale: number;
  /** Pages in this tier before the oldest move on; the last tier keeps all that reach it. */
  readonly pages?: number | undefined;
}

export const defaultTiers: readonly MemoryTier[] = [
  { dpiScale: 1, pages: 16 },
  { dpiScale: 0.75, pages: 32 },
  { dpiScale: 0.5 },
];

export interface DrawnTier {
  /** Place in the list of tiers; stands in file names. */
  readonly number: number;
  readonly config: RenderConfig;
}

export interface PageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface TierPlan {
  /** By number; a skipped tier's place holds the one drawn instead. */
  readonly drawn: readonly DrawnTier[];
  /**
   * The tier of page `page`, from 0, when `finished` pages are there. It changes only when `finished` reaches a
   * multiple of the batch.
   */
  tierOf(page: number, finished: number): DrawnTier;
}

/**
 * @param countImage tokens of an image of that many pixels; a tier that is not cheaper than the one before is skipped
 * @throws GlyphError kind `config` for a dpi that cannot be drawn
 */
export function planTiers(
  tiers: readonly MemoryTier[],
  batchPages: number,
  config: RenderConfig,
  countImage: (size: PageSize) => number,
): TierPlan {
  const drawn: DrawnTier[] = [];
  let cheapest = Number.POSITIVE_INFINITY;
  for (const [number, { dpiScale }] of tiers.entries()) {
    const scaled = parseConfig({ dpi: config.dpi * dpiScale }, config);
    const tokens = countImage(fullPage(scaled));
    drawn.push(tokens < cheapest ? { number, config: scaled } : drawn[number - 1]!);
    cheapest = Math.min(cheapest, tokens);
  }
  return {
    drawn,
    tierOf(page, finished) {
      const newest = Math.floor(finished / batchPages) * batchPages;
      let younger = newest - 1 - page;
      let tier = 0;
      while (tier < tiers.length - 1 && younger >= (tiers[tier]!.pages ?? Number.POSITIVE_INFINITY)) {
        younger -= tiers[tier]!.pages!;
        tier++;
      }
      return drawn[tier]!;
    },
  };
}

/** Pixels of a page that nothing is cropped from; sizes round up, as the painter's. */
export function fullPage({ pageSize: [widthPt, heightPt], dpi, horizontalScale }: RenderConfig): PageSize {
  const px = (lengthPt: number) => Math.ceil((lengthPt * dpi) / 72 - 1e-6);
  return { widthPx: Math.max(1, Math.floor(px(widthPt) * horizontalScale + 1e-6)), heightPx: px(heightPt) };
}
