/**
 * What every kind of vision-token rule offers: its price for a picture, and the grid of pages it does not resample.
 * One file beside this one holds one kind; `rule.ts` gathers them. A model family names a kind and its numbers.
 */
import * as v from 'valibot';

/** A picture in whole pixels. */
export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface RuleOutcome {
  readonly tokens: number;
  /** The figure the model's authors publish where it leaves out tokens the prompt holds. */
  readonly nominalTokens?: number;
  /** The picture's size after the model's own resampling, before padding; equal to the input when it is not resampled. */
  readonly resizedTo: Size;
}

/** Where to look for pages a rule takes as they are: sides are whole steps, or one of the extra sides. */
export interface PageGrid {
  readonly stepPx: number;
  readonly extraSidesPx: readonly number[];
  /** No page of more than this many steps squared can cost `tokens` or less and stay unresampled. */
  readonly maxCells: number;
}

export interface RuleKind<R> {
  price(rule: R, size: Size): RuleOutcome;
  pageGrid(rule: R, tokens: number): PageGrid;
}

export const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
export const positiveWhole = v.pipe(v.number(), v.integer(), v.minValue(1));
