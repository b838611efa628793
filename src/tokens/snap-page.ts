/**
 * The page a model wants: the largest one of about the asked shape that costs no more and that the model's own
 * preprocessing takes as it is. A resampled page reads worse for the same price. One search for every rule: the rule
 * says on which grid to look, and its own price says whether a page holds.
 */
import { GlyphError } from '../base/index.ts';
import { builtInFamilies } from './families.ts';
import type { FamilyTable, ModelLimits } from './family.ts';
import { resolveModel } from './resolve-model.ts';
import { resolveRule, type VisionSettings } from './resolve-rule.ts';
import { pageGridOf, priceBy, type Rule } from './rules/rule.ts';
import type { PageGrid, Size } from './rules/rule-kind.ts';
import { modelLimits, visionTokens } from './vision-tokens.ts';

/** No model takes more grid steps along one side. */
const mostStepsOfAnyPage = 4096;

export interface SnapSettings extends VisionSettings {
  /** Images in the request, where the side limit depends on it; 1 when left out. */
  readonly imagesInRequest?: number | undefined;
}

export interface SnappedPage extends Size {
  readonly tokens: number;
  readonly perImageOverhead: number;
  /** True only where the model resamples every page of that price; then the page is the asked one. */
  readonly isResampled: boolean;
}

/**
 * The largest unresampled page that costs at most what `widthPx` × `heightPx` costs, sides within one grid step of
 * that shape where such a page exists, else the nearest shape. Throws as `visionTokens` does.
 */
export function snapPage(
  model: string,
  widthPx: number,
  heightPx: number,
  settings: SnapSettings = {},
  table: FamilyTable = builtInFamilies,
): SnappedPage {
  const asked = visionTokens(model, widthPx, heightPx, settings, table);
  const { rule } = resolveRule(resolveModel(model, table).family, settings);
  const limitPx = sideLimit(modelLimits(model, table), settings.imagesInRequest ?? 1);
  const grid = pageGridOf(rule, asked.tokens);
  const shape = { widthPx, heightPx };
  const best =
    largest(pagesNear(shape, grid, limitPx), shape, rule, asked.tokens) ??
    nearestShape(allPages(grid, limitPx), shape, rule, asked.tokens);
  if (best === undefined) {
    return { ...shape, tokens: asked.tokens, perImageOverhead: asked.perImageOverhead, isResampled: true };
  }
  const { tokens } = priceBy(rule, best);
  return { ...best, tokens, perImageOverhead: asked.perImageOverhead, isResampled: false };
}

function sideLimit({ maxSidePx, manyImages }: ModelLimits, images: number): number {
  const single = maxSidePx ?? Number.POSITIVE_INFINITY;
  return manyImages !== undefined && images > manyImages.above
    ? Math.min(single, manyImages.maxSidePx)
    : single;
}

/** Sides to try, ascending: whole steps up to `mostSteps`, the extra sides and the limit where they lie among them. */
function sidesOf({ stepPx, extraSidesPx }: PageGrid, mostSteps: number, limitPx: number): number[] {
  const longest = Math.min(limitPx, stepPx * mostSteps);
  const sides = new Set<number>();
  for (let px = stepPx; px <= longest; px += stepPx) sides.add(px);
  for (const px of [...extraSidesPx, limitPx]) if (px <= longest) sides.add(px);
  return [...sides].sort((a, b) => a - b);
}

/** Pages one of whose sides is within one step of what the other side and the shape ask for. */
function* pagesNear(shape: Size, grid: PageGrid, limitPx: number): Generator<Size> {
  const { stepPx, maxCells } = grid;
  const ratio = shape.heightPx / shape.widthPx;
  const mostSteps = Math.ceil(Math.sqrt(maxCells * Math.max(ratio, 1 / ratio))) + 1;
  const sides = sidesOf(grid, Math.min(maxCells, mostSteps), limitPx);
  const slack = Math.max(stepPx, stepPx * ratio);
  for (const widthPx of sides) {
    for (let i = firstAtLeast(sides, widthPx * ratio - slack); i < sides.length; i += 1) {
      const heightPx = sides[i]!;
      if (heightPx > widthPx * ratio + slack || widthPx * heightPx > maxCells * stepPx ** 2) break;
      yield { widthPx, heightPx };
    }
  }
}

function* allPages(grid: PageGrid, limitPx: number): Generator<Size> {
  const sides = sidesOf(grid, Math.min(grid.maxCells, mostStepsOfAnyPage), limitPx);
  for (const widthPx of sides) {
    for (const heightPx of sides) {
      if (widthPx * heightPx > grid.maxCells * grid.stepPx ** 2) break;
      yield { widthPx, heightPx };
    }
  }
}

function largest(pages: Iterable<Size>, shape: Size, rule: Rule, tokens: number): Size | undefined {
  let best: Size | undefined;
  for (const page of pages) {
    const isLarger = best === undefined || area(page) > area(best);
    const isTie =
      best !== undefined && area(page) === area(best) && distance(page, shape) < distance(best, shape);
    if ((isLarger || isTie) && holds(page, rule, tokens)) best = page;
  }
  return best;
}

function nearestShape(pages: Iterable<Size>, shape: Size, rule: Rule, tokens: number): Size | undefined {
  let best: Size | undefined;
  for (const page of pages) {
    const nearer = best === undefined || distance(page, shape) < distance(best, shape);
    const isTie =
      best !== undefined && distance(page, shape) === distance(best, shape) && area(page) > area(best);
    if ((nearer || isTie) && holds(page, rule, tokens)) best = page;
  }
  return best;
}

/** Whether the rule takes the page as it is for at most `tokens`; a shape the rule refuses does not hold. */
function holds(page: Size, rule: Rule, tokens: number): boolean {
  try {
    const priced = priceBy(rule, page);
    return (
      priced.tokens <= tokens &&
      priced.resizedTo.widthPx === page.widthPx &&
      priced.resizedTo.heightPx === page.heightPx
    );
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return false;
    throw error;
  }
}

function area({ widthPx, heightPx }: Size): number {
  return widthPx * heightPx;
}

function distance(page: Size, shape: Size): number {
  return Math.abs(Math.log((page.widthPx * shape.heightPx) / (page.heightPx * shape.widthPx)));
}

function firstAtLeast(sides: readonly number[], px: number): number {
  let [low, high] = [0, sides.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sides[middle]! < px) low = middle + 1;
    else high = middle;
  }
  return low;
}
