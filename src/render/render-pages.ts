/** The line from text to PNG: `renderPages(text, config)`. */
import { inOrder, throwIfAborted } from '../base/index.ts';
import { defaultConfig, type RenderConfig } from '../config/index.ts';
import type { FontChain, LoadFont } from '../font/index.ts';
import { layoutPages, type PageBox, type Preceding, type TextSource } from '../layout/index.ts';
import { preparePng } from '../png/index.ts';
import { prepareRaster } from '../raster/index.ts';
import { createLocalDrawer, type Drawer, type WasmUse } from './drawer.ts';
import { openFonts } from './fonts.ts';
import { type RenderedPage, toRenderedPage } from './page.ts';
import { createPool } from './pool.ts';
import type { RenderWorker } from './worker-protocol.ts';

export type RenderEvent = {
  readonly type: 'page-rendered';
  readonly number: number;
  readonly byteLength: number;
  /** UTF-16 code units of the source up to the end of this page. */
  readonly sourceEnd: number;
};

export interface RenderOptions {
  readonly loadFont: LoadFont;
  /** Starts a worker; without it everything runs in this thread. */
  readonly spawnWorker?: () => RenderWorker;
  /** Threads that draw; 1 draws in this thread. Small texts are always drawn in this thread. */
  readonly jobs?: number;
  /** `off`: draw in this thread without WebAssembly; slower, the same bytes. */
  readonly wasm?: WasmUse;
  /** For `{title}` in the page header. */
  readonly title?: string;
  /** Of a text that is part of a document. */
  readonly preceding?: Preceding;
  /** Draws only the pages of these numbers; the others are laid out and left out of the result. */
  readonly only?: ReadonlySet<number>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RenderEvent) => void;
}

/** Below this many code units (about 20 pages) workers cost more than they save. */
const minLengthForWorkers = 150_000;

/** Pages under way for each worker: enough to keep it busy, few enough to bound memory. */
const pagesPerWorker = 4;

/** The fonts and the drawer of a job. */
export interface RenderSession {
  readonly fonts: FontChain;
  readonly drawer: Drawer;
  /** How many pages to have under way at once. */
  readonly depth: number;
}

export async function openSession(
  source: TextSource,
  config: RenderConfig,
  options: RenderOptions,
): Promise<RenderSession> {
  const { jobs = 1, spawnWorker } = options;
  const [fonts] = await Promise.all([openFonts(config, options.loadFont), prepareRaster(), preparePng()]);
  const isSmall = typeof source === 'string' && source.length < minLengthForWorkers;
  if (jobs < 2 || spawnWorker === undefined || isSmall || options.wasm === 'off') {
    return { fonts, drawer: createLocalDrawer(config, fonts, options.wasm), depth: 1 };
  }
  return { fonts, drawer: createPool(config, fonts, jobs, spawnWorker), depth: jobs * pagesPerWorker };
}

/**
 * Renders a text, page by page and in order, in bounded memory whatever its length.
 * @param source the text, whole or as a stream of pieces; offsets in the pages count its UTF-16 code units
 * @throws GlyphError kind `font` for a font that is missing or damaged, `aborted` when the signal fires
 */
export async function* renderPages(
  source: TextSource,
  config: RenderConfig | undefined,
  options: RenderOptions,
): AsyncGenerator<RenderedPage> {
  const settled = config ?? defaultConfig;
  const { fonts, drawer, depth } = await openSession(source, settled, options);
  const { title, preceding, signal, onEvent } = options;
  const layoutOptions = {
    ...(title === undefined ? {} : { title }),
    ...(preceding === undefined ? {} : { preceding }),
    ...(signal === undefined ? {} : { signal }),
  };
  const laidOut = layoutPages(source, settled, fonts, layoutOptions);
  const boxes = options.only === undefined ? laidOut : chosen(laidOut, options.only);
  const draw = async (box: PageBox) => {
    throwIfAborted(signal, 'render pages');
    return toRenderedPage(box, await drawer.draw(box));
  };
  try {
    for await (const page of inOrder(boxes, depth, draw)) {
      const { number, png, span } = page;
      onEvent?.({ type: 'page-rendered', number, byteLength: png.length, sourceEnd: span.end });
      yield page;
    }
  } finally {
    await drawer.close();
  }
}

/** Stops at the last page wanted: what follows need not be laid out. */
async function* chosen(boxes: AsyncIterable<PageBox>, numbers: ReadonlySet<number>): AsyncGenerator<PageBox> {
  if (numbers.size === 0) return;
  const last = Math.max(...numbers);
  for await (const box of boxes) {
    if (numbers.has(box.number)) yield box;
    if (box.number >= last) return;
  }
}
