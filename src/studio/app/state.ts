/** What all views share: the document, its pages, the config and the model that reads them. */
import { batch, computed, effect, signal } from '@preact/signals';
import { configHash, defaultConfig, type RenderConfig } from '../../config/index.ts';
import type { About, Failure } from '../api.ts';
import { describeFailure } from '../describe-failure.ts';
import { say } from './text/words.ts';
import { startWorker } from './work/client.ts';
import type { DocumentFacts, StudioPage } from './work/protocol.ts';
import { api, ServerError } from './work/server.ts';
import { stored } from './work/stored.ts';

export const viewNames = ['try', 'ask', 'runs', 'traffic'] as const;
export type ViewName = (typeof viewNames)[number];

export const view = signal<ViewName>(viewOf(location.hash));
addEventListener('hashchange', () => {
  view.value = viewOf(location.hash);
});

function viewOf(hash: string): ViewName {
  return viewNames.find(name => `#${name}` === hash) ?? 'try';
}

export const theme = stored('theme', ['auto', 'light', 'dark'] as const, 'auto');
export const about = signal<About | undefined>(undefined);
/** The token the server wants was not given yet. */
export const isLocked = signal(false);

export interface StudioDocument {
  /** Another one for another text. */
  readonly number: number;
  readonly name: string;
  readonly text: string;
  /** What the sample may be asked. */
  readonly questions: readonly string[];
}

export const studioDocument = signal<StudioDocument>({ number: 1, name: '', text: '', questions: [] });
/** What went wrong with the last one. */
export const documentFailure = signal<Failure | undefined>(undefined);
/** The name of one that is being read. */
export const documentReading = signal('');

/** UTF-16 code units: a few thousand pages. */
export const mostCharacters = 20_000_000;

let documentCount = 1;

export function openText(name: string, text: string, questions: readonly string[] = []): void {
  if (text.length > mostCharacters) {
    documentFailure.value = { message: say.value.document.tooLarge(mostCharacters.toLocaleString()) };
    return;
  }
  if (text.trim() === '') {
    documentFailure.value = { message: say.value.document.empty };
    return;
  }
  batch(() => {
    documentFailure.value = undefined;
    facts.value = undefined;
    spot.value = undefined;
    studioDocument.value = { number: ++documentCount, name, text, questions };
  });
}

export async function openFile(file: File): Promise<void> {
  documentReading.value = file.name;
  try {
    const { name, text } = await api.textOf(file);
    openText(name, text);
  } catch (error) {
    documentFailure.value = describeFailure(error);
  } finally {
    documentReading.value = '';
  }
}

export async function openSample(): Promise<void> {
  const { name, text, questions } = await api.sample();
  openText(name, text, questions);
}

/** @returns whether the server let us in */
export async function enter(): Promise<boolean> {
  try {
    about.value = await api.about();
    isLocked.value = false;
    if (studioDocument.value.text === '') await openSample();
    return true;
  } catch (error) {
    if (!(error instanceof ServerError) || error.status !== 401) throw error;
    isLocked.value = true;
    return false;
  }
}

export const config = signal<RenderConfig>(defaultConfig);
/** The token table's name of the model whose tokens are shown. */
export const model = signal('glm-4.1v');

/** A page with the address of its picture. */
export interface ShownPage extends Omit<StudioPage, 'png'> {
  readonly blob: Blob;
  readonly url: string;
  /** The config it was drawn with: places of lines follow from it. */
  readonly config: RenderConfig;
}

type DrawingState =
  | { readonly state: 'drawing' | 'drawn' }
  | { readonly state: 'failed'; readonly failure: Failure };

export const pages = signal<readonly ShownPage[]>([]);
export const drawing = signal<DrawingState>({ state: 'drawing' });
/** Milliseconds that a page took in the last whole drawing, the median. */
export const pageMs = signal<number | undefined>(undefined);
export const facts = signal<DocumentFacts | undefined>(undefined);

/** The line pointed at, on a page or in its text. */
export interface Spot {
  readonly page: number;
  /** Index into the page's lines. */
  readonly line: number;
  readonly from: 'page' | 'source';
}
export const spot = signal<Spot | undefined>(undefined);
/** The page most in view. */
export const viewedPage = signal(1);

export const drawer = startWorker();
/** For what may take longer than a slider can wait. */
export const helper = startWorker();

const drawnConfig = computed(() => configHash(config.value));

effect(() => {
  const { number, name, text } = studioDocument.value;
  void drawnConfig.value;
  const order = { document: number, title: name, config: config.peek() };
  if (text === '') return;
  drawPages(order, text);
});

effect(() => {
  const { number, text } = studioDocument.value;
  if (text === '') return;
  void helper.facts(number, text).then(found => {
    if (studioDocument.peek().number === number) facts.value = found;
  });
});

/** Pages take the place of those before one by one, all that came since the last frame at once. */
function drawPages(order: { document: number; title: string; config: RenderConfig }, text: string): void {
  const arrived: ShownPage[] = [];
  let total: number | undefined;
  let isWaiting = false;
  drawing.value = { state: 'drawing' };
  const show = () => {
    isWaiting = false;
    const before = pages.peek();
    const next = [...before];
    for (const page of arrived.splice(0)) {
      const old = next[page.number - 1];
      if (old !== undefined) retire(old);
      next[page.number - 1] = page;
    }
    if (total !== undefined) for (const old of next.splice(total)) retire(old);
    pages.value = next;
  };
  const schedule = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(show);
  };
  drawer.draw(order, text, {
    onPage({ png, ...page }) {
      const blob = new Blob([png], { type: 'image/png' });
      arrived.push({ ...page, blob, url: URL.createObjectURL(blob), config: order.config });
      schedule();
    },
    onDrawn(count, ms) {
      total = count;
      pageMs.value = ms;
      drawing.value = { state: 'drawn' };
      schedule();
    },
    onFailed(failure) {
      drawing.value = { state: 'failed', failure };
    },
  });
}

/** Its picture may still be on the screen until the next one is decoded. */
function retire({ url }: ShownPage): void {
  setTimeout(() => URL.revokeObjectURL(url), 2000);
}
