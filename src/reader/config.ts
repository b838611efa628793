/**
 * What a reader is: sizes of its pictures, layers and window, as one flat value that stands in `config.json` beside the
 * weights. A patch is one vision token; it is looked at through smaller cells, as GLM merges 2 × 2 small patches.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 20));
const layers = v.pipe(count, v.maxValue(256));
const margin = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(64));

const schema = v.pipe(
  v.strictObject({
    /** Names the architecture; another number is another one. */
    readerVersion: v.literal(1),
    vocabularySize: v.pipe(count, v.minValue(272)),
    /** Of the residual stream, shared by encoder and decoder. */
    width: count,
    heads: count,
    encoderLayers: layers,
    decoderLayers: layers,
    /** Side of a patch, e.g. 24. */
    patchPx: count,
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
    pageRows: count,
    /** Tokens of prompt and answer together. */
    contextTokens: v.pipe(count, v.maxValue(65_536)),
  }),
  v.check(c => c.width % (2 * c.heads) === 0, 'a width that splits evenly over the heads, an even part each'),
  v.check(
    c => c.patchPx % c.cellWidthPx === 0 && c.patchPx % c.cellHeightPx === 0,
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
  vocabularySize: 320,
  width: 64,
  heads: 4,
  encoderLayers: 1,
  decoderLayers: 2,
  patchPx: 12,
  cellWidthPx: 4,
  cellHeightPx: 12,
  cellMarginXPx: 4,
  cellMarginYPx: 0,
  cellWidth: 16,
  pageColumns: 32,
  pageRows: 16,
  contextTokens: 128,
};

/** `tiny` is for tests; `small` is the reader of the repository: lines of 12 px, two to a patch. */
export const readerPresets = {
  tiny,
  small: {
    ...tiny,
    vocabularySize: 1024,
    width: 256,
    encoderLayers: 2,
    decoderLayers: 4,
    patchPx: 24,
    cellWidth: 48,
    pageColumns: 32,
    pageRows: 32,
    contextTokens: 2048,
  },
} as const satisfies Record<string, ReaderConfig>;

export type ReaderPresetName = keyof typeof readerPresets;

/** Cells of a patch and pixels of a look, which follow from the config. */
export function cellsOf(config: ReaderConfig) {
  const { patchPx, cellWidthPx, cellHeightPx, cellMarginXPx, cellMarginYPx } = config;
  const columns = patchPx / cellWidthPx;
  const rows = patchPx / cellHeightPx;
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
