/** A text drawn segment by segment, each kind of content with a config of its own. */
import type { TextSource } from '../layout/index.ts';
import type { ContentKind } from '../text/index.ts';
import type { AdaptiveConfig } from './adaptive-config.ts';
import type { RenderedPage } from './page.ts';
import { type RenderOptions, renderPages } from './render-pages.ts';
import { adaptiveStretches } from './stretches.ts';

/** A page that also knows the kind of its segment; a page holds one kind. */
export interface AdaptivePage extends RenderedPage {
  readonly kind: ContentKind;
}

/** As `renderPages`; pages are numbered through, and spans are those of the whole text. */
export async function* renderAdaptive(
  source: TextSource,
  configs: AdaptiveConfig,
  options: Omit<RenderOptions, 'only' | 'preceding'>,
): AsyncGenerator<AdaptivePage> {
  let pages = 0;
  for await (const { text, config, kind, isLast, preceding } of adaptiveStretches(source, configs)) {
    const drawing = { ...options, preceding: { ...preceding, pages } };
    for await (const page of renderPages(text, config, drawing)) {
      pages++;
      yield { ...page, kind, isLast: page.isLast && isLast };
    }
  }
}
