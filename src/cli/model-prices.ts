/** What pages of given sizes cost a model, in vision tokens. */
import { GlyphError } from '../base/index.ts';
import {
  type FamilyTable,
  modelLimits,
  type VisionSettings,
  type VisionTokens,
  visionTokens,
} from '../tokens/index.ts';
import type { Measured } from './measure.ts';
import { usageError } from './usage-error.ts';

/** A model that would refuse one of the pages. */
export interface Refusal {
  readonly model: string;
  readonly error: GlyphError;
}

export interface PagesPrice {
  readonly model: string;
  readonly family: string;
  readonly basis: VisionTokens['basis'];
  readonly pages: number;
  readonly visionTokens: number;
  /** Marker tokens around all images together, not in `visionTokens`. */
  readonly overheadTokens: number;
  /** Text tokens for each vision token; null without a page. */
  readonly ratio: number | null;
}

export type ModelPrice = PagesPrice | Refusal;

export interface ImagePrice extends VisionTokens {
  readonly model: string;
}

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A size every model takes, to ask about model and settings as such. */
export const sampleSize: Size = { widthPx: 448, heightPx: 448 };

/**
 * One image; a model that refuses it or lacks a setting is a row that says so.
 * @throws GlyphError kind `config` for an unknown model
 */
export function priceImage(
  model: string,
  { widthPx, heightPx }: Size,
  settings: VisionSettings,
  table: FamilyTable,
): ImagePrice | Refusal {
  try {
    modelLimits(model, table);
  } catch (error) {
    throw unknownModel(error);
  }
  try {
    return { model, ...visionTokens(model, widthPx, heightPx, settings, table) };
  } catch (error) {
    return refusal(model, error);
  }
}

/** A model's name is part of the command line, so a wrong one is a wrong command line. */
function unknownModel(error: unknown): unknown {
  if (!(error instanceof GlyphError)) return error;
  const { operation, expected, actual, hint } = error;
  return usageError({ operation, expected, actual, hint });
}

/** All pages of a measured text. */
export function pricePages(
  model: string,
  { sizes, pages, textTokens }: Measured,
  settings: VisionSettings,
  table: FamilyTable,
): ModelPrice {
  try {
    let tokens = 0;
    let overheadTokens = 0;
    let { basis, family } = visionTokens(model, sampleSize.widthPx, sampleSize.heightPx, settings, table);
    for (const { widthPx, heightPx, count } of sizes) {
      const price = visionTokens(model, widthPx, heightPx, settings, table);
      tokens += price.tokens * count;
      overheadTokens += price.perImageOverhead * count;
      ({ basis, family } = price);
    }
    const ratio = tokens === 0 ? null : textTokens.tokens / tokens;
    return { model, family, basis, pages, visionTokens: tokens, overheadTokens, ratio };
  } catch (error) {
    return refusal(model, error);
  }
}

function refusal(model: string, error: unknown): Refusal {
  if (error instanceof GlyphError && error.kind === 'tokens') return { model, error };
  throw error;
}
