/** Lays out text with the package's own fonts, for tests. */
import { defaultConfig, parseConfig, type RenderConfig } from '../../src/config/index.ts';
import { layoutPages, type PageBox, type TextSource } from '../../src/layout/index.ts';
import { loadFont } from '../../src/node/load-font.ts';
import { openFonts } from '../../src/render/fonts.ts';

/** A config of the default with some keys changed. */
export const configWith = (patch: Readonly<Record<string, unknown>>): RenderConfig =>
  parseConfig(patch, defaultConfig);

export async function layoutAll(
  source: TextSource,
  config: RenderConfig = defaultConfig,
  title = '',
): Promise<PageBox[]> {
  const fonts = await openFonts(config, loadFont);
  const pages: PageBox[] = [];
  for await (const page of layoutPages(source, config, fonts, { title })) pages.push(page);
  return pages;
}

/** The source text each line shows, page by page. */
export const lineTexts = (pages: readonly PageBox[], text: string): string[][] =>
  pages.map(page => page.lines.map(line => text.slice(line.start, line.end)));
