/**
 * What a reader is: sizes of its pictures, layers and window, as one flat value that stands in `config.json` beside the
 * weights. A patch is one vision token; it is looked at through smaller cells, as GLM merges 2 × 2 small patches.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { firstMerge, mostRows } from './vocabulary.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 20));
const layers = v.pipe(count, v.maxValue(256));
const margin = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(64));

const schema = v.pipe(
  v.strictObject({
    /** Names the architecture; another number is another one. */
    readerVersion: v.literal(1),
    vocabularySize: v.pipe(count, v.minValue(firstMerge)),
    /** Of the residual stream, shared by encoder and decoder. */
    width: count,
    heads: count,
    encoderLayers: layers,
    decoderLayers: layers,
    /** A patch holds one line of type of the reader's own kind, e.g. 64 × 12, nearly the area of GLM's 28 × 28. */
    patchWidthPx: count,
    patchHeightPx: count,
    /** From one character to the next in that type, e.g. 5.54; what is written moves on over the page by as much. */
    advancePx: v.pipe(v.number(), v.minValue(0.5), v.maxValue(256)),
    /** A cell: the step of the smallest look at the page, e.g. 4 × 12, a little less than a letter. */
    cellWidthPx: count,
    cellHeightPx: count,
    /** How far a look reaches beyond its cell on each side. */
    cellMarginXPx: margin,
    cellMarginYPx: margin,
    /** Features of a cell. */
    cellWidth: count,
    /** Largest page, in patches; a page is filled up with white to whole ones. */
    pageColumns: count,
    pageRows: v.pipe(count, v.maxValue(mostRows)),
    /** Tokens of prompt and answer together. */
    contextTokens: v.pipe(count, v.maxValue(65_536)),
  }),
  v.check(
    c => c.heads % 2 === 0 && c.width % (2 * c.heads) === 0,
    'an even number of heads and a width that splits evenly over them, an even part each',
  ),
  v.check(
    c => c.patchWidthPx % c.cellWidthPx === 0 && c.patchHeightPx % c.cellHeightPx === 0,
    'cells that tile a patch',
  ),
);

export type ReaderConfig = Readonly<v.InferOutput<typeof schema>>;

/** @throws GlyphError kind `config` */
export function parseReaderConfig(value: unknown): ReaderConfig {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const key = v.getDotPath(issue);
  throw new GlyphError({
    kind: 'config',
    operation: key === null ? 'read the config of a reader' : `read the reader's config key "${key}"`,
    expected: issue.type === 'check' ? issue.message : `${issue.expected ?? issue.message}`,
    actual: issue.type === 'check' ? 'other sizes' : issue.received,
  });
}

const tiny: ReaderConfig = {
  readerVersion: 1,
  vocabularySize: 360,
  width: 64,
  heads: 4,
  encoderLayers: 1,
  decoderLayers: 2,
  patchWidthPx: 32,
  patchHeightPx: 12,
  advancePx: 5.54,
  cellWidthPx: 4,
  cellHeightPx: 12,
  cellMarginXPx: 4,
  cellMarginYPx: 0,
  cellWidth: 16,
  pageColumns: 8,
  pageRows: 16,
  contextTokens: 128,
};

/** `tiny` is for tests; `small` is the reader of the repository. */
export const readerPresets = {
  tiny,
  small: {
    ...tiny,
    vocabularySize: 1024,
    width: 256,
    heads: 8,
    encoderLayers: 2,
    decoderLayers: 4,
    patchWidthPx: 64,
    cellMarginYPx: 2,
    cellWidth: 32,
    pageColumns: 10,
    pageRows: 64,
    contextTokens: 2048,
  },
} as const satisfies Record<string, ReaderConfig>;

export type ReaderPresetName = keyof typeof readerPresets;

/** Cells of a patch and pixels of a look, which follow from the config. */
export function cellsOf(config: ReaderConfig) {
  const { patchWidthPx, patchHeightPx, cellWidthPx, cellHeightPx, cellMarginXPx, cellMarginYPx } = config;
  const columns = patchWidthPx / cellWidthPx;
  const rows = patchHeightPx / cellHeightPx;
  const lookWidthPx = cellWidthPx + 2 * cellMarginXPx;
  const lookHeightPx = cellHeightPx + 2 * cellMarginYPx;
  return {
    columns,
    rows,
    count: columns * rows,
    lookWidthPx,
    lookHeightPx,
    pixels: lookWidthPx * lookHeightPx,
  };
}
