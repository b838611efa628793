/** How text is drawn for a reader: the type it was trained on, on its largest page. */
import { parseConfig, preset, type RenderConfig } from '../config/index.ts';
import { type ReaderLimits, readerFamily } from './reader-model.ts';

/** @param limits of the reader, of which a pixel is a point */
export const readerPageConfig = ({ maxPageWidthPx, maxPageHeightPx }: ReaderLimits): RenderConfig =>
  parseConfig({ pageSize: [maxPageWidthPx, maxPageHeightPx] }, preset(readerFamily));
