/**
 * The interpreter's table of rule kinds: one entry a kind, picked by the rule's own `kind` field, never by a model or
 * vendor. A new model family is data for one of these; a new kind is one file and one line here.
 */
import * as v from 'valibot';
import { areaBudgetGrid, areaBudgetGridSchema } from './area-budget-grid.ts';
import { aspectSlices, aspectSlicesSchema } from './aspect-slices.ts';
import { cropTiles, cropTilesSchema } from './crop-tiles.ts';
import { fixedSquare, fixedSquareSchema } from './fixed-square.ts';
import { longEdgeTiles, longEdgeTilesSchema } from './long-edge-tiles.ts';
import { paddedGrid, paddedGridSchema } from './padded-grid.ts';
import { patchLimitGrid, patchLimitGridSchema } from './patch-limit-grid.ts';
import { ratioTiles, ratioTilesSchema } from './ratio-tiles.ts';
import { roundedGrid, roundedGridSchema } from './rounded-grid.ts';
import { rowBreakGrid, rowBreakGridSchema } from './row-break-grid.ts';
import type { PageGrid, RuleKind, RuleOutcome, Size } from './rule-kind.ts';
import { scaledCanvas, scaledCanvasSchema } from './scaled-canvas.ts';
import { shortSideTiles, shortSideTilesSchema } from './short-side-tiles.ts';
import { shrunkPatches, shrunkPatchesSchema } from './shrunk-patches.ts';

export const ruleSchema = v.variant('kind', [
  areaBudgetGridSchema,
  aspectSlicesSchema,
  cropTilesSchema,
  fixedSquareSchema,
  longEdgeTilesSchema,
  paddedGridSchema,
  patchLimitGridSchema,
  ratioTilesSchema,
  roundedGridSchema,
  rowBreakGridSchema,
  scaledCanvasSchema,
  shortSideTilesSchema,
  shrunkPatchesSchema,
]);
export type Rule = v.InferOutput<typeof ruleSchema>;

const kinds: { readonly [K in Rule['kind']]: RuleKind<Extract<Rule, { kind: K }>> } = {
  'area-budget-grid': areaBudgetGrid,
  'aspect-slices': aspectSlices,
  'crop-tiles': cropTiles,
  'fixed-square': fixedSquare,
  'long-edge-tiles': longEdgeTiles,
  'padded-grid': paddedGrid,
  'patch-limit-grid': patchLimitGrid,
  'ratio-tiles': ratioTiles,
  'rounded-grid': roundedGrid,
  'row-break-grid': rowBreakGrid,
  'scaled-canvas': scaledCanvas,
  'short-side-tiles': shortSideTiles,
  'shrunk-patches': shrunkPatches,
};

// The record above pairs each kind with its own rule type; looking up by `rule.kind` keeps the pair.
function kindOf(rule: Rule): RuleKind<Rule> {
  return kinds[rule.kind] as RuleKind<Rule>;
}

/** What a picture of `size` costs under `rule`. */
export function priceBy(rule: Rule, size: Size): RuleOutcome {
  return kindOf(rule).price(rule, size);
}

/** Where to look for pages of at most `tokens` that `rule` does not resample. */
export function pageGridOf(rule: Rule, tokens: number): PageGrid {
  return kindOf(rule).pageGrid(rule, tokens);
}
