/** Brings chosen pages within what a request may hold: into one, into several where that is allowed, or not at all. */
import { GlyphError } from '../base/index.ts';
import type { Message } from '../model/index.ts';
import { sum } from './accounting.ts';
import { bytesOf, contentsOf } from './build-request.ts';
import type { Job } from './job.ts';
import { type Judged, tokensBeside } from './judge.ts';
import { groupPages, imageBytes, type PageCost, type Room, roomOf } from './limits.ts';
import { numberThrough, type PagedDocument } from './paged-document.ts';

export interface Fitted {
  readonly judged: readonly Judged[];
  readonly documents: readonly PagedDocument[];
  /** Numbers of the pages of each request. */
  readonly groups: readonly (readonly number[])[];
  readonly room: Room;
}

/** @throws GlyphError kind `tokens` where it does not fit */
export function fitRequests(messages: readonly Message[], judged: readonly Judged[], job: Job): Fitted {
  const { budget } = job.options;
  const room = roomOf(job.limits, {
    answerTokens: budget?.answerTokens,
    maxTokens: budget?.tokens,
    imagesPerRequest: job.imagesPerRequest,
  });
  const isSplit = job.options.overflow === 'split';
  const fitting = isSplit ? [...judged] : keepWithinImages(judged, messages, room);
  const documents = numberThrough(documentsOf(fitting));
  const fixed = fixedCost(messages, fitting);
  const costs = costsOf(fitting, documents);
  const together = groupPages(costs, room, fixed);
  const isTooMuch = together === undefined || together.length > 1;
  const groups = isTooMuch && isSplit ? groupPages(costsApart(documents, job), room, fixed) : together;
  if (groups === undefined || (!isSplit && groups.length > 1) || fixed.tokens > room.tokens) {
    throw tooLarge(costs, fixed.tokens, room, groups?.length, isSplit);
  }
  return { judged: fitting, documents, groups: groups.length === 0 ? [[]] : groups, room };
}

const documentsOf = (judged: readonly Judged[]): PagedDocument[] =>
  judged.flatMap(({ outcome }) => (typeof outcome === 'object' ? [outcome] : []));

/** From the last on, documents with more images or bytes than a request takes stay text. */
function keepWithinImages(judged: readonly Judged[], messages: readonly Message[], room: Room): Judged[] {
  const given = contentsOf(messages).images;
  let images = given.length;
  let bytes = bytesOf(given);
  return judged.map(part => {
    const { outcome } = part;
    if (typeof outcome !== 'object' || outcome.source.shows === 'more-than-text') return part;
    const drawn = outcome.pages.flatMap(({ image }) => (image === undefined ? [] : [image]));
    const more = sum(drawn.map(image => imageBytes(image.bytes.length)));
    if (images + drawn.length > room.images) return { ...part, outcome: 'image-limit' };
    if (bytes + more > room.bytes) return { ...part, outcome: 'byte-limit' };
    images += drawn.length;
    bytes += more;
    return part;
  });
}

/** What all requests share: text that stays, images the caller gave. */
function fixedCost(messages: readonly Message[], judged: readonly Judged[]) {
  const { texts, images } = contentsOf(messages);
  const kept = judged.filter(({ outcome }) => typeof outcome === 'string');
  return {
    tokens: sum(kept.map(part => part.textTokens)),
    bytes: bytesOf(images) + sum(texts.map(text => text.length)),
  };
}

/** Each page with its share of what stands beside the document's pages: right for all of them together. */
function costsOf(judged: readonly Judged[], documents: readonly PagedDocument[]): PageCost[] {
  const priced = judged.filter(({ outcome }) => typeof outcome === 'object');
  return documents.flatMap(({ pages }, i) => {
    const own = sum(pages.map(page => page.tokens));
    const beside = ((priced[i]?.pagesTokens ?? own) - own) / Math.max(1, pages.length);
    return pages.map(({ number, tokens, image }) => ({
      number,
      tokens: tokens + beside,
      byteLength: image?.bytes.length ?? 0,
    }));
  });
}

/** Each page with all that would stand beside it alone: what any group of them comes to at most. */
function costsApart(documents: readonly PagedDocument[], job: Job): PageCost[] {
  return documents.flatMap(document =>
    document.pages.map(page => ({
      number: page.number,
      tokens: page.tokens + tokensBeside(document, [page], job),
      byteLength: page.image?.bytes.length ?? 0,
    })),
  );
}

function tooLarge(
  costs: readonly PageCost[],
  fixedTokens: number,
  room: Room,
  groups: number | undefined,
  isSplit: boolean,
): GlyphError {
  const known = [
    ...(room.tokens < Infinity ? [`${room.tokens} tokens`] : []),
    ...(room.images < Infinity ? [`${room.images} images`] : []),
    ...(room.bytes < Infinity ? [`${room.bytes} bytes of images`] : []),
  ];
  const tokens = fixedTokens + sum(costs.map(page => page.tokens));
  const parts = groups !== undefined && groups > 1 ? `${groups} requests` : 'several requests';
  const splitting = isSplit ? undefined : `allow splitting into ${parts}, or draw smaller type`;
  return new GlyphError({
    kind: 'tokens',
    operation: 'fit the document into a request',
    expected: `at most ${known.join(', ')}`,
    actual: `${tokens} tokens${costs.length === 0 ? '' : ` with ${costs.length} pages`}`,
    hint: splitting ?? 'raise the budget, or use a model with a larger context',
  });
}
