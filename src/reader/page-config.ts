/** How text is drawn for a reader: the type it was trained on, on its largest page. */
import { parseConfig, preset, type RenderConfig, spaceOfFamily } from '../config/index.ts';
import type { LargestPage } from './page.ts';
import { readerFamily } from './reader-model.ts';

/** A point is a pixel, before type is narrowed. */
export function readerPageConfig({ maxPageWidthPx, maxPageHeightPx }: LargestPage): RenderConfig {
  const own = preset(readerFamily);
  const width = Math.ceil(maxPageWidthPx / own.horizontalScale);
  return parseConfig({ pageSize: [width, maxPageHeightPx] }, own);
}

/** The first key in which a page's config is of another kind than readers are trained on; undefined where there is none. */
export function strangeKey(
  config: Readonly<Record<string, unknown>>,
): { readonly key: string; readonly wanted: unknown } | undefined {
  for (const [key, wanted] of Object.entries(spaceOfFamily(readerFamily).fixed ?? {})) {
    // Data for training has its lines as they are in the text.
    if (key !== 'reflow' && JSON.stringify(config[key]) !== JSON.stringify(wanted)) return { key, wanted };
  }
  return undefined;
}
