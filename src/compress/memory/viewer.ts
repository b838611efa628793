/** What `toMessages` gives: the pages and turns that a budget has room for, and what they cost. */
import { GlyphError } from '../../base/index.ts';
import type { RenderConfig } from '../../config/index.ts';
import type { Message, Part } from '../../model/index.ts';
import { type Basis, modelLimits } from '../../tokens/index.ts';
import { sum } from '../accounting.ts';
import { roomOf } from '../limits.ts';
import type { Meter } from '../meter.ts';
import { fitBudget, type LeftOut } from './fit-budget.ts';
import { type PageFace, pageFaces } from './page-faces.ts';
import type { PageShelf } from './page-shelf.ts';
import type { MemoryOptions, MemorySettings } from './settings.ts';
import { fullPage } from './tiers.ts';
import type { Transcript } from './transcript.ts';
import { introductionOf, restText, textParts, viewOf } from './view.ts';

export interface MemoryView {
  readonly messages: readonly Message[];
  readonly accounting: MemoryAccounting;
}

export interface MemoryAccounting {
  readonly budgetTokens: number;
  /** Of the messages, text and images; without the few tokens of a vendor's chat frame. */
  readonly totalTokens: number;
  /** Of the images, with marker tokens. */
  readonly visionTokens: number;
  /** What all turns would cost as text, also those no longer shown. */
  readonly historyTokens: number;
  /** Page images shown in each tier, sharpest first. */
  readonly imagesByTier: readonly number[];
  /** Pages shown as text, since their images would cost no less. */
  readonly pagesAsText: number;
  readonly pagesLeftOut: number;
  readonly turns: {
    /** On pages at least in part, or in the text after the last one. */
    readonly onPages: number;
    readonly asMessages: number;
    readonly leftOut: number;
  };
  /** The text tokenizer's name, e.g. "o200k_base". */
  readonly tokenizer: string;
  /** How the image counts are known. */
  readonly basis: Basis;
}

export interface ViewerParts {
  readonly options: MemoryOptions;
  readonly settings: MemorySettings;
  readonly model: string;
  readonly config: RenderConfig;
  readonly meter: Meter;
  readonly transcript: Transcript;
  readonly shelf: PageShelf;
}

/** Of a sharp page's tokens: what exact strings beside a page may cost unless told. */
const exactShare = 0.25;

/** By how much the text may outgrow one page before that page is finished. */
const pageSlack = 1.5;

export type Viewer = (turns: readonly Message[], budgetTokens: number) => Promise<MemoryView>;

export function createViewer(parts: ViewerParts): Viewer {
  const { options, settings, model, config, meter, transcript, shelf } = parts;
  const abilities = typeof options.model === 'string' ? undefined : options.model.abilities;
  const partOrder = abilities?.partOrder ?? 'as-given';
  const imagesPerRequest = abilities?.imagesPerRequest;
  const room = roomOf(modelLimits(model), { answerTokens: 0, maxTokens: undefined, imagesPerRequest });
  const faceOf = pageFaces({
    ...{ shelf, transcript, config, meter, loadFont: options.loadFont },
    labels: partOrder === 'as-given' ? 'text' : 'none',
    exactTokens: settings.exactTokens ?? Math.floor(meter.countImage(fullPage(config)) * exactShare),
  });

  return async (turns, budgetTokens) => {
    checkBudget(budgetTokens);
    const { pages } = shelf;
    const faces = await newestFaces(pages.length, budgetTokens, faceOf);
    const text = textAfter(pages.at(-1)?.end ?? 0, transcript, meter);
    const turnsBefore = (out: LeftOut) =>
      transcript.turnAt(pages[out.pages]?.start ?? text.pieces[out.texts]?.start ?? transcript.length);
    const introduction = (out: LeftOut) => introductionOf(pages.length - out.pages, turnsBefore(out));
    const newestTextTokens = faces.get(pages.length - 1)?.textTokens ?? 0;
    const leftOut = fitBudget({
      budgetTokens,
      room,
      pages: pages.map((_, i) => faces.get(i)),
      texts: text.pieces.map(piece => piece.tokens),
      introductionTokens: out => meter.countText(introduction(out)),
      expectedTextTokens: settings.recentTokens + pageSlack * newestTextTokens,
      batchPages: settings.batchPages,
    });

    const shown = [...faces].filter(([i]) => i >= leftOut.pages).sort(([a], [b]) => a - b);
    const firstMessage = text.firstTurn(leftOut.texts);
    const messages = viewOf({
      introduction: introduction(leftOut),
      pages: await pagePartsOf(shown, shelf),
      rest: leftOut.texts === 0 ? text.rest : '',
      turns: turns.slice(firstMessage),
      partOrder,
    });
    const textTokens =
      meter.countText(introduction(leftOut)) +
      sum(text.pieces.slice(leftOut.texts).map(piece => piece.tokens));
    const turnsLeftOut = turnsBefore(leftOut);
    const asMessages = turns.length - firstMessage;
    return {
      messages,
      accounting: {
        budgetTokens,
        totalTokens: textTokens + sum(shown.map(([, face]) => face.tokens)),
        visionTokens: sum(shown.map(([, face]) => face.imageTokens)),
        historyTokens: sum(transcript.groups.map(group => group.tokens)),
        ...countPages(shown, shelf, settings.tiers.length),
        pagesLeftOut: leftOut.pages,
        turns: { onPages: firstMessage - turnsLeftOut, asMessages, leftOut: turnsLeftOut },
        tokenizer: meter.tokenizer,
        basis: meter.basis,
      },
    };
  };
}

/** Pages with their numbers, from 0. */
type ShownPages = readonly (readonly [number, PageFace])[];

function countPages(shown: ShownPages, shelf: PageShelf, tiers: number) {
  const imagesByTier = new Array<number>(tiers).fill(0);
  for (const [i, { as }] of shown) if (as === 'image') imagesByTier[shelf.pages[i]!.tier]!++;
  return { imagesByTier, pagesAsText: shown.length - sum(imagesByTier) };
}

async function pagePartsOf(shown: ShownPages, shelf: PageShelf): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const [i, { as, before, exactText }] of shown) {
    parts.push(...textParts(before));
    if (as === 'text') continue;
    const { widthPx, heightPx } = shelf.pages[i]!;
    const bytes = await shelf.bytesOf(i);
    parts.push({ type: 'image', bytes, mediaType: 'image/png', widthPx, heightPx }, ...textParts(exactText));
  }
  return parts;
}

function checkBudget(tokens: number): void {
  if (Number.isInteger(tokens) && tokens >= 1) return;
  throw new GlyphError({
    kind: 'config',
    operation: 'read the budget of a memory',
    expected: 'a whole number of tokens from 1',
    actual: String(tokens),
  });
}

/** The faces of the newest pages, by number: as many as could ever fit, and one. */
async function newestFaces(
  pages: number,
  budgetTokens: number,
  faceOf: (i: number) => Promise<PageFace>,
): Promise<ReadonlyMap<number, PageFace>> {
  const faces = new Map<number, PageFace>();
  let tokens = 0;
  for (let i = pages - 1; i >= 0 && tokens <= budgetTokens; i--) {
    const face = await faceOf(i);
    faces.set(i, face);
    tokens += face.tokens;
  }
  return faces;
}

/** What follows the last page: the rest of the group that the page ends in as text, then groups of turns. */
function textAfter(end: number, transcript: Transcript, meter: Meter) {
  const groups = transcript.groups.slice(transcript.groupFrom(end));
  const rest = transcript.slice(end, groups[0]?.start ?? transcript.length);
  const restPieces = rest === '' ? [] : [{ start: end, tokens: meter.countText(restText(rest)) }];
  const pieces: readonly { readonly start: number; readonly tokens: number }[] = [...restPieces, ...groups];
  return {
    rest,
    pieces,
    /** The first turn that is a message when so many pieces are left out. */
    firstTurn(leftOut: number): number {
      const group = groups[Math.max(0, leftOut - restPieces.length)];
      return group?.firstTurn ?? transcript.groups.at(-1)?.endTurn ?? 0;
    },
  };
}
