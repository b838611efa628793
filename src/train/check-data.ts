/** Whether a data set is one that a reader can learn a stage from: of that stage, its pages drawn in the reader's type. */
import { GlyphError } from '../base/index.ts';
import type { Stage } from '../data/index.ts';
import { largestPage, type ReaderConfig, readerPageConfig } from '../reader/index.ts';
import type { TrainingData } from './data-set.ts';

/** @throws GlyphError kind `input` */
export function checkData({ stage: built, pages }: TrainingData, stage: Stage, config: ReaderConfig): void {
  const hint = `build it with \`glyph data ${stage} --model embedded --preset embedded\``;
  if (built !== stage) throw unsuitable(`data of the stage ${stage}`, built, hint);
  if (pages === 'mixture') throw unsuitable('pages in the type of the reader', 'a mixture of types', hint);
  const largest = largestPage(config);
  const { maxPageWidthPx, maxPageHeightPx } = largest;
  const wanted: Readonly<Record<string, unknown>> = { ...readerPageConfig(largest) };
  for (const [key, value] of Object.entries(pages)) {
    // Smaller pages do; the builder itself turns reflow off.
    const isFree = key === 'pageSize' || key === 'reflow' || !Object.hasOwn(wanted, key);
    if (isFree || JSON.stringify(value) === JSON.stringify(wanted[key])) continue;
    throw unsuitable(`pages with ${key} ${JSON.stringify(wanted[key])}`, JSON.stringify(value), hint);
  }
  const [widthPx, heightPx] = Array.isArray(pages['pageSize']) ? pages['pageSize'] : [];
  if (widthPx <= maxPageWidthPx && heightPx <= maxPageHeightPx) return;
  const most = `${maxPageWidthPx} x ${maxPageHeightPx} px`;
  const size = `--page-size ${maxPageWidthPx},${maxPageHeightPx}`;
  throw unsuitable(`pages of at most ${most}`, `${widthPx} x ${heightPx}`, `build it with \`${size}\``);
}

const unsuitable = (expected: string, actual: string, hint: string) =>
  new GlyphError({ kind: 'input', operation: 'train on a data set', expected, actual, hint });
