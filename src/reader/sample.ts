/**
 * Text and pages, interleaved, as the one row of tokens the decoder sees, and several of them as the arrays a program
 * is fed. A page is its mark, a token a patch, and its end mark.
 */
import { GlyphError } from '../base/index.ts';
import type { Feeds } from '../graph/index.ts';
import type { BatchSize } from './architecture.ts';
import { cellsOf, type ReaderConfig } from './config.ts';
import { createCursor, type Place, rowsBetweenPages } from './cursor.ts';
import type { PagePatches } from './page.ts';
import { coordinates } from './turns.ts';
import { mostPages, type SpecialToken, specialId, type Vocabulary } from './vocabulary.ts';

/** Weights are those of the loss on the piece's tokens; 0 unless given. */
export type Piece =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly weight?: number;
      /** `before`: what of it stands in the text before it is copied from there. */
      readonly copies?: 'before';
    }
  | { readonly type: 'special'; readonly token: SpecialToken; readonly weight?: number }
  /** What a reader wrote. */
  | { readonly type: 'tokens'; readonly tokens: readonly number[]; readonly weight?: number }
  | { readonly type: 'page'; readonly patches: PagePatches };

export interface Sample {
  readonly tokens: Int32Array;
  /** By token, for the prediction of it. */
  readonly weights: Float32Array;
  /** By token, where the cursor stands after it; of patches, the middle of each. */
  readonly places: readonly Place[];
  /** By token: which token before it is copied; -1 for none. */
  readonly copied: Int32Array;
  readonly pages: readonly PagePatches[];
}

/** @throws GlyphError kind `input` for more pages than have marks */
export function createSample(pieces: readonly Piece[], config: ReaderConfig, vocabulary: Vocabulary): Sample {
  const pages: PagePatches[] = [];
  const cursor = createCursor(config, vocabulary, pages);
  const tokens: number[] = [];
  const weights: number[] = [];
  const places: Place[] = [];
  const copies: (readonly [start: number, end: number])[] = [];
  const put = (token: number, weight = 0) => {
    cursor.take(token);
    tokens.push(token);
    weights.push(weight);
    places.push(cursor.place);
  };
  for (const piece of pieces) {
    switch (piece.type) {
      case 'text': {
        const start = tokens.length;
        for (const token of vocabulary.encode(piece.text)) put(token, piece.weight);
        if (piece.copies === 'before') copies.push([start, tokens.length]);
        break;
      }
      case 'tokens':
        for (const token of piece.tokens) put(token, piece.weight);
        break;
      case 'special':
        put(specialId(piece.token), piece.weight);
        break;
      case 'page':
        if (pages.length === mostPages) throw tooManyPages();
        pages.push(piece.patches);
        put(specialId(`page-${pages.length}`));
        for (const place of patchPlaces(piece.patches, pages.length - 1)) {
          put(specialId('patch'));
          places[places.length - 1] = place;
        }
        put(specialId('page-end'));
        break;
      default:
        piece satisfies never;
    }
  }
  return {
    tokens: Int32Array.from(tokens),
    weights: Float32Array.from(weights),
    places,
    copied: copiedFrom(tokens, copies),
    pages,
  };
}

/** What the last turn of an assistant has so far, its mark apart. */
export const assistantTurn = ({ tokens }: Sample): Int32Array =>
  tokens.subarray(tokens.lastIndexOf(specialId('assistant')) + 1);

/** A shorter run of tokens that are the same as some before says little. */
const shortestCopy = 2;

/** Run by run, each from where most of what follows is the same. */
function copiedFrom(
  tokens: readonly number[],
  copies: readonly (readonly [start: number, end: number])[],
): Int32Array {
  const copied = new Int32Array(tokens.length).fill(-1);
  for (const [start, end] of copies) {
    for (let at = start; at < end; ) {
      let [from, longest] = [-1, shortestCopy - 1];
      for (let i = 0; i < start; i++) {
        let run = 0;
        while (at + run < end && i + run < start && tokens[i + run] === tokens[at + run]) run++;
        if (run > longest) [from, longest] = [i, run];
      }
      if (from < 0) at++;
      else for (let i = 0; i < longest; i++, at++) copied[at] = from + i;
    }
  }
  return copied;
}

function patchPlaces({ rows, columns, firstRow }: PagePatches, page: number): readonly Place[] {
  return Array.from({ length: rows * columns }, (_, i) => ({
    row: page * rowsBetweenPages + firstRow + Math.floor(i / columns),
    column: (i % columns) + 0.5,
  }));
}

const tooManyPages = () =>
  new GlyphError({
    kind: 'input',
    operation: 'put pages before the reader',
    expected: `at most ${mostPages}`,
    actual: 'more',
    hint: 'ask about fewer pages at once',
  });

export const patchCount = ({ pages }: Sample): number =>
  pages.reduce((sum, { rows, columns }) => sum + rows * columns, 0);

/**
 * What the network is fed for the pages and tokens of some samples; free places are filled up.
 * @throws GlyphError kind `input` for what has no place in a program of this size
 */
export function feedSamples(
  samples: readonly Sample[],
  config: ReaderConfig,
  size: BatchSize,
): Readonly<Record<'cells' | 'rows' | 'pages' | 'tokens' | 'patchAt' | 'places', Feeds[string]>> {
  const { count, pixels } = cellsOf(config);
  const perPatch = count * pixels;
  const cells = new Float32Array(size.samples * size.patches * perPatch);
  const rows = new Int32Array(size.samples * size.patches);
  const pages = new Int32Array(size.samples * size.patches);
  const tokens = new Int32Array(size.samples * size.tokens).fill(specialId('pad'));
  const patchAt = new Int32Array(size.samples * size.tokens);
  const places = new Float32Array(size.samples * size.tokens * coordinates);
  checkFit(samples, size);
  for (const [index, sample] of samples.entries()) {
    let at = index * size.patches;
    for (const [page, patches] of sample.pages.entries()) {
      cells.set(patches.cells, at * perPatch);
      for (let patch = 0; patch < patches.rows * patches.columns; patch++, at++) {
        rows[at] = patches.firstRow + Math.floor(patch / patches.columns);
        pages[at] = page;
      }
    }
    const first = index * size.tokens;
    tokens.set(sample.tokens, first);
    let patch = index * size.patches;
    for (const [i, token] of sample.tokens.entries()) {
      // Row 0 of what it is taken from is empty.
      if (token === specialId('patch')) patchAt[first + i] = ++patch;
      writePlace(places, first + i, i, sample.places[i]!);
    }
  }
  return { cells, rows, pages, tokens, patchAt, places };
}

/** @param index of the token in its sample */
export function writePlace(places: Float32Array, at: number, index: number, { row, column }: Place): void {
  places.set([index, row, column], at * coordinates);
}

function checkFit(samples: readonly Sample[], size: BatchSize): void {
  const most = (of: (sample: Sample) => number) => samples.reduce((max, each) => Math.max(max, of(each)), 0);
  const needed: BatchSize = {
    samples: samples.length,
    patches: most(patchCount),
    tokens: most(({ tokens }) => tokens.length),
  };
  const sizeText = ({ samples: count, patches, tokens }: BatchSize) =>
    `${count} samples of ${patches} patches and ${tokens} tokens`;
  if (needed.samples <= size.samples && needed.patches <= size.patches && needed.tokens <= size.tokens)
    return;
  throw new GlyphError({
    kind: 'input',
    operation: 'feed samples to the reader',
    expected: `at most ${sizeText(size)}`,
    actual: sizeText(needed),
  });
}
