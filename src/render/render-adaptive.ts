/** A text drawn segment by segment, each kind of content with a config of its own: an adaptive preset. */
import { GlyphError } from '../base/index.ts';
import { parseConfig, type RenderConfig } from '../config/index.ts';
import { type ContentKind, contentKinds, contentSegments } from '../text/index.ts';
import type { RenderedPage } from './page.ts';
import { type RenderOptions, renderPages } from './render-pages.ts';

/** `prose` stands in for a kind without a config. */
export type AdaptiveConfig = Readonly<
  Partial<Record<ContentKind, RenderConfig>> & { readonly prose: RenderConfig }
>;

/** A page that also knows the kind of its segment; a page holds one kind. */
export interface AdaptivePage extends RenderedPage {
  readonly kind: ContentKind;
}

/**
 * Reads `{ "prose": …, "code": …, "table": …, "chinese": … }`, each a config; without `prose` the first stands in for it.
 * @throws GlyphError kind `config`
 */
export function parseAdaptive(input: unknown): AdaptiveConfig {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw notAdaptive(typeof input);
  const names = Object.keys(input);
  const wrong = names.find(name => !(contentKinds as readonly string[]).includes(name));
  if (wrong !== undefined || names.length === 0)
    throw notAdaptive(wrong === undefined ? 'none of them' : JSON.stringify(wrong));
  const configs = Object.fromEntries(
    Object.entries(input).map(([kind, config]) => [kind, parseConfig(config)]),
  );
  return { prose: configs[names[0]!]!, ...configs };
}

/** As `renderPages`; pages are numbered through, and spans are those of the whole text. */
export async function* renderAdaptive(
  text: string,
  configs: AdaptiveConfig,
  options: Omit<RenderOptions, 'only'>,
): AsyncGenerator<AdaptivePage> {
  const segments = contentSegments(text);
  let number = 0;
  for (const [i, { kind, start, end }] of segments.entries()) {
    for await (const page of renderPages(text.slice(start, end), configs[kind] ?? configs.prose, options)) {
      const shift = <T extends { readonly start: number; readonly end: number }>(span: T): T => ({
        ...span,
        start: span.start + start,
        end: span.end + start,
      });
      const isLast = page.isLast && i === segments.length - 1;
      yield { ...page, kind, number: ++number, isLast, span: shift(page.span), lines: page.lines.map(shift) };
    }
  }
}

const notAdaptive = (actual: string) =>
  new GlyphError({
    kind: 'config',
    operation: 'read an adaptive preset',
    expected: `configs under ${contentKinds.join(', ')}`,
    actual,
  });
