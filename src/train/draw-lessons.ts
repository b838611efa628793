/** The samples of a pre-training step: lessons on crops of pages whose lines are known, and rows of other tasks. */
import { createRandom, GlyphError, type Random } from '../base/index.ts';
import { type BatchSize, patchCount, type Sample } from '../reader/index.ts';
import type { Row } from './data-set.ts';
import { type KnownPage, knownLines, readingLesson } from './lessons.ts';
import type { Material } from './material.ts';
import { rowSample } from './row-sample.ts';

/** Lessons on crops of a few rows, or on up to a whole page. */
export interface Crops {
  /** Of a step, that one program takes. */
  readonly samples: number;
  /** Tokens of a sample, patches included. */
  readonly tokens: number;
  /** Rows of a crop, at most. */
  readonly rows: number;
  /** Rows to write out, at most. */
  readonly written: number;
  /** Of the samples, that write some of many rows in any order, as quotes do; others write all in order. */
  readonly jumpingShare: number;
}

export interface Pool extends Material {
  readonly known: readonly { readonly row: Row; readonly lines: readonly string[] }[];
  /** Rows of other tasks, taken as they are. */
  readonly others: readonly Row[];
}

/** @throws GlyphError kind `input` where no page's lines are known */
export function createPool(material: Material, seed: string): Pool {
  const known = material.rows.flatMap(row => {
    const lines = knownLines(row);
    return lines === undefined ? [] : [{ row, lines }];
  });
  if (known.length === 0)
    throw new GlyphError({
      kind: 'input',
      operation: 'pretrain a reader',
      expected: 'OCR rows of one page whose target names each line',
      actual: `none of ${material.rows.length} rows`,
      hint: 'build the data with `glyph data pretrain --model embedded --preset embedded --max-pages 1 --ocr-marks lines`',
    });
  const names = new Set(known.map(({ row }) => row.id));
  return {
    ...material,
    known: shuffled(known, createRandom(`${seed} pages`)),
    others: material.rows.filter(({ id }) => !names.has(id)),
  };
}

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  const left = [...list];
  return list.map(() => left.splice(random.integer(0, left.length - 1), 1)[0]!);
}

/** Pages a step chooses from, and how many of them are others at the next step: few need be decoded anew. */
const [pagesOfStep, newPages] = [48, 3];

export function poolOfStep(pool: Pool, step: number): Pool {
  const { known } = pool;
  if (known.length <= pagesOfStep) return pool;
  const first = step * newPages;
  return {
    ...pool,
    known: Array.from({ length: pagesOfStep }, (_, i) => known[(first + i) % known.length]!),
  };
}

export const sizeOf = ({ kind }: Material, { samples, tokens, rows }: Crops): BatchSize => ({
  samples,
  tokens,
  patches: rows * kind.config.pageColumns,
});

/** Of the samples, that come from rows taken as they are, where there are any. */
const othersShare = 0.15;
const mostTries = 20;

/** For `alignment` no text is written. @throws GlyphError kind `config` where no sample fits the crops' tokens */
export async function drawSamples(
  pool: Pool,
  crops: Crops,
  random: Random,
  use: 'alignment' | 'reading',
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let tries = 0; samples.length < crops.samples && tries < mostTries * crops.samples; tries++) {
    const isOther = use === 'reading' && pool.others.length > 0 && random.next() < othersShare;
    const sample = isOther
      ? await drawOther(pool, crops, random)
      : await drawLesson(pool, crops, random, use);
    if (sample !== undefined) samples.push(sample);
  }
  if (samples.length > 0) return samples;
  throw new GlyphError({
    kind: 'config',
    operation: 'draw lessons in reading',
    expected: `rows that fit samples of ${crops.tokens} tokens, patches included`,
    actual: `none in ${mostTries * crops.samples} drawn`,
    hint: 'allow more with --set near.tokens=N,far.tokens=N',
  });
}

async function drawOther(pool: Pool, crops: Crops, random: Random): Promise<Sample | undefined> {
  const sample = await rowSample(random.pick(pool.others), pool, random);
  const { patches, tokens } = sizeOf(pool, crops);
  return patchCount(sample) <= patches && sample.tokens.length <= tokens ? sample : undefined;
}

async function drawLesson(
  pool: Pool,
  crops: Crops,
  random: Random,
  use: 'alignment' | 'reading',
): Promise<Sample | undefined> {
  const { kind } = pool;
  const { row, lines } = random.pick(pool.known);
  const known: KnownPage = { page: await pool.loadPage(row.images[0]!), lines };
  const isJumping = use === 'reading' && random.next() < crops.jumpingShare;
  const most = Math.min(lines.length, use === 'alignment' || isJumping ? crops.rows : crops.written);
  const seen = isJumping ? random.integer(Math.min(2, most), most) : most;
  const first = random.integer(0, lines.length - seen);
  if (use === 'alignment') return readingLesson(known, kind, { first, count: seen, written: [] }, 'in-order');
  for (let written = Math.min(seen, crops.written); written > 0; written--) {
    const sample = isJumping
      ? readingLesson(
          known,
          kind,
          { first, count: seen, written: anyOf(first, seen, written, random) },
          'jumping',
        )
      : readingLesson(known, kind, { first, count: written, written: inOrder(first, written) }, 'in-order');
    if (sample.tokens.length <= crops.tokens) return sample;
  }
  return undefined;
}

const inOrder = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

const anyOf = (first: number, seen: number, count: number, random: Random) =>
  Array.from({ length: count }, () => first + random.integer(0, seen - 1));
