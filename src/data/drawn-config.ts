/** The config that pages of training data are drawn with, and its name, which is the same wherever its fonts lie. */
import { configHash, parseConfig, type RenderConfig } from '../config/index.ts';

/** Lines of a page are slices of clean text only where the renderer joins none itself. */
export const drawnConfig = (config: RenderConfig): RenderConfig => parseConfig({ reflow: 'off' }, config);

/** Without the folders of its font files. */
export const portableConfig = (config: RenderConfig): RenderConfig => ({
  ...config,
  fontPath: fileName(config.fontPath),
  fontFallback: config.fontFallback.map(fileName),
});

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

export const portableHash = (config: RenderConfig): string => configHash(portableConfig(config));
