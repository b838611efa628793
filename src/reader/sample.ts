/**
 * Text and pages, interleaved, as the one row of tokens the decoder sees, and several of them as the arrays a program
 * is fed. A page is its mark, a token a patch, and its end mark.
 */
import { GlyphError } from '../base/index.ts';
import type { Feeds } from '../graph/index.ts';
import type { BatchSize } from './architecture.ts';
import { cellsOf, type ReaderConfig } from './config.ts';
import type { PagePatches } from './page.ts';
import { type SpecialToken, specialId, type Vocabulary } from './vocabulary.ts';

/** Weights are those of the loss on the piece's tokens; 0 unless given. */
export type Piece =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly weight?: number;
      /** By UTF-16 code unit: the patch it stands in, counted over the pages before; -1 or nothing where unknown. */
      readonly standsIn?: ArrayLike<number>;
    }
  | { readonly type: 'special'; readonly token: SpecialToken; readonly weight?: number }
  | { readonly type: 'page'; readonly patches: PagePatches };

export interface Sample {
  readonly tokens: Int32Array;
  /** By token, for the prediction of it. */
  readonly weights: Float32Array;
  /** By token: the place among the tokens of the patch that its text begins in; -1 where unknown. */
  readonly readFrom: Int32Array;
  readonly pages: readonly PagePatches[];
}

/** Marks around each page. */
export const pageMarks = 2;

export function createSample(pieces: readonly Piece[], vocabulary: Vocabulary): Sample {
  const tokens: number[] = [];
  const weights: number[] = [];
  const readFrom: number[] = [];
  const pages: PagePatches[] = [];
  const patchPlaces: number[] = [];
  const put = (list: readonly number[], weight = 0, patches: readonly number[] = []) => {
    for (const [i, token] of list.entries()) {
      if (token === specialId('patch')) patchPlaces.push(tokens.length);
      tokens.push(token);
      weights.push(weight);
      readFrom.push(patchPlaces[patches[i] ?? -1] ?? -1);
    }
  };
  for (const piece of pieces) {
    switch (piece.type) {
      case 'text': {
        const { text, weight, standsIn } = piece;
        const list = vocabulary.encode(text);
        const starts = standsIn === undefined ? [] : startsOf(list, text, vocabulary);
        put(
          list,
          weight,
          starts.map(unit => standsIn![unit] ?? -1),
        );
        break;
      }
      case 'special':
        put([specialId(piece.token)], piece.weight);
        break;
      case 'page': {
        const { rows, columns } = piece.patches;
        put([
          specialId('page'),
          ...new Array(rows * columns).fill(specialId('patch')),
          specialId('page-end'),
        ]);
        pages.push(piece.patches);
        break;
      }
      default:
        piece satisfies never;
    }
  }
  return {
    tokens: Int32Array.from(tokens),
    weights: Float32Array.from(weights),
    readFrom: Int32Array.from(readFrom),
    pages,
  };
}

/** Of each token, the code unit its text begins at; past the space before a word. */
function startsOf(tokens: readonly number[], text: string, vocabulary: Vocabulary): readonly number[] {
  const unitOfByte: number[] = [];
  let unit = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const byteLength = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let i = 0; i < byteLength; i++) unitOfByte.push(unit);
    unit += character.length;
  }
  let at = 0;
  return tokens.map(token => {
    const bytes = vocabulary.bytesOf(token);
    const start = unitOfByte[at + (bytes[0] === 32 && bytes.length > 1 ? 1 : 0)]!;
    at += bytes.length;
    return start;
  });
}

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
): Readonly<Record<'cells' | 'rows' | 'columns' | 'pages' | 'tokens' | 'patchAt', Feeds[string]>> {
  const { count, pixels } = cellsOf(config);
  const perPatch = count * pixels;
  const cells = new Float32Array(size.samples * size.patches * perPatch);
  const [rows, columns] = [0, 1].map(() => new Int32Array(size.samples * size.patches)) as [
    Int32Array,
    Int32Array,
  ];
  const pages = new Int32Array(size.samples * size.patches).fill(-1);
  const tokens = new Int32Array(size.samples * size.tokens).fill(specialId('pad'));
  const patchAt = new Int32Array(size.samples * size.tokens);
  checkFit(samples, size);
  for (const [index, sample] of samples.entries()) {
    let at = index * size.patches;
    for (const [page, patches] of sample.pages.entries()) {
      cells.set(patches.cells, at * perPatch);
      for (let patch = 0; patch < patches.rows * patches.columns; patch++, at++) {
        rows[at] = patches.firstRow + Math.floor(patch / patches.columns);
        columns[at] = patches.firstColumn + (patch % patches.columns);
        pages[at] = page;
      }
    }
    tokens.set(sample.tokens, index * size.tokens);
    let patch = index * size.patches;
    for (const [i, token] of sample.tokens.entries()) {
      // Row 0 of what it is taken from is empty.
      if (token === specialId('patch')) patchAt[index * size.tokens + i] = ++patch;
    }
  }
  return { cells, rows, columns, pages, tokens, patchAt };
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
