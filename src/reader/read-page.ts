/**
 * A whole page, transcribed as the reader learnt it: row by row, all of them written side by side as one batch. Rows come
 * in order, each as soon as it and all above it are written; rows without ink are left out. Each is shown by itself:
 * measured, rows of strings are lost behind others in one crop, and rows of prose are read as well.
 */
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { ReaderConfig } from './config.ts';
import type { Engine } from './engine.ts';
import { type WriteOptions, writeTokens } from './generate.ts';
import { markTokens } from './marks.ts';
import { checkPage, cropRows, type GreyPage, patchGrid, rowsOf } from './page.ts';
import { measuredPage } from './pitch.ts';
import { createSample, type Sample } from './sample.ts';
import { specialTokens } from './vocabulary.ts';

export interface ReadRow {
  /** Of the page, from 1. */
  readonly row: number;
  /** With the space or newline that ends it. */
  readonly text: string;
}

export type ReadPageOptions = Omit<WriteOptions, 'maxTokens' | 'answersPerPrompt' | 'stopTokens'> & {
  readonly onEvent?: (event: ReadPageEvent) => void;
};

export type ReadPageEvent =
  | { readonly type: 'rows-found'; readonly inputTokens: number }
  /** `cut`: rows that were stopped where none could be as long. */
  | { readonly type: 'page-written'; readonly outputTokens: number; readonly cut: number };

/** A row's text is over where anything else begins. */
const rowEnds = specialTokens.map((_, id) => id);

/** @throws GlyphError kind `input` for a page that is too large */
export async function* readPage(
  engine: Engine,
  checkpoint: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
  given: GreyPage,
  { onEvent, ...options }: ReadPageOptions = {},
): AsyncGenerator<ReadRow> {
  const { config, vocabulary } = checkpoint;
  checkPage(given, config);
  const page = measuredPage(given, config);
  const rows = inkedRows(page, config);
  const prompts = rows.map(row => rowPrompt(page, row, checkpoint));
  const inputTokens = prompts.reduce((sum, { tokens }) => sum + tokens.length, 0);
  onEvent?.({ type: 'rows-found', inputTokens });
  // A character is a token at most, bar the rare ones that are several bytes.
  const maxTokens = Math.ceil(page.widthPx / page.advancePx) + 1;
  const writing = rows.map(row => ({ row: row + 1, tokens: [] as number[], isOpen: true }));
  let [next, outputTokens, cut] = [0, 0, 0];
  const settings = { ...options, maxTokens, stopTokens: rowEnds };
  for await (const step of writeTokens(engine, checkpoint, prompts, settings)) {
    for (const [i, written] of step.entries()) {
      if (typeof written === 'number') {
        outputTokens++;
        writing[i]!.tokens.push(written);
      } else if (written !== undefined) {
        writing[i]!.isOpen = false;
        if (written === 'length') cut++;
      }
    }
    for (; writing[next]?.isOpen === false; next++) {
      const { row, tokens } = writing[next]!;
      yield { row, text: vocabulary.decode(tokens) };
    }
  }
  onEvent?.({ type: 'page-written', outputTokens, cut });
}

/** Lighter pixels are the background's. */
const darkest = 192;

/** From 0. */
function inkedRows(page: GreyPage, config: ReaderConfig): readonly number[] {
  const { rows } = patchGrid(config, page.widthPx, page.heightPx);
  const hasInk = (row: number) => rowsOf(page, config, row, 1).data.some(grey => grey < darkest);
  return Array.from({ length: rows }, (_, row) => row).filter(hasInk);
}

function rowPrompt(
  page: GreyPage,
  row: number,
  { config, vocabulary }: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
): Sample {
  const pieces = [
    { type: 'special', token: 'user' },
    { type: 'page', patches: cropRows(page, config, row, 1) },
    { type: 'special', token: 'assistant' },
    ...markTokens({ page: 1, row: row + 1 }).map(token => ({ type: 'special', token }) as const),
  ] as const;
  return createSample(pieces, config, vocabulary);
}
