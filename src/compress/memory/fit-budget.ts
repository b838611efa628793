/**
 * What of a memory a request has room for. Pages go before text, old before new. What stays shown changes rarely, so
 * that the beginning of the messages stays the same from call to call: pages keep clear of the room that the recent
 * turns will grow into, and are left out in batches.
 */
import { GlyphError } from '../../base/index.ts';
import { sum } from '../accounting.ts';

export interface PageCost {
  readonly as: 'image' | 'text';
  readonly tokens: number;
  /** Of an image, in the request. */
  readonly bytes: number;
}

export interface FitRequest {
  readonly budgetTokens: number;
  /** Images and bytes of images a request may hold. */
  readonly room: { readonly images: number; readonly bytes: number };
  /** Oldest first; undefined for one that is too old to fit whatever else is shown. */
  readonly pages: readonly (PageCost | undefined)[];
  /** Tokens of each piece of text after the pages, oldest first; at least one. */
  readonly texts: readonly number[];
  /** Tokens of what is said before the pages when so many pages and texts, from the oldest, are left out. */
  introductionTokens(leftOut: LeftOut): number;
  /** Tokens the texts may grow to before the next page is finished. */
  readonly expectedTextTokens: number;
  readonly batchPages: number;
}

export interface LeftOut {
  readonly pages: number;
  readonly texts: number;
}

/** @throws GlyphError kind `tokens` where not even the last text fits */
export function fitBudget(request: FitRequest): LeftOut {
  const { budgetTokens, pages, texts, introductionTokens } = request;
  const textTokens = sum(texts);
  if (textTokens + introductionTokens({ pages: pages.length, texts: 0 }) <= budgetTokens) {
    return { pages: pagesLeftOut(request, textTokens), texts: 0 };
  }
  let rest = textTokens;
  for (let left = 1; left < texts.length; left++) {
    rest -= texts[left - 1]!;
    const leftOut = { pages: pages.length, texts: left };
    if (rest + introductionTokens(leftOut) <= budgetTokens) return leftOut;
  }
  throw tooSmall(budgetTokens, rest + introductionTokens({ pages: pages.length, texts: texts.length - 1 }));
}

function pagesLeftOut(request: FitRequest, textTokens: number): number {
  const { budgetTokens, pages, introductionTokens, expectedTextTokens, batchPages } = request;
  // A small budget is shared: the room kept for text never takes more than half of it from pages.
  const keptForText = Math.max(textTokens, Math.min(expectedTextTokens, budgetTokens / 2));
  let { images, bytes } = request.room;
  let tokens = budgetTokens - keptForText;
  let least = pages.length;
  while (least > 0) {
    const page = pages[least - 1];
    if (page === undefined) break;
    if (page.as === 'image') images--;
    bytes -= page.bytes;
    tokens -= page.tokens;
    const introduction = introductionTokens({ pages: least - 1, texts: 0 });
    if (images < 0 || bytes < 0 || tokens < introduction) break;
    least--;
  }
  const batched = Math.ceil(least / batchPages) * batchPages;
  const keepsMost = pages.length - batched >= (pages.length - least) / 2;
  return keepsMost ? batched : least;
}

const tooSmall = (budgetTokens: number, neededTokens: number) =>
  new GlyphError({
    kind: 'tokens',
    operation: 'fit a memory into a budget',
    expected: `at least ${neededTokens} tokens, for the last turn and what belongs to it`,
    actual: `${budgetTokens}`,
    hint: 'raise the budget, or append shorter tool results',
  });
