/**
 * Text or a conversation in; the same with long material as page images out, and what was decided and why. It never
 * makes a request dearer: pages that cost more than their text stay text, counted, with a margin for longer answers.
 */
import { GlyphError } from '../base/index.ts';
import type { Message, Part } from '../model/index.ts';
import { type Accounting, addExact, noExact, sum } from './accounting.ts';
import {
  type BuildOptions,
  buildRequest,
  type CompressedRequest,
  contentsOf,
  visionTokensOf,
} from './build-request.ts';
import { listParts, type PlacedPart } from './candidates.ts';
import { type CompressInput, type Conversation, conversationOf } from './conversation.ts';
import type { Decision } from './decision.ts';
import { type Redacted, redactSecrets } from './exact/index.ts';
import { type Fitted, fitRequests } from './fit.ts';
import { type Job, openJob } from './job.ts';
import { answerMargin, decisionOf, type Judged, judgePart, refuseSmallGain } from './judge.ts';
import { base64Length } from './limits.ts';
import type { CompressOptions } from './options.ts';
import type { PagedDocument } from './paged-document.ts';
import type { DrawEffects } from './text-pages.ts';

export interface Compressed {
  /** The request; the first where it was split. */
  readonly messages: readonly Message[];
  /** One, unless `overflow` is `split` and the document fits no single request. */
  readonly requests: readonly CompressedRequest[];
  /** One for each part of the conversation, in order. */
  readonly decisions: readonly Decision[];
  readonly accounting: Accounting;
  /** What became pages, to look up what stands on a page. */
  readonly documents: readonly PagedDocument[];
}

/**
 * Rewrites `input` for a vision-language model. A string or documents become one user message, the question last.
 * @throws GlyphError kind `config` for a wrong option, `tokens` for an unknown model and where the result fits no
 * request, others as `renderPages`
 */
export async function compress(
  input: CompressInput,
  options: CompressOptions & DrawEffects,
): Promise<Compressed> {
  const job = await openJob(options);
  const conversation = conversationOf(input, options.question);
  const judged = refuseSmallGain(await judgeAll(conversation, job), job);
  const messages = withRedactions(conversation.messages, judged);
  const fitted = fitRequests(messages, judged, job);
  const requests: CompressedRequest[] = [];
  for (const numbers of fitted.groups) {
    requests.push(await buildWithin(messages, fitted, numbers, job));
  }
  return {
    messages: requests[0]!.messages,
    requests,
    decisions: fitted.judged.map(decisionOf),
    accounting: account(conversation.messages, fitted, requests, job),
    documents: fitted.documents,
  };
}

/** Estimates of what stands beside the pages can be a few tokens short: then zoom gives them back. */
async function buildWithin(
  messages: readonly Message[],
  fitted: Fitted,
  numbers: readonly number[],
  job: Job,
): Promise<CompressedRequest> {
  const options = buildOptions(job, fitted, numbers);
  const request = await buildRequest(messages, fitted.documents, numbers, options);
  const { textTokens, visionTokens, zoom } = request.account;
  const over = textTokens + visionTokens - fitted.room.tokens;
  if (over <= 0) return request;
  const zoomTokens = Math.max(0, zoom.tokens - over);
  const smaller = await buildRequest(messages, fitted.documents, numbers, { ...options, zoomTokens });
  const total = smaller.account.textTokens + smaller.account.visionTokens;
  if (total > fitted.room.tokens) throw overBudget(total, fitted.room.tokens);
  return smaller;
}

function overBudget(tokens: number, limit: number): GlyphError {
  return new GlyphError({
    kind: 'tokens',
    operation: 'fit the document into a request',
    expected: `at most ${limit} tokens`,
    actual: `${tokens} tokens`,
    hint: 'raise the budget or allow splitting',
  });
}

async function judgeAll({ messages, documents }: Conversation, job: Job): Promise<Judged[]> {
  const { recentMessages = 4, keep, redact } = job.options;
  const judged: Judged[] = [];
  for (const placed of listParts(messages, { recentMessages, keep })) {
    const redaction = redact === 'secrets' ? redactSecrets(placed.text) : untouched(placed.text);
    const { message, part, inner } = placed.place;
    const document = inner === undefined ? documents.get(`${message} ${part}`) : undefined;
    judged.push(await judgePart(placed, redaction, document, job));
  }
  return judged;
}

const untouched = (text: string): Redacted => ({ text, secrets: [], toSource: offset => offset });

/** Secrets are replaced in what stays text, too, and in the arguments of calls. */
function withRedactions(messages: readonly Message[], judged: readonly Judged[]): Message[] {
  const texts = new Map(
    judged
      .filter(({ redaction }) => redaction.secrets.length > 0)
      .map(({ placed, redaction }) => [key(placed), redaction.text] as const),
  );
  const clean = <P extends Part>(part: P, at: string): P => {
    const text = texts.get(at);
    if (text === undefined) return part;
    return part.type === 'tool-call' ? { ...part, arguments: text } : { ...part, text };
  };
  return messages.map((message, m) => ({
    ...message,
    parts: message.parts.map((part, p): Part => {
      if (part.type !== 'tool-result') return clean(part, `${m} ${p} `);
      return { ...part, parts: part.parts.map((inner, i) => clean(inner, `${m} ${p} ${i}`)) };
    }),
  }));
}

const key = ({ place: { message, part, inner } }: PlacedPart) => `${message} ${part} ${inner ?? ''}`;

/** Zoom without a budget of its own may add this share of the dense pages' tokens. */
const zoomShare = 0.3;

function buildOptions(
  job: Job,
  { documents, room, judged }: Fitted,
  numbers: readonly number[],
): BuildOptions {
  const { options, meter, labels, partOrder, limits } = job;
  const here = new Set(numbers);
  const pages = documents.flatMap(each => each.pages).filter(page => here.has(page.number));
  const dense = sum(pages.map(page => page.tokens));
  const kept = sum(judged.filter(each => typeof each.outcome === 'string').map(each => each.textTokens));
  const paged = judged.filter(each => typeof each.outcome === 'object');
  const whole = sum(documents.map(each => each.pages.length));
  const share = pages.length / Math.max(1, whole);
  const besidePages = sum(paged.map(each => each.pagesTokens ?? 0)) * share - dense;
  const saving = sum(paged.map(each => each.textTokens - (each.pagesTokens ?? 0))) * share;
  const left = Math.floor(room.tokens - kept - dense - Math.max(0, besidePages));
  const { maxSidePx = Infinity, manyImages } = limits;
  const isMany = manyImages !== undefined && numbers.length > manyImages.above;
  const usedBytes = sum(pages.map(page => base64Length(page.image?.bytes.length ?? 0)));
  return {
    meter,
    labels,
    partOrder,
    question: options.question,
    zoom: options.zoom ?? {},
    zoomTokens: zoomTokens(options, left, dense, saving - answerMargin(job) * share),
    exactTokens: options.budget?.exactTokens,
    maxSidePx: isMany ? Math.min(maxSidePx, manyImages.maxSidePx) : maxSidePx,
    maxExtraBytes: room.bytes - usedBytes,
    signal: options.signal,
  };
}

/** Never more than the room left, nor, where the gate holds, than the pages save. */
function zoomTokens({ budget, pages }: CompressOptions, left: number, dense: number, saving: number): number {
  const wanted = budget?.zoomTokens ?? (budget?.tokens === undefined ? dense * zoomShare : left);
  const affordable = pages === 'always' ? wanted : Math.min(wanted, saving);
  return Math.max(0, Math.floor(Math.min(affordable, left)));
}

function account(
  given: readonly Message[],
  { judged, documents }: Fitted,
  requests: readonly CompressedRequest[],
  { meter }: Job,
): Accounting {
  const accounts = requests.map(request => request.account);
  const paged = judged.filter(({ outcome }) => typeof outcome === 'object');
  const givenImages = visionTokensOf(contentsOf(given).images, meter);
  const before = sum(judged.map(part => part.textTokens)) + givenImages;
  const after = sum(accounts.map(({ textTokens, visionTokens }) => textTokens + visionTokens));
  const keptTokens = sum(
    judged.filter(part => typeof part.outcome === 'string').map(part => part.textTokens),
  );
  const beside = after - (keptTokens + givenImages) * requests.length;
  return {
    tokensBefore: before,
    tokensAfter: after,
    visionTokens: sum(accounts.map(each => each.visionTokens)),
    compressionRatio:
      paged.length === 0 ? null : sum(paged.map(part => part.textTokens)) / Math.max(1, beside),
    tokenizer: meter.tokenizer,
    basis: meter.basis,
    pages: sum(documents.map(document => document.pages.length)),
    imageBytes: sum(accounts.map(each => each.imageBytes)),
    exact: accounts.map(each => each.exact).reduce(addExact, noExact),
    zoom: {
      sharpened: accounts.flatMap(each => each.zoom.sharpened),
      tokens: sum(accounts.map(each => each.zoom.tokens)),
    },
    redacted: sum(judged.map(({ redaction }) => redaction.secrets.length)),
    requests: requests.length,
  };
}
