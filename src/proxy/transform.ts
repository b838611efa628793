/** A body in, the same with long material as pages out, or the reason why it goes on as it came. */
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { type Body, type BodyEditor, type BodyListing, type BodyPart, readBody } from '../model/index.ts';
import { cost, modelLimits } from '../tokens/index.ts';
import { chooseCandidates, countRounds } from './candidates.ts';
import { type Conversations, chainOf } from './conversations.ts';
import { hashOf, type Pager, type PartPages } from './pager.ts';
import { type Plan, planPages } from './plan.ts';
import { ratesOf } from './rates.ts';
import { type Decision, noTokens, type PassedReason, type TokenAccount } from './record.ts';
import type { PagedPart, Settings } from './settings.ts';

export interface Transformer {
  readonly pager: Pager;
  readonly conversations: Conversations;
  readonly settings: Settings;
  now(): number;
}

export interface TransformRequest {
  readonly text: string;
  readonly editor: BodyEditor;
  /** Where the address names it. */
  readonly model: string | undefined;
  /** What a vendor's cache is apart by, beside the model: the account. */
  readonly account: string;
  readonly signal: AbortSignal;
}

export interface Transformed {
  readonly decision: Decision;
  readonly model: string | null;
  /** The new text; undefined where the body goes on as it came. */
  readonly pieces: readonly string[] | undefined;
  readonly tokens: TokenAccount;
  readonly parts: number;
  readonly pages: number;
  readonly pageBytes: number;
  /** What became pages, to look at. */
  readonly paged: readonly PagedPart[];
  /** To be told once upstream has taken it, so that later turns know what is cached there. */
  remember(as: 'decided' | 'text'): void;
}

const nothing = {
  ...{ pieces: undefined, tokens: noTokens, parts: 0, pages: 0, pageBytes: 0, paged: [] },
  remember() {},
} as const;

export const passed = (reason: PassedReason, model: string | null = null): Transformed => ({
  ...nothing,
  decision: { outcome: 'passed', reason },
  model,
});

/** @throws what goes wrong beyond what a reason names; the caller sends the original then */
export async function transform(request: TransformRequest, tools: Transformer): Promise<Transformed> {
  let body: Body;
  let listing: BodyListing;
  try {
    body = readBody(request.text);
    listing = request.editor.listBodyParts(body, request.model);
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'input') return passed('malformed-body');
    throw error;
  }
  const { model } = listing;
  if (model === undefined || !isKnown(model, tools.pager)) return passed('unknown-model', model ?? null);
  const { parts } = listing;
  const hashes = parts.map(({ role, text }) => hashOf(`${role} ${text}`));
  const candidates = chooseCandidates(parts, tools.settings);
  const judged = await judge(candidates, { body, listing, hashes, model }, request.signal, tools);
  const counted = await countAll(parts, hashes, request.signal, tools.pager);
  const chain = chainOf(`${request.account} ${model}`, hashes);
  const plan = settle({ listing, counted, model }, chain, judged.pages, tools);
  const chosen = [...plan.paged].sort((a, b) => a - b);
  const remember = (as: 'decided' | 'text') =>
    tools.conversations.remember(chain, as === 'decided' ? plan.paged : new Set(), tools.now());
  const pages = chosen.map(i => judged.pages.get(i)!);
  const tokens = accountOf(plan, pages);
  if (chosen.length === 0) {
    const none = candidates.length === 0 ? 'nothing-long' : judged.refusal;
    const reason = plan.reason === 'cheaper-as-pages' || judged.pages.size === 0 ? none : plan.reason;
    return { ...passed(reason, model), tokens, remember };
  }
  const replacements = chosen.map((i, k) => ({ part: parts[i]!, ...pages[k]! }));
  return {
    decision: { outcome: 'imaged', reason: 'cheaper-as-pages' },
    model,
    pieces: request.editor.putBack(body, replacements),
    tokens,
    parts: chosen.length,
    pages: sum(pages.map(each => each.images.length)),
    pageBytes: sum(pages.map(each => each.byteLength)),
    paged: replacements.map(({ part: { name, text }, texts, images }) => ({ name, text, texts, images })),
    remember,
  };
}

function isKnown(model: string, pager: Pager): boolean {
  try {
    pager.assertModel(model);
    return true;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return false;
    throw error;
  }
}

async function countAll(
  parts: readonly BodyPart[],
  hashes: readonly string[],
  signal: AbortSignal,
  pager: Pager,
): Promise<number[]> {
  const counted: number[] = [];
  for (const [i, { text }] of parts.entries()) {
    counted.push(text === '' ? 0 : await pager.countTokens(hashes[i]!, text, signal));
  }
  return counted;
}

interface Known {
  readonly listing: BodyListing;
  readonly hashes: readonly string[];
  readonly model: string;
}

interface JudgedParts {
  /** Those that are cheaper as pages and within the limits, by index. */
  readonly pages: ReadonlyMap<number, PartPages>;
  /** Why others are not. */
  readonly refusal: 'dearer-as-pages' | 'image-limit';
}

/** JSON around one image. */
const bytesAroundImage = 120;
/** Of a request's bytes, kept free. */
const bytesKeptFree = 100_000;

/** From the oldest on, so that what has gone as pages does so again, within what one request may hold. */
async function judge(
  candidates: readonly number[],
  { body, listing, hashes, model }: Known & { readonly body: Body },
  signal: AbortSignal,
  { pager }: Transformer,
): Promise<JudgedParts> {
  const { imagesPerRequest = Infinity, requestBytes = Infinity } = modelLimits(model);
  let images = listing.images;
  let bytes = body.text.length + bytesKeptFree;
  let refusal: JudgedParts['refusal'] = 'dearer-as-pages';
  const pages = new Map<number, PartPages>();
  for (const i of candidates) {
    throwIfAborted(signal, 'draw pages');
    const { name, text } = listing.parts[i]!;
    if (images >= imagesPerRequest || bytes >= requestBytes) {
      refusal = 'image-limit';
      break;
    }
    const drawn = await pager.pagesOf({ hash: hashes[i]!, name, text, model, signal });
    if (drawn === undefined) continue;
    const more = sum(drawn.images.map(({ base64 }) => base64.length + bytesAroundImage));
    if (images + drawn.images.length > imagesPerRequest || bytes + more > requestBytes) {
      refusal = 'image-limit';
      continue;
    }
    images += drawn.images.length;
    bytes += more;
    pages.set(i, drawn);
  }
  return { pages, refusal };
}

/** Tokens by which answers from pages are longer, as `compress` has it. */
const longerAnswerTokens = 100;

/** Chooses by what was sent before. */
function settle(
  { listing, counted, model }: Omit<Known, 'hashes'> & { readonly counted: readonly number[] },
  chain: readonly string[],
  pages: ReadonlyMap<number, PartPages>,
  { conversations, settings, now }: Transformer,
): Plan {
  const { parts } = listing;
  const { rounds, at } = countRounds(parts);
  const sent = conversations.find(chain);
  const isCold = sent !== undefined && now() - sent.at > settings.cacheLifeMs;
  // Where a conversation comes in the middle, another proxy or none has sent it as text until now.
  const before = sent?.parts ?? (rounds === 0 ? 0 : at.indexOf(rounds));
  const marks = parts.some(part => part.cacheMark === 'marked') ? 'marked' : 'none';
  return planPages({
    textTokens: counted,
    pageTokens: new Map([...pages].map(([i, { tokens }]) => [i, tokens])),
    warm: isCold ? 0 : before,
    pagedBefore: sent?.paged ?? new Set(),
    rates: ratesOf(model, marks),
    roundsAhead: Math.max(settings.minRoundsAhead, rounds),
    margin: longerAnswerTokens * outputPrice(model),
  });
}

/** Of an output token in input tokens; that of most price lists where none is known. */
function outputPrice(model: string): number {
  try {
    const { costUsd } = cost(model, { inputTokens: 1000 });
    return cost(model, { inputTokens: 0, outputTokens: 1000 }).costUsd / costUsd;
  } catch {
    return 5; // no price
  }
}

function accountOf(plan: Plan, pages: readonly PartPages[]): TokenAccount {
  const { textTokens, sentTokens, textCost, sentCost } = plan;
  return {
    textTokens,
    sentTokens,
    visionTokens: sum(pages.map(each => each.visionTokens)),
    textCost,
    sentCost,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
