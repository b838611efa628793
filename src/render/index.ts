export {
  type AdaptiveConfig,
  configsOf,
  type DocumentConfig,
  documentHash,
  isAdaptive,
  isAdaptiveInput,
  mapConfigs,
  parseAdaptive,
  readAdaptive,
} from './adaptive-config.ts';
export type { Drawer } from './drawer.ts';
export { openFonts } from './fonts.ts';
export type { DrawnPage, RenderedPage } from './page.ts';
export { type AdaptivePage, renderAdaptive } from './render-adaptive.ts';
export {
  openSession,
  type RenderEvent,
  type RenderOptions,
  type RenderSession,
  renderPages,
} from './render-pages.ts';
export { type Stretch, stretchesOf } from './stretches.ts';
export { createWorkerHandler, type FromWorker, type RenderWorker, type ToWorker } from './worker-protocol.ts';
