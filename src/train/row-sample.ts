/** A row of training data as the reader's tokens: pages for the marks, and a loss on what an assistant writes. */
import { imageMark } from '../data/index.ts';
import { answerPieces, createSample, cutPage, type Piece, type Sample } from '../reader/index.ts';
import type { Row } from './data-set.ts';
import type { ReaderKind } from './material.ts';
import type { LoadPage } from './page-shelf.ts';

/** Everything; the loss falls on assistant turns. */
export async function rowSample(row: Row, kind: ReaderKind, loadPage: LoadPage): Promise<Sample> {
  return createSample(await rowPieces(row, kind, loadPage), kind.config, kind.vocabulary);
}

/** Up to the answer, which is to be written. */
export async function rowPrompt(row: Row, kind: ReaderKind, loadPage: LoadPage): Promise<readonly Piece[]> {
  const asked = row.messages.slice(0, row.messages.findLastIndex(({ role }) => role === 'user') + 1);
  return [
    ...(await rowPieces({ ...row, messages: asked }, kind, loadPage)),
    { type: 'special', token: 'assistant' },
  ];
}

async function rowPieces(row: Row, { config }: ReaderKind, loadPage: LoadPage): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  const images = row.images.values();
  for (const { role, content } of row.messages) {
    pieces.push({ type: 'special', token: role });
    for (const [i, text] of content.split(imageMark).entries()) {
      if (i > 0)
        pieces.push({ type: 'page', patches: cutPage(await loadPage(images.next().value!), config) });
      if (role === 'assistant') pieces.push(...answerPieces(text, 1));
      else if (text.trim() !== '') pieces.push({ type: 'text', text: text.trim() });
    }
    if (role === 'assistant') pieces.push({ type: 'special', token: 'end', weight: 1 });
  }
  return pieces;
}
