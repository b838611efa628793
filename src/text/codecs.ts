/**
 * Decoders for one known encoding, fed in pieces. UTF-8 and UTF-16 never tear a character at the end of a piece and know
 * the offset of malformed bytes; the rest go through the run-time's `TextDecoder`.
 */
import { GlyphError } from '../base/index.ts';
import { type UnicodeForm, utf8, utf16be, utf16le } from './malformed.ts';

/** What becomes of malformed bytes: an error, or U+FFFD and a count. */
export type InvalidBytes = 'refuse' | 'replace';

/** @throws GlyphError kind `input` from `decode`. */
export interface Codec {
  /** Text that is certain after these bytes. */
  decode(bytes: Uint8Array, isLast: 'last' | 'more'): string;
  /** Malformed sequences so far. */
  readonly replaced: number;
}

const forms: Readonly<Record<string, UnicodeForm>> = {
  'utf-8': utf8,
  'utf-16le': utf16le,
  'utf-16be': utf16be,
};

export const empty: Uint8Array = new Uint8Array(0);

export function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

const hex = (byte: number) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;

function malformedError(encoding: string, actual: string, cause?: unknown): GlyphError {
  const others = ['latin1', 'utf-16le', 'gb18030', 'shift_jis', 'utf-8'].filter(name => name !== encoding);
  return new GlyphError({
    kind: 'input',
    operation: 'decode text',
    expected: `valid ${encoding.toUpperCase()}`,
    actual,
    hint: `name the right encoding, e.g. --encoding ${others.slice(0, 4).join('|')}`,
    cause,
  });
}

/** Decodes without tearing characters at chunk ends, and knows where malformed bytes are. */
function unicodeCodec(
  encoding: string,
  form: UnicodeForm,
  invalid: InvalidBytes,
  startOffset: number,
): Codec {
  const strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder(encoding, { ignoreBOM: true });
  let carry: Uint8Array = empty;
  let offset = startOffset;
  let replaced = 0;

  function decodeComplete(bytes: Uint8Array): string {
    try {
      return strict.decode(bytes);
    } catch (cause) {
      const first = form.firstMalformed(bytes, 0);
      if (first === undefined) throw tooLong(bytes.length, cause);
      if (invalid === 'refuse') {
        const actual = `${hex(bytes[first.offset]!)} at byte ${offset + first.offset}`;
        throw malformedError(encoding, actual, cause);
      }
    }
    for (let at = 0; ; replaced++) {
      const found = form.firstMalformed(bytes, at);
      if (found === undefined) return lenient.decode(bytes);
      at = found.offset + found.length;
    }
  }

  return {
    decode(bytes, isLast) {
      const all = carry.length === 0 ? bytes : join(carry, bytes);
      const length = isLast === 'last' ? all.length : form.completeLength(all);
      const text = decodeComplete(all.subarray(0, length));
      carry = all.slice(length);
      offset += length;
      return text;
    },
    get replaced() {
      return replaced;
    },
  };
}

/** Bytes 0x80 to 0x9F of windows-1252; some run-times decode them as controls. */
const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

function legacyCodec(encoding: string, invalid: InvalidBytes): Codec {
  const decoder = new TextDecoder(encoding, { fatal: invalid === 'refuse' });
  let offset = 0;
  let replaced = 0;
  return {
    decode(bytes, isLast) {
      let text: string;
      try {
        text = decoder.decode(bytes, { stream: isLast === 'more' });
      } catch (cause) {
        throw malformedError(
          encoding,
          `malformed bytes between ${offset} and ${offset + bytes.length}`,
          cause,
        );
      }
      offset += bytes.length;
      for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) replaced++;
      if (encoding !== 'windows-1252') return text;
      return text.replace(/[\x80-\x9f]/g, control => windows1252[control.charCodeAt(0) - 0x80]!);
    },
    get replaced() {
      return replaced;
    },
  };
}

function tooLong(byteLength: number, cause: unknown): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: 'decode text',
    expected: 'at most 536,870,888 characters in one string',
    actual: `${byteLength} bytes`,
    hint: 'decode it as a stream',
    cause,
  });
}

/** A decoder for the encoding of this WHATWG name; `startOffset` is where in the source its first byte stands. */
export function createCodec(encoding: string, invalid: InvalidBytes, startOffset: number): Codec {
  const form = forms[encoding];
  return form === undefined
    ? legacyCodec(encoding, invalid)
    : unicodeCodec(encoding, form, invalid, startOffset);
}
