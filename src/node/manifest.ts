/**
 * `manifest.json`: what a folder of pages holds and where it came from. It is written last, so its presence means that
 * the folder is complete. Offsets count UTF-16 code units of the source as read.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import type { DocumentConfig } from '../render/index.ts';
import type { ContentKind } from '../text/index.ts';
import { errorCode, ioError } from './io-error.ts';
import type { Generator } from './package-version.ts';
import type { PageFileFacts } from './png-file.ts';
import type { InvalidBytes, Source, SourcePart } from './source.ts';

/** What a rendering is made from; two with the same work give the same pages. */
export interface RenderWork {
  readonly configHash: string;
  /** What `{title}` stands for in page headers. */
  readonly title: string;
  readonly source: {
    readonly name: string;
    readonly byteLength: number;
    readonly sha256: string;
    readonly encoding: string;
    readonly invalid: InvalidBytes;
  };
}

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface ManifestLine extends Span {
  /** What stands between this line's end and the next one's start. */
  readonly gap: 'none' | 'space' | 'newline' | 'end';
}

/** A page file without its lines. */
export interface PageSummary extends PageFileFacts {
  /** e.g. "page-0001.png" */
  readonly file: string;
  readonly span: Span;
  /** With an adaptive preset: the kind of content on the page, and the config of that kind. */
  readonly kind?: ContentKind;
  readonly configHash?: string;
}

export interface ManifestPage extends PageSummary {
  readonly lines: readonly ManifestLine[];
}

/** A figure that may be unknown says why in `reason`. */
export interface ManifestTotals {
  readonly characters: number;
  /** Malformed sequences read as U+FFFD. */
  readonly replaced: number;
  readonly textTokens: { readonly count: number | null; readonly tokenizer: string };
  readonly visionTokens: {
    readonly count: number | null;
    readonly model: string;
    readonly basis: string | null;
    readonly reason?: string;
  };
  /** Text tokens for each vision token; null where one of them is unknown or there is no page. */
  readonly ratio: number | null;
  /** Code points that no font has, drawn as a box with their number. */
  readonly missing: readonly { readonly codePoint: string; readonly count: number }[];
}

/** All but the pages. */
export interface ManifestHead extends RenderWork, ManifestTotals {
  readonly formatVersion: 1;
  readonly generator: Generator;
  readonly config: DocumentConfig;
  /** The files of a source that joins several. */
  readonly sources?: readonly SourcePart[];
}

export interface RenderManifest extends ManifestHead {
  readonly pages: readonly ManifestPage[];
}

export const manifestName = 'manifest.json';

/** Four digits, more where needed. */
export const pageFileName = (number: number): string => `page-${String(number).padStart(4, '0')}.png`;

export const isPageFileName = (name: string): boolean => /^page-\d{4,}\.png$/.test(name);

export function renderWork(source: Source, configHash: string, title: string): RenderWork {
  const { name, byteLength, sha256, encoding, invalid } = source;
  return { configHash, title, source: { name, byteLength, sha256, encoding, invalid } };
}

/** Whether two works give the same pages; the name a source goes by is no matter. */
export function isSameWork(a: RenderWork, b: RenderWork): boolean {
  const keyOf = ({ configHash, title, source: { sha256, encoding, invalid } }: RenderWork) =>
    JSON.stringify([configHash, title, sha256, encoding, invalid]);
  return keyOf(a) === keyOf(b);
}

/** What work and state files have in common; other fields are let through. */
export const workSchema = v.looseObject({
  formatVersion: v.literal(1),
  generator: v.looseObject({ name: v.literal('glyph'), version: v.string() }),
  configHash: v.string(),
  title: v.string(),
  source: v.looseObject({
    name: v.string(),
    byteLength: v.number(),
    sha256: v.string(),
    encoding: v.string(),
    invalid: v.picklist(['refuse', 'replace']),
  }),
});

/** The fields that are asked of a manifest found in a folder; it was written whole by this package. */
const manifestSchema = v.looseObject({
  ...workSchema.entries,
  pages: v.array(
    v.looseObject({ file: v.pipe(v.string(), v.check(isPageFileName)), byteLength: v.number() }),
  ),
});

/**
 * The manifest of a folder; undefined where there is none.
 * @throws GlyphError kind `io` where it cannot be read or is of another program
 */
export async function readManifest(folder: string): Promise<RenderManifest | undefined> {
  return (await readJsonFile(join(folder, manifestName), manifestSchema)) as RenderManifest | undefined;
}

/** A JSON file that fits a schema; undefined where there is none. @throws GlyphError kind `io`. */
export async function readJsonFile<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  const operation = `read ${JSON.stringify(path)}`;
  try {
    const result = v.safeParse(schema, JSON.parse(await readFile(path, 'utf8')));
    if (result.success) return result.output;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError)) throw ioError(operation, 'a readable file', error);
  }
  throw new GlyphError({
    kind: 'io',
    operation,
    expected: 'a file this program wrote',
    actual: 'another one',
  });
}
