/**
 * `compat: 'reference'`: the layout of the published Glyph renderer (github.com/thu-coai/Glyph: reportlab 3.6.12
 * paragraphs in a document frame), its defects included: the same lines on the same pages at the same places. Columns,
 * headers, tab stops and reflow, which it has not, are ignored. Text of any length takes time in proportion.
 */
import type { RenderConfig } from '../../config/index.ts';
import type { PageBox } from '../page-box.ts';
import { blockSpans, type NewlineMark, readBlock } from './block.ts';
import type { Paragraph } from './broken-line.ts';
import { characterParagraph } from './character-paragraph.ts';
import { flow } from './flow.ts';
import { createMetrics, type Metrics, type ReferenceFonts } from './fonts.ts';
import { PageSheets } from './page-sheets.ts';
import type { Units } from './units.ts';
import { type ParagraphShape, wordParagraph } from './word-paragraph.ts';
import { cutWords, type Words } from './words.ts';

export type { ReferenceFonts } from './fonts.ts';

/**
 * Lays out the whole text as the published renderer would, page by page. Source positions are UTF-16 offsets of
 * `text`; page spans tile it. Where the published renderer fails (fewer than two lines fit on a page) each page gets
 * one line. A text without any character to draw gives one page without lines.
 */
export function* layoutReference(
  text: string,
  config: RenderConfig,
  fonts: ReferenceFonts,
): Generator<PageBox> {
  const metrics = createMetrics(fonts, config.fontSize);
  const sheets = new PageSheets(text, config, metrics);
  const topPt = config.pageSize[1] - config.marginY - config.framePadding;
  const bottomPt = config.marginY + config.framePadding;
  const { lineHeight: lineHeightPt, spaceBefore: spaceBeforePt, spaceAfter: spaceAfterPt } = config;
  const frame = { topPt, bottomPt, lineHeightPt, spaceBeforePt, spaceAfterPt };
  for (const step of flow(paragraphsOf(text, config, metrics), frame)) {
    if (step.kind === 'page') {
      sheets.startPage();
    } else {
      sheets.add(step);
      yield* sheets.take();
    }
  }
  yield* sheets.finish();
}

/** One Chinese character anywhere makes the published renderer break the whole text between characters. */
const chineseCharacter = /[\u4e00-\u9fff]/;

/** A paragraph for each 30 source lines. Each is good until the next is asked for. */
function* paragraphsOf(text: string, config: RenderConfig, metrics: Metrics): Generator<Paragraph> {
  const breaksAnywhere = chineseCharacter.test(text);
  const mark = newlineMarkOf(config);
  const shape = shapeOf(config);
  let units: Units | undefined;
  let words: Words | undefined;
  for (const span of blockSpans(text)) {
    units = readBlock(text, span, mark, metrics, units);
    if (breaksAnywhere) {
      yield characterParagraph(units, metrics, shape);
    } else {
      words = cutWords(units, metrics, words);
      yield wordParagraph({ units, words, fontSize: metrics.fontSize, spacePt: metrics.spacePt }, shape);
    }
  }
}

/** A mark in the text's own colour is a plain text one. */
function newlineMarkOf({ newlineMark, newlineMarkColor, fontColor }: RenderConfig): NewlineMark {
  const isShared = newlineMarkColor.toUpperCase() === fontColor.toUpperCase();
  return { text: newlineMark, color: isShared ? 'shared' : 'own' };
}

function shapeOf(config: RenderConfig): ParagraphShape {
  const { leftIndent, rightIndent, firstLineIndent } = config;
  const framePt = config.pageSize[0] - 2 * config.marginX - 2 * config.framePadding;
  const firstPt = framePt - (leftIndent + firstLineIndent) - rightIndent;
  const laterPt = framePt - leftIndent - rightIndent;
  return { widths: { firstPt, laterPt }, firstLineIndentPt: firstLineIndent };
}
