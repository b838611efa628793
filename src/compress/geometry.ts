/**
 * The page a model wants. A family with a preset gets it; any other gets the default page moved to the nearest size
 * that the family's own table takes without resampling and for no more tokens.
 */
import {
  defaultConfig,
  pageSizePx,
  parseConfig,
  preset,
  presetOfFamily,
  type RenderConfig,
} from '../config/index.ts';
import { snapPage, visionTokens } from '../tokens/index.ts';

/** A size every model takes, to ask which family a model is of. */
const anySize = { widthPx: 448, heightPx: 448 };

/** The id of the model's family. @throws GlyphError kind `tokens` for a model the table does not know */
export function familyOf(model: string): string {
  return visionTokens(model, anySize.widthPx, anySize.heightPx).family;
}

/**
 * The config to draw pages with for `model`: the caller's own where given, else by the model's family.
 * @throws GlyphError kind `tokens` for a model the table does not know
 */
export function pageConfigFor(model: string, config?: RenderConfig): RenderConfig {
  const family = familyOf(model);
  if (config !== undefined) return config;
  const name = presetOfFamily(family);
  if (name !== undefined) return preset(name);
  const pxPerPt = defaultConfig.dpi / 72;
  const { widthPx, heightPx } = snapPage(model, ...pageSizePx(defaultConfig));
  return parseConfig({
    pageSize: [widthPx / pxPerPt, heightPx / pxPerPt],
    framePadding: 0,
    autoCropWidth: false,
    autoCropLastPage: false,
  });
}
