/**
 * A corpus: documents of any size that are read in stretches, each on one side of the split. Opening reads every file
 * once, for its hash, its length and its shingles; what is no usable text is recorded and left out.
 */
import { GlyphError, throwIfAborted } from '../base/index.ts';
import { startFingerprint } from './fingerprint.ts';
import { maxSamples, type Split, splitDocuments } from './split.ts';

/** A document that was read once. */
export interface CorpusText {
  /** e.g. "novels/bleak-house.txt" */
  readonly name: string;
  readonly byteLength: number;
  /** Of the file's bytes, 64 hex digits. */
  readonly sha256: string;
  /** UTF-16 code units of its text. */
  readonly length: number;
  /** The characters from `start` to before `end`. @throws GlyphError kind `io` or `input` where the file has changed */
  read(start: number, end: number): Promise<string>;
}

export interface SkippedFile {
  readonly name: string;
  /** e.g. "not text" */
  readonly reason: string;
}

/** A file before it was read. */
export interface CorpusFile {
  readonly name: string;
  readonly byteLength: number;
  /** Reads it all; `onText` sees its text in pieces. */
  open(onText: (piece: string) => void): Promise<CorpusText | SkippedFile>;
}

export interface CorpusDocument extends CorpusText {
  readonly split: Split;
  /** The first document of which it is a near duplicate. */
  readonly nearDuplicateOf: string | undefined;
}

export interface Corpus {
  readonly documents: readonly CorpusDocument[];
  readonly skipped: readonly SkippedFile[];
}

export interface OpenCorpusOptions {
  /** Of the documents, to validation; 0 to 1. */
  readonly valShare: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes read so far, of all. */
  readonly onProgress?: ((readBytes: number, allBytes: number) => void) | undefined;
}

/** Shorter texts make no page. */
export const leastLength = 64;

/**
 * @param files in an order that is the same everywhere
 * @throws GlyphError kind `input` where no file is usable, `aborted`
 */
export async function openCorpus(files: readonly CorpusFile[], options: OpenCorpusOptions): Promise<Corpus> {
  const allBytes = files.reduce((sum, file) => sum + file.byteLength, 0);
  const share = Math.min(1, maxSamples / Math.max(1, allBytes));
  const texts: CorpusText[] = [];
  const shingles: Float64Array[] = [];
  const skipped: SkippedFile[] = [];
  const seen = new Map<string, string>();
  let readBytes = 0;
  for (const file of files) {
    throwIfAborted(options.signal, 'read the corpus');
    const fingerprint = startFingerprint(share);
    const text = await file.open(fingerprint.push);
    readBytes += file.byteLength;
    options.onProgress?.(readBytes, allBytes);
    const reason = 'reason' in text ? text.reason : unusable(text, seen);
    if (reason === undefined && !('reason' in text)) {
      seen.set(text.sha256, text.name);
      texts.push(text);
      shingles.push(fingerprint.end());
    } else skipped.push({ name: file.name, reason: reason ?? '' });
  }
  if (texts.length === 0) throw nothingUsable(skipped);
  const inputs = texts.map(({ sha256, length }, i) => ({ sha256, length, shingles: shingles[i]! }));
  const outcomes = splitDocuments(inputs, options.valShare);
  const documents = texts.map((text, i): CorpusDocument => {
    const { split, cluster } = outcomes[i]!;
    return { ...text, split, nearDuplicateOf: cluster === i ? undefined : texts[cluster]!.name };
  });
  return { documents, skipped };
}

function unusable(text: CorpusText, seen: ReadonlyMap<string, string>): string | undefined {
  if (text.length < leastLength) return `fewer than ${leastLength} characters`;
  const twin = seen.get(text.sha256);
  return twin === undefined ? undefined : `the same bytes as ${twin}`;
}

function nothingUsable(skipped: readonly SkippedFile[]): GlyphError {
  const [first] = skipped;
  return new GlyphError({
    kind: 'input',
    operation: 'read the corpus',
    expected: 'at least one usable text',
    actual:
      first === undefined
        ? 'no file'
        : `${skipped.length} left out, e.g. ${JSON.stringify(first.name)}: ${first.reason}`,
  });
}
