/**
 * The gate: each part that may become pages is drawn and priced, and stays text unless its pages cost less; all of
 * them stay text where they would save less together than a longer answer costs.
 */
import { cost } from '../tokens/index.ts';
import { sum } from './accounting.ts';
import { callText, type PlacedPart } from './candidates.ts';
import type { DocumentInput } from './conversation.ts';
import { type Decision, type KeptReason, keptDecision, pagedDecision } from './decision.ts';
import { buildSidecar, type Redacted } from './exact/index.ts';
import type { Job } from './job.ts';
import { introduction, pageLabel } from './labels.ts';
import type { PageSource } from './page-source.ts';
import { type DensePage, openDocument, type PagedDocument, sidecarPages, spansOn } from './paged-document.ts';
import { openTextPages } from './text-pages.ts';

/** A part with what was found out about it. */
export interface Judged {
  readonly placed: PlacedPart;
  /** Its text as shown: without secrets where that was asked. */
  readonly redaction: Redacted;
  readonly textTokens: number;
  /** Undefined where pages were not priced. */
  readonly pagesTokens?: number;
  readonly outcome: PagedDocument | KeptReason;
}

/** Shorter texts save nothing. */
const minTokens = 300;

/** An output token's price in input tokens where no list price is known; that of most price lists. */
const usualOutputPrice = 5;

export async function judgePart(
  placed: PlacedPart,
  redaction: Redacted,
  given: DocumentInput | undefined,
  job: Job,
): Promise<Judged> {
  const { meter, options } = job;
  const source = given !== undefined && 'draw' in given ? given : undefined;
  const { callName } = placed;
  const billed = callName === undefined ? redaction.text : callText(callName, redaction.text);
  const textTokens = await meter.countLongText(billed, options.signal);
  const known = { placed, redaction, textTokens };
  const { verdict } = placed;
  if (verdict.may === 'stay') return { ...known, outcome: verdict.reason };
  const isGated = options.pages !== 'always' && source?.shows !== 'more-than-text';
  if (isGated && textTokens < minTokens) return { ...known, outcome: 'too-short' };
  const parts = given !== undefined && 'parts' in given ? given.parts : undefined;
  const document = { ...(await open(placed, redaction, source, textTokens, job)), parts };
  const own = sum(document.pages.map(page => page.tokens));
  const pagesTokens = own + tokensBeside(document, document.pages, job);
  const isDearer = isGated && pagesTokens >= textTokens;
  return { ...known, pagesTokens, outcome: isDearer ? 'dearer-as-pages' : document };
}

async function open(
  { place, name, verdict }: PlacedPart,
  redaction: Redacted,
  given: PageSource | undefined,
  textTokens: number,
  { meter, options, config, effects, labels }: Job,
): Promise<PagedDocument> {
  const { signal } = options;
  const source =
    given === undefined
      ? await openTextPages(name, redaction.text, config, effects, signal)
      : withoutSecrets(given, redaction);
  return openDocument({
    place,
    name,
    reason: verdict.may === 'become-pages' ? verdict.reason : 'document',
    source,
    toGiven: given === undefined ? redaction.toSource : offset => offset,
    textTokens,
    carriesExact: options.exact !== 'off',
    hidden: pagesWithSecrets(given, redaction),
    meter,
    labelTokens: labels === 'text' ? meter.countText(pageLabel(100).text) : 0,
    signal,
  });
}

/** The spans of given pages are offsets of their text, so what hides a secret there is as long as it. */
function withoutSecrets(given: PageSource, { secrets }: Redacted): PageSource {
  if (secrets.length === 0) return given;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of secrets) {
    parts.push(given.text.slice(at, start), '*'.repeat(end - start));
    at = end;
  }
  return { ...given, text: parts.join('') + given.text.slice(at) };
}

/** Pages drawn by others cannot be redacted, so those with a secret are not shown. */
function pagesWithSecrets(given: PageSource | undefined, { secrets }: Redacted): ReadonlySet<number> {
  const pages = given?.pages ?? [];
  return new Set(
    pages
      .filter(({ span }) => secrets.some(secret => secret.start < span.end && secret.end > span.start))
      .map(page => page.number),
  );
}

/** What stands beside some of a document's pages: the introduction and the exact strings on them. */
export function tokensBeside(
  document: PagedDocument,
  pages: readonly DensePage[],
  { meter, options, labels }: Job,
): number {
  const sidecar = buildSidecar({
    text: document.source.text,
    pages: sidecarPages(pages),
    spans: spansOn(document, pages),
    countTokens: meter.countText,
    question: options.question,
    maxTokens: options.budget?.exactTokens,
  });
  const intro = labels === 'text' ? meter.countText(introduction(document.name, 1, 100).text) : 0;
  return sidecar.tokens + intro;
}

/** All stay text where the saving is less than what a longer answer costs. */
export function refuseSmallGain(judged: readonly Judged[], job: Job): Judged[] {
  const { options } = job;
  const isGated = ({ outcome }: Judged) =>
    typeof outcome === 'object' && outcome.source.shows === 'its-text' && options.pages !== 'always';
  const gated = judged.filter(isGated);
  const saving = sum(gated.map(({ textTokens, pagesTokens = 0 }) => textTokens - pagesTokens));
  if (saving > answerMargin(job)) return [...judged];
  return judged.map(part => (isGated(part) ? { ...part, outcome: 'longer-answer' } : part));
}

/** What longer answers cost, in input tokens. */
export function answerMargin({ model, options: { longerAnswerTokens = 100 } }: Job): number {
  return longerAnswerTokens === 0 ? 0 : longerAnswerTokens * outputPriceOf(model);
}

function outputPriceOf(model: string): number {
  const million = 1_000_000;
  try {
    const input = cost(model, { inputTokens: million }).costUsd;
    const both = cost(model, { inputTokens: million, outputTokens: million }).costUsd;
    return input > 0 ? (both - input) / input : usualOutputPrice;
  } catch {
    return usualOutputPrice; // no list price
  }
}

export function decisionOf({ placed, textTokens, pagesTokens, outcome }: Judged): Decision {
  const { place, name } = placed;
  if (typeof outcome === 'string') {
    const priced = pagesTokens === undefined ? {} : { pagesTokens };
    return keptDecision({ place, name, reason: outcome, textTokens, ...priced });
  }
  const { reason, pages } = outcome;
  return pagedDecision({
    place,
    name,
    reason,
    textTokens,
    pagesTokens: pagesTokens ?? 0,
    pages: pages.length,
  });
}
