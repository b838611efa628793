/** Draws laid-out pages in this thread: paint, then encode, in memory that both share. */
import { KernelMemory, RecentCache } from '../base/index.ts';
import { configHash, type RenderConfig } from '../config/index.ts';
import type { FontChain } from '../font/index.ts';
import type { PageBox } from '../layout/index.ts';
import { createPngEncoder, type PngEncoder } from '../png/index.ts';
import { type DrawablePage, Painter } from '../raster/index.ts';
import type { DrawnPage } from './page.ts';

/** `off` draws with the plain twins of the kernels, e.g. where a page's security policy forbids WebAssembly. */
export type WasmUse = 'auto' | 'off';

/** Turns laid-out pages into PNG, here or in other threads. */
export interface Drawer {
  /** May take the page's glyphs away: they are gone afterwards. */
  draw(page: PageBox): Promise<DrawnPage>;
  close(): Promise<void>;
}

/** Draws one page after another. Every font the pages name must be loaded in `fonts`. */
export class PageDrawer {
  readonly #config: RenderConfig;
  readonly #fonts: FontChain;
  readonly #wasm: WasmUse;
  #painter: Painter | undefined;
  #encoder: PngEncoder | undefined;

  constructor(config: RenderConfig, fonts: FontChain, wasm: WasmUse = 'auto') {
    this.#config = config;
    this.#fonts = fonts;
    this.#wasm = wasm;
  }

  drawNow(page: DrawablePage): DrawnPage {
    if (this.#painter === undefined || this.#encoder === undefined || this.#painter.isFull) {
      const memory = new KernelMemory({ wasm: this.#wasm });
      this.#painter = new Painter(memory, this.#config, this.#fonts);
      this.#encoder = createPngEncoder(memory);
    }
    const { bitmap, content, palette, inkBox } = this.#painter.paint(page);
    const bitDepth = content === 'index' ? 8 : this.#config.bitDepth;
    const png = this.#encoder.encode(bitmap, { bitDepth, content, palette });
    return { png, widthPx: bitmap.widthPx, heightPx: bitmap.heightPx, inkBox };
  }
}

/** Drawers kept for the next rendering with the same fonts and config: their glyph masks are ready. */
const drawers = new WeakMap<FontChain, RecentCache<string, PageDrawer>>();
const keptDrawers = 4;

/** The drawer of a config in this thread. Renderings may share it, since a page is painted and encoded in one go. */
export function keptDrawer(config: RenderConfig, fonts: FontChain, wasm: WasmUse = 'auto'): PageDrawer {
  const kept = drawers.get(fonts) ?? new RecentCache(keptDrawers);
  drawers.set(fonts, kept);
  return kept.get(`${wasm} ${configHash(config)}`, () => new PageDrawer(config, fonts, wasm));
}

/** A drawer that works in this thread. */
export function createLocalDrawer(config: RenderConfig, fonts: FontChain, wasm?: WasmUse): Drawer {
  const drawer = keptDrawer(config, fonts, wasm);
  return { draw: async page => drawer.drawNow(page), close: async () => {} };
}
