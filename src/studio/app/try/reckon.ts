/** What pages come to for a model: tokens, ratio, cost, and what speaks against them. */
import { exclusionReason, type RenderConfig } from '../../../config/index.ts';
import { cost, type VisionTokens, visionTokens } from '../../../tokens/index.ts';
import type { Failure } from '../../api.ts';
import { describeFailure } from '../../describe-failure.ts';

/** One of each kind a reader is likely to meet, as `glyph tokens` has them, with those that have a price. */
export const comparedModels = [
  'glm-4.1v',
  'qwen3-vl',
  'deepseek-ocr',
  'internvl3',
  'gpt-4.1',
  'gpt-5',
  'gpt-5-mini',
  'claude-sonnet-4-5',
  'claude-haiku-4-5',
  'gemini-2.5-pro',
  'gemini-2.5-flash',
  'embedded',
] as const;

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Reckoning {
  /** With the markers around each image; undefined where the model refuses a page. */
  readonly tokens: number | undefined;
  readonly refusal: Failure | undefined;
  readonly basis: VisionTokens['basis'] | undefined;
}

const known = new Map<string, VisionTokens | Failure>();

/** Of one page; the reason where the model refuses it. */
export function pageTokens(model: string, { widthPx, heightPx }: Size): VisionTokens | Failure {
  const key = `${model} ${widthPx} ${heightPx}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > 5000) known.clear();
  let tokens: VisionTokens | Failure;
  try {
    tokens = visionTokens(model, widthPx, heightPx);
  } catch (error) {
    tokens = describeFailure(error);
  }
  known.set(key, tokens);
  return tokens;
}

export function reckon(model: string, pages: readonly Size[]): Reckoning {
  let sum = 0;
  let basis: Reckoning['basis'];
  for (const page of pages) {
    const tokens = pageTokens(model, page);
    if ('message' in tokens) return { tokens: undefined, refusal: tokens, basis: undefined };
    sum += tokens.tokens + tokens.perImageOverhead;
    ({ basis } = tokens);
  }
  return { tokens: sum, refusal: undefined, basis };
}

/** Undefined where no price is known. */
export function inputCost(model: string, inputTokens: number): number | undefined {
  try {
    return cost(model, { inputTokens }).costUsd;
  } catch {
    return undefined; // no price
  }
}

/** Pixels of a letter's size below which OCR misreads: with Tesseract 0.4 % of characters at 8 px, 2 % at 7, 8 % at 6. */
const leastLatinPx = 8;
/** Han characters have several times the strokes; ours, from looking at them. */
const leastHanPx = 11;

const han = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

export type Warning =
  | { readonly kind: 'small'; readonly px: number; readonly leastPx: number }
  | { readonly kind: 'shrunk'; readonly from: Size; readonly to: Size }
  | { readonly kind: 'refused'; readonly reason: Failure }
  | { readonly kind: 'dearer' }
  | { readonly kind: 'missing'; readonly count: number; readonly examples: string }
  | { readonly kind: 'excluded'; readonly reason: string };

export interface WarningInput {
  readonly model: string;
  readonly config: RenderConfig;
  readonly pages: readonly (Size & { readonly missing: ReadonlyMap<number, number> })[];
  /** Of the document, or its beginning. */
  readonly text: string;
  readonly textTokens: number | undefined;
}

export function warningsOf({ model, config, pages, text, textTokens }: WarningInput): Warning[] {
  const warnings: Warning[] = [];
  const [first] = pages;
  if (first === undefined) return [];
  const { tokens, refusal } = reckon(model, pages);
  if (refusal !== undefined) warnings.push({ kind: 'refused', reason: refusal });
  const seen = pageTokens(model, first);
  const to = 'message' in seen ? first : seen.resizedTo;
  // A page is never seen larger than it is: what is blown up is no sharper.
  const scale = Math.min(1, to.widthPx / first.widthPx, to.heightPx / first.heightPx);
  const px = ((config.fontSize * config.dpi) / 72) * Math.min(1, config.horizontalScale) * scale;
  const leastPx = han.test(text.slice(0, 20_000)) ? leastHanPx : leastLatinPx;
  if (px < leastPx) warnings.push({ kind: 'small', px, leastPx });
  // Sides rounded to whole patches take a hair off; that is not what is meant.
  if (scale < 0.97) warnings.push({ kind: 'shrunk', from: first, to });
  if (tokens !== undefined && textTokens !== undefined && tokens >= textTokens)
    warnings.push({ kind: 'dearer' });
  const missing = missingOf(pages);
  if (missing !== undefined) warnings.push(missing);
  const reason = exclusionReason(config);
  if (reason !== undefined) warnings.push({ kind: 'excluded', reason });
  return warnings;
}

function missingOf(pages: WarningInput['pages']): Warning | undefined {
  const counts = new Map<number, number>();
  for (const { missing } of pages) {
    for (const [codePoint, times] of missing) counts.set(codePoint, (counts.get(codePoint) ?? 0) + times);
  }
  if (counts.size === 0) return undefined;
  const examples = [...counts.keys()].slice(0, 6).map(point => `U+${point.toString(16).toUpperCase()}`);
  const count = [...counts.values()].reduce((sum, times) => sum + times, 0);
  return { kind: 'missing', count, examples: examples.join(' ') };
}
