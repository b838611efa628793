/**
 * A whole page, transcribed as the reader learnt it: cut into crops of its rows, which are written side by side as one
 * batch. Rows come in order, each as soon as it and all above it are written; rows without ink are left out.
 */
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { ReaderConfig } from './config.ts';
import type { Engine } from './engine.ts';
import { type WriteOptions, type Written, writeTokens } from './generate.ts';
import { markTokens } from './marks.ts';
import { checkPage, cropRows, type GreyPage, patchGrid } from './page.ts';
import { createSample, type Sample } from './sample.ts';
import { firstByte, specialId, type Vocabulary } from './vocabulary.ts';

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
  | { readonly type: 'crops-prepared'; readonly crops: number; readonly inputTokens: number }
  /** `cut`: crops that were stopped where no row could be as long. */
  | { readonly type: 'page-written'; readonly outputTokens: number; readonly cut: number };

/** Each row by itself: measured, rows of strings are lost behind others in one crop, and rows of prose read as well. */
const rowsPerCrop = 1;

/** @throws GlyphError kind `input` for a page that is too large */
export async function* readPage(
  engine: Engine,
  checkpoint: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
  page: GreyPage,
  { onEvent, ...options }: ReadPageOptions = {},
): AsyncGenerator<ReadRow> {
  const { config, vocabulary } = checkpoint;
  checkPage(page, config);
  const crops = inkedCrops(page, config);
  const prompts = crops.map(crop => cropPrompt(page, crop, checkpoint));
  const inputTokens = prompts.reduce((sum, { tokens }) => sum + tokens.length, 0);
  onEvent?.({ type: 'crops-prepared', crops: crops.length, inputTokens });
  const queue = createRowQueue(crops, vocabulary);
  // A character is a token at most, bar the rare ones that are several bytes; and each row has its mark.
  const charactersPerRow = Math.ceil(page.widthPx / config.advancePx);
  const maxTokens = rowsPerCrop * (charactersPerRow + 1);
  for await (const step of writeTokens(engine, checkpoint, prompts, { ...options, maxTokens })) {
    queue.take(step);
    yield* queue.ready();
  }
  onEvent?.({ type: 'page-written', outputTokens: queue.outputTokens, cut: queue.cut });
}

/** Rows of a page from the first, counted from 0. */
interface Crop {
  readonly first: number;
  readonly count: number;
}

/** Rows with ink that follow each other, cut into crops. */
function inkedCrops(page: GreyPage, config: ReaderConfig): readonly Crop[] {
  const { rows } = patchGrid(config, page.widthPx, page.heightPx);
  const crops: Crop[] = [];
  for (let row = 0; row < rows; row++) {
    if (!hasInk(page, row, config)) continue;
    const last = crops.at(-1);
    const goesOn = last !== undefined && last.first + last.count === row && last.count < rowsPerCrop;
    if (goesOn) crops[crops.length - 1] = { ...last, count: last.count + 1 };
    else crops.push({ first: row, count: 1 });
  }
  return crops;
}

/** Lighter pixels are the background's. */
const darkest = 192;

function hasInk({ widthPx, data }: GreyPage, row: number, { patchHeightPx }: ReaderConfig): boolean {
  const start = row * patchHeightPx * widthPx;
  return data.subarray(start, start + patchHeightPx * widthPx).some(grey => grey < darkest);
}

function cropPrompt(
  page: GreyPage,
  { first, count }: Crop,
  { config, vocabulary }: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
): Sample {
  const pieces = [
    { type: 'special', token: 'user' },
    { type: 'page', patches: cropRows(page, config, first, count) },
    { type: 'special', token: 'assistant' },
    ...markTokens({ page: 1, row: first + 1 }).map(token => ({ type: 'special', token }) as const),
  ] as const;
  return createSample(pieces, config, vocabulary);
}

interface WritingCrop extends Crop {
  /** Tokens by row of the page, from 0. */
  readonly rows: Map<number, number[]>;
  current: number;
  isOpen: boolean;
}

/** Sorts what is written into rows, whatever it is, and lets them out in order. */
function createRowQueue(crops: readonly Crop[], vocabulary: Vocabulary) {
  const writing = crops.map(
    (crop): WritingCrop => ({ ...crop, rows: new Map(), current: crop.first, isOpen: true }),
  );
  const order = writing.flatMap(crop =>
    Array.from({ length: crop.count }, (_, i) => ({ crop, row: crop.first + i })),
  );
  let next = 0;
  let outputTokens = 0;
  let cut = 0;

  function takeOne(crop: WritingCrop, token: number): void {
    if (token === specialId('next-row')) {
      // Within the crop; what else is written is no row of it.
      crop.current = crop.current + 1 < crop.first + crop.count ? crop.current + 1 : Number.POSITIVE_INFINITY;
    } else if (token < firstByte) {
      crop.current = Number.POSITIVE_INFINITY;
    } else {
      crop.rows.set(crop.current, [...(crop.rows.get(crop.current) ?? []), token]);
    }
  }

  return {
    get outputTokens() {
      return outputTokens;
    },
    get cut() {
      return cut;
    },
    take(step: readonly Written[]) {
      for (const [i, written] of step.entries()) {
        const crop = writing[i]!;
        if (written === undefined) continue;
        if (typeof written === 'number') {
          outputTokens++;
          takeOne(crop, written);
        } else {
          crop.isOpen = false;
          if (written === 'length') cut++;
        }
      }
    },
    *ready(): Generator<ReadRow> {
      for (; next < order.length; next++) {
        const { crop, row } = order[next]!;
        if (crop.isOpen && crop.current <= row) return;
        yield { row: row + 1, text: vocabulary.decode(crop.rows.get(row) ?? []) };
      }
    },
  };
}
