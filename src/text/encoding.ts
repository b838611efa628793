/**
 * Which encoding a text file is in, or what it is instead: byte order marks, UTF-16 by its pattern of zero bytes,
 * binary formats by their signatures, other binary data by its control bytes. Everything else is UTF-8.
 */
import { GlyphError, nearestName } from '../base/index.ts';

/** How many bytes at the start of a source decide. */
export const sniffLength = 8192;

export interface DetectedEncoding {
  /** WHATWG name in lower case, e.g. `utf-8`. */
  readonly encoding: string;
  /** Bytes of byte order mark to skip. */
  readonly markLength: number;
}

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const signatures: readonly (readonly [string, string])[] = [
  ['a PDF document', '%PDF-'],
  ['a ZIP archive (also docx, xlsx, epub)', 'PK\x03\x04'],
  ['gzip data', '\x1f\x8b'],
  ['bzip2 data', 'BZh9'],
  ['xz data', '\xfd7zXZ'],
  ['zstd data', '\x28\xb5\x2f\xfd'],
  ['a 7z archive', '7z\xbc\xaf\x27\x1c'],
  ['a PNG image', '\x89PNG'],
  ['a JPEG image', '\xff\xd8\xff'],
  ['a GIF image', 'GIF8'],
  ['an old Office document', '\xd0\xcf\x11\xe0'],
  ['an ELF executable', '\x7fELF'],
  ['a WebAssembly module', '\0asm'],
  ['a SQLite database', 'SQLite format 3\0'],
];

/** Names to offer after a typo; any label of the WHATWG Encoding Standard works. */
const knownEncodings = (
  'utf-8 utf-16 utf-16le utf-16be latin1 ascii windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 ' +
  'windows-1255 windows-1256 windows-1257 windows-1258 windows-874 iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 ' +
  'iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r ' +
  'koi8-u macintosh ibm866 gbk gb2312 gb18030 big5 shift_jis euc-jp iso-2022-jp euc-kr'
).split(' ');

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, i) => bytes[i] === byte);

const codesOf = (text: string) => Array.from(text, character => character.charCodeAt(0));

/**
 * The WHATWG name behind a label, e.g. `windows-1252` behind `latin1`.
 * @throws GlyphError kind `config` for a label this run-time does not know.
 */
export function resolveEncoding(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    const nearest = nearestName(label, knownEncodings);
    throw new GlyphError({
      kind: 'config',
      operation: 'choose the text encoding',
      expected: 'an encoding such as utf-8, utf-16le, latin1, gb18030, shift_jis',
      actual: JSON.stringify(label),
      ...(nearest === undefined ? {} : { hint: `did you mean "${nearest}"?` }),
      cause,
    });
  }
}

/** The encoding a byte order mark at the very start tells, if there is one. */
export function encodingByMark(head: Uint8Array): DetectedEncoding | undefined {
  for (const [encoding, mark] of marks) {
    if (startsWith(head, mark)) return { encoding, markLength: mark.length };
  }
  return undefined;
}

/**
 * Detects from the first bytes of a source (`sniffLength` of them, or all).
 * @throws GlyphError kind `input` when they are not text.
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  const marked = encodingByMark(head);
  if (marked !== undefined) return marked;
  for (const [name, signature] of signatures) {
    if (startsWith(head, codesOf(signature))) throw notText(name, 'turn it into plain text first');
  }
  const encoding = utf16ByZeros(head) ?? 'utf-8';
  if (encoding === 'utf-8') refuseBinary(head);
  return { encoding, markLength: 0 };
}

/** Fewer code units tell nothing: a stray NUL in a short file would look like UTF-16. */
const minUnits = 4;

/** UTF-16 of mostly Latin text: every other byte is zero, the rest is text. */
function utf16ByZeros(head: Uint8Array): string | undefined {
  const units = head.length >> 1;
  if (units < minUnits) return undefined;
  const zeros = [0, 0];
  const controls = [0, 0];
  for (let i = 0; i < 2 * units; i++) {
    const byte = head[i]!;
    if (byte === 0) zeros[i & 1]!++;
    else if (byte < 32 && !isTextControl(byte)) controls[i & 1]!++;
  }
  const isText = (low: 0 | 1) =>
    zeros[low ^ 1]! > 0.4 * units && zeros[low]! < 0.05 * units && controls[low]! < 0.2 * units;
  if (isText(0)) return 'utf-16le';
  return isText(1) ? 'utf-16be' : undefined;
}

/** Backspace to carriage return, and escape, occur in terminal logs. */
const isTextControl = (byte: number) => (byte >= 8 && byte <= 13) || byte === 27;

function refuseBinary(head: Uint8Array): void {
  const hint = 'name its encoding, e.g. --encoding utf-8, to read it as text all the same';
  let controls = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]!;
    if (byte === 0) throw notText(`a NUL byte at offset ${i}`, hint);
    if ((byte < 32 && !isTextControl(byte)) || byte === 127) controls++;
  }
  if (controls > 0.1 * head.length) {
    throw notText(`${controls} control bytes among the first ${head.length}`, hint);
  }
}

function notText(actual: string, hint: string): GlyphError {
  return new GlyphError({ kind: 'input', operation: 'read text', expected: 'text', actual, hint });
}
