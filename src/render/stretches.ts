/**
 * A document as stretches that are drawn with one config each: with an adaptive preset one for each segment of a kind of
 * content, else the document as it is. No page holds of two stretches.
 */
import type { RenderConfig } from '../config/index.ts';
import { countLineEnds, type Preceding, type TextSource } from '../layout/index.ts';
import { type ContentKind, contentSegments } from '../text/index.ts';
import { type AdaptiveConfig, type DocumentConfig, isAdaptive } from './adaptive-config.ts';

export interface Stretch {
  readonly text: TextSource;
  readonly config: RenderConfig;
  /** Only with an adaptive preset. */
  readonly kind?: ContentKind;
  readonly isLast: boolean;
  readonly preceding: Omit<Preceding, 'pages'>;
}

export async function* stretchesOf(source: TextSource, config: DocumentConfig): AsyncGenerator<Stretch> {
  if (isAdaptive(config)) yield* adaptiveStretches(source, config);
  else yield { text: source, config, isLast: true, preceding: { characters: 0, lines: 0 } };
}

/** Holds the whole text in memory: whether a short segment stands alone depends on all its neighbours. */
export async function* adaptiveStretches(source: TextSource, configs: AdaptiveConfig) {
  const text = await wholeText(source);
  let lines = 0;
  for (const { kind, start, end } of contentSegments(text)) {
    yield {
      text: text.slice(start, end),
      config: configs[kind] ?? configs.prose,
      kind,
      isLast: end === text.length,
      preceding: { characters: start, lines },
    } satisfies Stretch;
    lines += countLineEnds(text, start, end);
  }
}

async function wholeText(source: TextSource): Promise<string> {
  if (typeof source === 'string') return source;
  const pieces: string[] = [];
  for await (const piece of source) pieces.push(piece);
  return pieces.join('');
}
