/**
 * What the rendering thread and its workers say to each other, and the worker's side of it. A worker opens the same
 * font chain, so glyph keys mean the same on both sides; pages travel as typed arrays and come back as PNG bytes.
 */
import { GlyphError, type GlyphErrorDetails } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import type { FontChain, LoadFont } from '../font/index.ts';
import type { DrawablePage } from '../raster/index.ts';
import { keptDrawer, type PageDrawer } from './drawer.ts';
import { openFonts } from './fonts.ts';
import type { DrawnPage } from './page.ts';

export type ToWorker =
  | { readonly type: 'start'; readonly config: RenderConfig }
  | ({
      readonly type: 'draw';
      readonly number: number;
      readonly fontIndexes: readonly number[];
    } & DrawablePage);

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly number: number; readonly drawn: DrawnPage }
  | { readonly type: 'failed'; readonly number: number | undefined; readonly error: GlyphErrorDetails };

/** A worker as its owner sees it; a thread in Node, a Web Worker in a browser. */
export interface RenderWorker {
  post(message: ToWorker, transfer: ArrayBuffer[]): void;
  /** Takes it into use: sets who hears its answers and failures. */
  listen(onMessage: (message: FromWorker) => void, onError: (error: unknown) => void): void;
  /** Nobody uses it at the moment: it must not keep the process alive. */
  rest(): void;
  close(): Promise<void>;
}

/** The worker's side: answers messages by `reply`. A `start` may follow another: workers go on to the next rendering. */
export function createWorkerHandler(
  loadFont: LoadFont,
  reply: (message: FromWorker, transfer: ArrayBuffer[]) => void,
): (message: ToWorker) => Promise<void> {
  let opened: { readonly fonts: FontChain; readonly drawer: PageDrawer } | undefined;
  return async message => {
    const number = message.type === 'draw' ? message.number : undefined;
    try {
      if (message.type === 'start') {
        const fonts = await openFonts(message.config, loadFont);
        opened = { fonts, drawer: keptDrawer(message.config, fonts) };
        reply({ type: 'ready' }, []);
        return;
      }
      if (opened === undefined) throw new Error('draw before start');
      for (const index of message.fontIndexes) await opened.fonts.loadFace(index);
      const drawn = opened.drawer.drawNow(message);
      reply({ type: 'drawn', number: message.number, drawn }, [drawn.png.buffer as ArrayBuffer]);
    } catch (error) {
      reply({ type: 'failed', number, error: errorDetails(error) }, []);
    }
  };
}

/** An error as plain data: class instances do not survive the way between threads. */
function errorDetails(error: unknown): GlyphErrorDetails {
  if (error instanceof GlyphError) {
    const { kind, operation, expected, actual, hint } = error;
    return { kind, operation, expected, actual, ...(hint === undefined ? {} : { hint }) };
  }
  const actual = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'internal', operation: 'draw a page in a worker', expected: 'no failure', actual };
}
