/** For tests: a tiny reader that knows the answers to a few questions about one short document. */
import { greyPage } from '../../model/tesseract/grey-page.ts';
import { loadFont } from '../../node/load-font.ts';
import { type RenderedPage, renderPages } from '../../render/index.ts';
import {
  answerPieces,
  askingPieces,
  createSample,
  findRows,
  type MarkedRow,
  type PagedText,
  type Piece,
  type ReaderCheckpoint,
  readerPageConfig,
} from '../index.ts';
import { config, rowSample, train, vocabulary } from './train-lines.ts';

export const text =
  'the cat sat on the mat, the hat had it.\nat the end the mat sat on that cat. he had tea.';

/** What is asked, and what the reader learns to write. */
export const lessons = {
  supported: ['had it?', 'had it'],
  list: ['cat had it?', 'the mat, he had'],
  unsupported: ['the end?', 'the dog'],
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
  const [page] = (await drawText()).pages;
  // As they are read once this is learnt.
  const rows = page!.lines.map(
    ({ start, end }, row): MarkedRow => ({
      page: 1,
      row: row + 1,
      text: text.slice(start, page!.lines[row + 1]?.start ?? end),
    }),
  );
  const samples = Object.values(lessons).map(([question, answer]) => {
    const found = findRows(
      question,
      rows.map(row => row.text),
    );
    const pieces: readonly Piece[] = [
      ...askingPieces(
        question,
        found.map(index => rows[index]!),
      ),
      ...answerPieces(answer, 1),
      { type: 'special', token: 'end', weight: 1 },
    ];
    return createSample(pieces, config, vocabulary);
  });
  const grey = greyPage(page!.png);
  const reading = rows.map(row => rowSample(grey, row.row - 1, row.text));
  return (await train([...samples, ...reading], 120)).checkpoint;
}
