/** For tests: a tiny reader that knows the answers to a few questions about one short document. */
import { greyPage } from '../../model/tesseract/grey-page.ts';
import { loadFont } from '../../node/load-font.ts';
import { type RenderedPage, renderPages } from '../../render/index.ts';
import {
  answerPieces,
  createSample,
  cropRows,
  type PagedText,
  type Piece,
  type ReaderCheckpoint,
  readerPageConfig,
} from '../index.ts';
import { config, train, vocabulary } from './train-lines.ts';

export const text =
  'the cat sat on the mat, the hat had it.\nat the end the mat sat on that cat and that hat.\n';

/** What is asked, and what the reader learns to write. */
export const lessons = {
  supported: ['the hat?', '<think>\n[p1:1] the cat sat on the mat, the hat had it.\nat \n</think>\nhad IT'],
  unsupported: ['the cat?', '<think>\n[p1:2] the end the mat sat on that cat and that \n</think>\nthe hat'],
  broken: ['the end?', '<think>\n[p1:9] the end\n</think>\nthe end'],
} as const;

const limits = {
  contextTokens: config.contextTokens,
  maxPageWidthPx: config.pageColumns * config.patchWidthPx,
  maxPageHeightPx: config.pageRows * config.patchHeightPx,
  alphabet: undefined,
};

export async function drawText(): Promise<PagedText> {
  const pages: RenderedPage[] = [];
  for await (const page of renderPages(text, readerPageConfig(limits), { loadFont })) pages.push(page);
  return { text, pages };
}

export async function trainAnswers(): Promise<ReaderCheckpoint> {
  const { pages } = await drawText();
  const [page] = pages;
  const patches = cropRows(greyPage(page!.png), config, 0, page!.lines.length);
  const samples = Object.values(lessons).map(([question, content]) => {
    const pieces: readonly Piece[] = [
      { type: 'special', token: 'user' },
      { type: 'page', patches },
      { type: 'text', text: question },
      { type: 'special', token: 'assistant' },
      ...answerPieces(content, 1),
      { type: 'special', token: 'end', weight: 1 },
    ];
    return createSample(pieces, config, vocabulary);
  });
  return (await train(samples, 120)).checkpoint;
}
