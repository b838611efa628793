export type { Drawer } from './drawer.ts';
export { openFonts } from './fonts.ts';
export type { DrawnPage, RenderedPage } from './page.ts';
export { type AdaptiveConfig, type AdaptivePage, parseAdaptive, renderAdaptive } from './render-adaptive.ts';
export {
  openSession,
  type RenderEvent,
  type RenderOptions,
  type RenderSession,
  renderPages,
} from './render-pages.ts';
export { createWorkerHandler, type FromWorker, type RenderWorker, type ToWorker } from './worker-protocol.ts';
