/** Whether a data set is one that a reader can learn a stage from: of that stage, its pages drawn in the reader's type. */
import { GlyphError } from '../base/index.ts';
import type { Stage } from '../data/index.ts';
import {
  largestPage,
  type ReaderConfig,
  readerFamily,
  readerPageConfig,
  strangeKey,
} from '../reader/index.ts';
import type { TrainingData } from './data-set.ts';

/** @throws GlyphError kind `input` */
export function checkData(
  { stage: built, model, pages }: Pick<TrainingData, 'stage' | 'model' | 'pages'>,
  stage: Stage,
  config: ReaderConfig,
): void {
  const hint = `build it with \`glyph data ${stage} --model ${readerFamily} --preset embedded\``;
  if (built !== stage) throw unsuitable(`data of the stage ${stage}`, built, hint);
  if (pages === 'mixture') {
    if (model === readerFamily) return;
    throw unsuitable('pages that the reader takes', `a mixture for ${model}`, hint);
  }
  const strange = strangeKey(pages);
  if (strange !== undefined) {
    const { key, wanted } = strange;
    throw unsuitable(`pages with ${key} ${JSON.stringify(wanted)}`, JSON.stringify(pages[key]), hint);
  }
  const { maxPageWidthPx, maxPageHeightPx } = largestPage(config);
  const { pageSize, horizontalScale } = pages;
  const [width, heightPx] = Array.isArray(pageSize) ? pageSize : [];
  const widthPx = Math.floor(width * Number(horizontalScale));
  if (widthPx <= maxPageWidthPx && heightPx <= maxPageHeightPx) return;
  const most = `${maxPageWidthPx} x ${maxPageHeightPx} px`;
  const size = `--page-size ${readerPageConfig({ maxPageWidthPx, maxPageHeightPx }).pageSize.join()}`;
  throw unsuitable(`pages of at most ${most}`, `${widthPx} x ${heightPx}`, `build it with \`${size}\``);
}

const unsuitable = (expected: string, actual: string, hint: string) =>
  new GlyphError({ kind: 'input', operation: 'train on a data set', expected, actual, hint });
