/** One request: the conversation with chosen pages in place of their text, the relevant ones sharpened. */
import type { ImagePart, Message, Part, TextPart } from '../model/index.ts';
import { addExact, type ExactCount, noExact, type RequestAccount, sum } from './accounting.ts';
import { callText } from './candidates.ts';
import { buildSidecar } from './exact/index.ts';
import { introduction, pageLabel, textPage } from './labels.ts';
import { imageBytes } from './limits.ts';
import type { Meter } from './meter.ts';
import { type DensePage, type PagedDocument, sidecarPages, spansOn, wholeText } from './paged-document.ts';
import { type SharpPage, type ZoomOptions, type ZoomPage, zoomPages } from './zoom.ts';

export interface CompressedRequest {
  readonly messages: readonly Message[];
  /** Numbers of the pages it holds. */
  readonly pages: readonly number[];
  /** The images of those that are shown as one, by number. */
  readonly images: ReadonlyMap<number, ImagePart>;
  readonly account: RequestAccount;
}

export interface BuildOptions {
  readonly meter: Meter;
  readonly labels: 'text' | 'none';
  readonly partOrder: 'as-given' | 'images-first';
  readonly question: string | undefined;
  readonly zoom: ZoomOptions | 'off';
  /** Tokens that zoom may add. */
  readonly zoomTokens: number;
  readonly exactTokens: number | undefined;
  readonly maxSidePx: number;
  /** Bytes that sharper images may add. */
  readonly maxExtraBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** `documents` are those that became pages; of them only the pages in `numbers` are in this request. */
export async function buildRequest(
  messages: readonly Message[],
  documents: readonly PagedDocument[],
  numbers: readonly number[],
  options: BuildOptions,
): Promise<CompressedRequest> {
  const here = new Set(numbers);
  const sharp = new Map((await sharpen(documents, here, options)).map(page => [page.number, page] as const));
  let exact = noExact;
  const images = new Map<number, ImagePart>();
  const replacements = new Map<string, Part[]>();
  for (const document of documents) {
    const pages = document.pages.filter(page => here.has(page.number));
    const built = layOut(document, pages, sharp, options, exact);
    for (const [number, image] of built.images) images.set(number, image);
    exact = addExact(exact, built.exact);
    const { message, part, inner } = document.place;
    replacements.set(`${message} ${part} ${inner ?? ''}`, built.parts);
  }
  const rewritten = messages.map((message, m) => rewrite(message, m, replacements, options.partOrder));
  return {
    messages: rewritten,
    pages: numbers,
    images,
    account: accountOf(rewritten, exact, sharp, options.meter),
  };
}

function sharpen(
  documents: readonly PagedDocument[],
  here: ReadonlySet<number>,
  options: BuildOptions,
): Promise<SharpPage[]> {
  const { question, zoom, zoomTokens, ...request } = options;
  if (zoom === 'off' || question === undefined) return Promise.resolve([]);
  const pages = documents.flatMap(document =>
    document.pages.flatMap((page): ZoomPage[] => {
      const { number, sourceNumber, image, tokens } = page;
      if (!here.has(number) || image === undefined) return [];
      const { widthPx, heightPx } = image;
      const dense = { tokens, widthPx, heightPx };
      const { source } = document;
      const text = wholeText(document, page);
      return [{ number, source, sourceNumber, text, dense }];
    }),
  );
  return zoomPages(pages, zoom, { ...request, question, budgetTokens: zoomTokens });
}

interface LaidOut {
  readonly parts: Part[];
  readonly images: readonly (readonly [number: number, image: ImagePart])[];
  readonly exact: ExactCount;
}

function layOut(
  document: PagedDocument,
  pages: readonly DensePage[],
  sharp: ReadonlyMap<number, SharpPage>,
  { labels, meter, question, exactTokens }: BuildOptions,
  spent: ExactCount,
): LaidOut {
  const [first] = pages;
  if (first === undefined) return { parts: [], images: [], exact: noExact };
  const parts: Part[] = [];
  const images: [number, ImagePart][] = [];
  if (labels === 'text') parts.push(introduction(document.name, first.number, pages.at(-1)!.number));
  const shownAsText: DensePage[] = [];
  for (const page of pages) {
    const sharpened = sharp.get(page.number);
    const isText = sharpened?.as === 'text' || page.image === undefined;
    const image = sharpened?.image ?? page.image;
    if (image !== undefined && (!isText || document.source.shows === 'more-than-text')) {
      if (labels === 'text') parts.push(pageLabel(page.number));
      const { bytes, mediaType, widthPx, heightPx } = image;
      const part: ImagePart = { type: 'image', bytes, mediaType, widthPx, heightPx };
      images.push([page.number, part]);
      parts.push(part);
    }
    if (!isText) continue;
    shownAsText.push(page);
    parts.push(textPage(page.number, wholeText(document, page)));
  }
  const inText = countWithin(document, shownAsText);
  const found = countWithin(document, pages);
  const sidecar = buildSidecar({
    text: document.source.text,
    pages: sidecarPages(pages.filter(page => !shownAsText.includes(page))),
    spans: spansOn(document, pages),
    countTokens: meter.countText,
    question,
    maxTokens: exactTokens === undefined ? undefined : Math.max(0, exactTokens - spent.tokens),
  });
  if (sidecar.text !== '') parts.push({ type: 'text', text: sidecar.text });
  const { leftOut, tokens } = sidecar;
  return { parts, images, exact: { found, carried: inText + sidecar.carried.length, leftOut, tokens } };
}

/** Exact strings that begin on these pages, which may be any of the document's. */
const countWithin = (document: PagedDocument, pages: readonly DensePage[]): number =>
  sum(pages.map(page => spansOn(document, [page]).length));

function rewrite(
  message: Message,
  m: number,
  replacements: ReadonlyMap<string, readonly Part[]>,
  partOrder: BuildOptions['partOrder'],
): Message {
  let isChanged = false;
  const parts = message.parts.flatMap((part, p): readonly Part[] => {
    if (part.type === 'tool-result') {
      const inner = part.parts.flatMap((each, i) => replacements.get(`${m} ${p} ${i}`) ?? [each]);
      if (inner.every((each, i) => each === part.parts[i])) return [part];
      isChanged = true;
      return [{ ...part, parts: inner as (TextPart | ImagePart)[] }];
    }
    const replaced = replacements.get(`${m} ${p} `);
    isChanged ||= replaced !== undefined;
    return replaced ?? [part];
  });
  if (!isChanged) return message;
  if (partOrder === 'as-given') return { ...message, parts };
  const isImage = (part: Part) => part.type === 'image';
  return { ...message, parts: [...parts.filter(isImage), ...parts.filter(part => !isImage(part))] };
}

function accountOf(
  messages: readonly Message[],
  exact: ExactCount,
  sharp: ReadonlyMap<number, SharpPage>,
  meter: Meter,
): RequestAccount {
  const { texts, images } = contentsOf(messages);
  const sharpened = [...sharp.values()]
    .sort((a, b) => a.number - b.number)
    .map(({ number: page, as, dpi, extraTokens }) =>
      dpi === undefined ? { page, as, extraTokens } : { page, as, dpi, extraTokens },
    );
  return {
    textTokens: sum(texts.map(text => meter.countText(text))),
    visionTokens: visionTokensOf(images, meter),
    images: images.length,
    imageBytes: sum(images.map(({ bytes }) => bytes.length)),
    exact,
    zoom: { sharpened, tokens: sum(sharpened.map(page => page.extraTokens)) },
  };
}

/** All texts and images a model would be billed for. */
export function contentsOf(messages: readonly Message[]): { texts: string[]; images: ImagePart[] } {
  const texts: string[] = [];
  const images: ImagePart[] = [];
  const add = (part: Part): void => {
    if (part.type === 'text' || part.type === 'reasoning') texts.push(part.text);
    else if (part.type === 'image') images.push(part);
    else if (part.type === 'tool-call') texts.push(callText(part.name, part.arguments));
    else part.parts.forEach(add);
  };
  for (const message of messages) message.parts.forEach(add);
  return { texts, images };
}

/** Tokens of images with their markers; one whose size nobody told counts nothing. */
export const visionTokensOf = (images: readonly ImagePart[], meter: Meter): number =>
  sum(
    images.map(({ widthPx, heightPx }) =>
      widthPx === undefined || heightPx === undefined ? 0 : meter.countImage({ widthPx, heightPx }),
    ),
  );

/** Bytes all images of a conversation take in a request. */
export const bytesOf = (images: readonly ImagePart[]): number =>
  sum(images.map(({ bytes }) => imageBytes(bytes.length)));
