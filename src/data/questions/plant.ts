/** Puts sentences between those of a text, each at a place of its own. */
import type { Random } from '../../base/index.ts';
import { sentenceStarts } from '../clean-text.ts';
import type { Span } from '../draw.ts';

export interface Planted {
  readonly text: string;
  /** Where the sentences stand, in their order. */
  readonly spans: readonly Span[];
}

/** Undefined where the text has too few places. @param between what parts a sentence from the next, e.g. a space */
export function plant(
  text: string,
  sentences: readonly string[],
  random: Random,
  between = ' ',
): Planted | undefined {
  const starts = between === '\n' ? lineStarts(text) : [0, ...sentenceStarts(text)];
  if (starts.length < sentences.length) return undefined;
  const chosen = new Set<number>();
  while (chosen.size < sentences.length) chosen.add(random.pick(starts));
  let planted = '';
  let at = 0;
  const spans: Span[] = [];
  for (const [i, offset] of [...chosen].sort((a, b) => a - b).entries()) {
    planted += text.slice(at, offset);
    spans.push({ start: planted.length, end: planted.length + sentences[i]!.length });
    planted += sentences[i]! + between;
    at = offset;
  }
  return { text: planted + text.slice(at), spans };
}

const lineStarts = (text: string): number[] => [
  0,
  ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1),
];
