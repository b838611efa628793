/**
 * What a page image costs a model, in tokens: the model's family from the table, its rule from the interpreter. The
 * other side of the compression ratio is `countTextTokens`.
 */
import { GlyphError } from '../base/index.ts';
import { builtInFamilies } from './families.ts';
import type { Basis, Family, FamilyTable, ModelLimits } from './family.ts';
import { longestKeyed, resolveModel } from './resolve-model.ts';
import { resolveRule, type VisionSettings } from './resolve-rule.ts';
import { priceBy } from './rules/rule.ts';
import type { Size } from './rules/rule-kind.ts';

export interface VisionTokens {
  /** Tokens of the image, without `perImageOverhead`; what a bill or prompt holds is the sum of both. */
  readonly tokens: number;
  /** Marker tokens around each image, whatever its size. */
  readonly perImageOverhead: number;
  /** The published figure, where it leaves out tokens the prompt holds (DeepSeek-OCR). */
  readonly nominalTokens?: number;
  /** The image after the model's own resampling, before padding: equal to the page when it is seen as it is. */
  readonly resizedTo: Size;
  readonly basis: Basis;
  /** The family's id, e.g. "glm-4v". */
  readonly family: string;
}

/** Beyond this a side is a mistake, not a page. */
const maxSidePx = 1_000_000;

/**
 * Vision tokens of one image of `widthPx` × `heightPx`.
 * Throws `tokens` for an unknown model or setting, a size that is not a positive whole number of pixels, and a size
 * or shape the model refuses.
 */
export function visionTokens(
  model: string,
  widthPx: number,
  heightPx: number,
  settings: VisionSettings = {},
  table: FamilyTable = builtInFamilies,
): VisionTokens {
  assertSide('width', widthPx);
  assertSide('height', heightPx);
  const { family, name } = resolveModel(model, table);
  const { rule, basis, perImageOverhead } = resolveRule(family, settings);
  assertWithin(limitsFor(family, name), family, widthPx, heightPx);
  const outcome = priceBy(rule, { widthPx, heightPx });
  return { ...outcome, perImageOverhead, basis, family: family.id };
}

/** What a request to `model` may hold; a limit nobody states is left out. Throws `tokens` for an unknown model. */
export function modelLimits(model: string, table: FamilyTable = builtInFamilies): ModelLimits {
  const { family, name } = resolveModel(model, table);
  return limitsFor(family, name);
}

function limitsFor(family: Family, name: string): ModelLimits {
  return { ...family.limits, ...longestKeyed(name, family.limitsOf ?? {}) };
}

function assertSide(which: 'width' | 'height', px: number): void {
  if (Number.isInteger(px) && px >= 1 && px <= maxSidePx) return;
  throw new GlyphError({
    kind: 'tokens',
    operation: 'count vision tokens',
    expected: `a ${which} of 1 to ${maxSidePx} whole pixels`,
    actual: String(px),
  });
}

function assertWithin(limits: ModelLimits, family: Family, widthPx: number, heightPx: number): void {
  if (limits.maxSidePx === undefined || Math.max(widthPx, heightPx) <= limits.maxSidePx) return;
  throw new GlyphError({
    kind: 'tokens',
    operation: 'count vision tokens',
    expected: `sides of at most ${limits.maxSidePx} px for ${family.id}`,
    actual: `${widthPx}x${heightPx}`,
  });
}
