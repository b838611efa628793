/**
 * Cuts a stream of bytes into records: the lines of a JSONL file or the elements of a JSON array. Works on bytes, so
 * that a file larger than a string can be streams through, and bounds a record, so that a file without line ends
 * cannot fill the memory.
 */
import { throwIfAborted } from '../../base/index.ts';
import type { DataFile } from './data-files.ts';

export interface FileRecord {
  /** From 1: the line, or the element's place. */
  readonly line: number;
  /** Undefined for a record over the limit. */
  readonly bytes: Uint8Array | undefined;
  readonly byteLength: number;
}

const sliceBytes = 1 << 20;
const [newline, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
const byteOrderMark = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Records that hold more than white space. A file whose first character is "[" is an array, any other has lines. */
export async function* readRecords(
  file: DataFile,
  mostBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<FileRecord> {
  let cut: ((byte: number) => Cut) | undefined;
  const collector = createCollector(mostBytes);
  for (let at = 0; at < file.byteLength; at += sliceBytes) {
    throwIfAborted(signal, 'read a data file');
    const slice = await file.slice(at, Math.min(at + sliceBytes, file.byteLength));
    let from = at === 0 && byteOrderMark.every((byte, i) => slice[i] === byte) ? byteOrderMark.length : 0;
    if (cut === undefined) {
      const first = slice.subarray(from).find(byte => !isSpace(byte));
      if (first === undefined) continue;
      cut = first === openBracket ? cutArray() : cutLines;
    }
    for (let i = from; i < slice.length; i++) {
      const what = cut(slice[i]!);
      if (what === 'keep') continue;
      collector.add(slice.subarray(from, i));
      from = i + 1;
      const record = what === 'end-record' ? collector.take() : collector.drop();
      if (record !== undefined) yield record;
    }
    collector.add(slice.subarray(from));
  }
  const last = collector.take();
  if (last !== undefined) yield last;
}

/** What a byte means: part of the record, the end of one, or a mark between records. */
type Cut = 'keep' | 'end-record' | 'skip';

const cutLines = (byte: number): Cut => (byte === newline ? 'end-record' : 'keep');

/** Follows brackets and strings; the elements are what stands at depth 1. */
function cutArray(): (byte: number) => Cut {
  let depth = 0;
  let inside: 'value' | 'string' | 'escape' = 'value';
  return byte => {
    if (inside === 'escape') {
      inside = 'string';
    } else if (inside === 'string') {
      if (byte === backslash) inside = 'escape';
      else if (byte === quote) inside = 'value';
    } else if (byte === quote) {
      inside = 'string';
    } else if (byte === openBracket || byte === openBrace) {
      depth++;
      if (depth === 1) return 'skip';
    } else if (byte === closeBracket || byte === closeBrace) {
      depth--;
      if (depth === 0) return 'end-record';
    } else if (byte === comma && depth === 1) {
      return 'end-record';
    }
    return 'keep';
  };
}

/** Gathers a record from slices; counts lines. */
function createCollector(mostBytes: number) {
  let parts: Uint8Array[] = [];
  let byteLength = 0;
  let line = 0;
  const reset = () => {
    parts = [];
    byteLength = 0;
  };
  return {
    add(bytes: Uint8Array): void {
      byteLength += bytes.length;
      if (byteLength > mostBytes) parts = [];
      else if (bytes.length > 0) parts.push(bytes);
    },
    /** The record so far, undefined for white space. */
    take(): FileRecord | undefined {
      line++;
      const record = {
        line,
        byteLength,
        bytes: byteLength > mostBytes ? undefined : join(parts, byteLength),
      };
      reset();
      return record.bytes?.every(isSpace) ? undefined : record;
    },
    drop(): undefined {
      reset();
    },
  };
}

function join(parts: readonly Uint8Array[], byteLength: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(byteLength);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
