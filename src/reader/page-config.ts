/** How text is drawn for a reader: the type it was trained on, on its largest page. */
import { parseConfig, preset, type RenderConfig } from '../config/index.ts';
import type { LargestPage } from './page.ts';
import { readerFamily } from './reader-model.ts';

/** A point is a pixel. */
export const readerPageConfig = ({ maxPageWidthPx, maxPageHeightPx }: LargestPage): RenderConfig =>
  parseConfig({ pageSize: [maxPageWidthPx, maxPageHeightPx] }, preset(readerFamily));
