/**
 * Malformed sequences in UTF-8 and UTF-16: where they are and how many, which `TextDecoder` does not tell, and where a
 * chunk may be cut without tearing a character apart. Sequences are counted as the WHATWG Encoding Standard replaces
 * them: one U+FFFD for each maximal part that could have begun a character.
 */

export interface UnicodeForm {
  /** Length of the longest prefix that does not end inside a character. */
  completeLength(bytes: Uint8Array): number;
  /** Offset of the first malformed sequence at or after `from` and its length in bytes; `from` starts a character. */
  firstMalformed(
    bytes: Uint8Array,
    from: number,
  ): { readonly offset: number; readonly length: number } | undefined;
}

/** Bytes of the character this byte leads, 0 where it leads none. */
function utf8Length(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Whether `byte` may stand second after `lead` (Unicode, table 3-7). */
function maySecond(lead: number, byte: number): boolean {
  if (lead === 0xe0) return byte >= 0xa0 && byte <= 0xbf;
  if (lead === 0xed) return byte >= 0x80 && byte <= 0x9f;
  if (lead === 0xf0) return byte >= 0x90 && byte <= 0xbf;
  if (lead === 0xf4) return byte >= 0x80 && byte <= 0x8f;
  return (byte & 0xc0) === 0x80;
}

/** Bytes from `offset` on that belong to one character or to the beginning of one; at least 1. */
function utf8PrefixLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset]!;
  const wanted = utf8Length(lead);
  let length = 1;
  while (length < wanted && offset + length < bytes.length) {
    const byte = bytes[offset + length]!;
    if (length === 1 ? !maySecond(lead, byte) : (byte & 0xc0) !== 0x80) break;
    length++;
  }
  return length;
}

export const utf8: UnicodeForm = {
  completeLength(bytes) {
    for (let offset = Math.max(0, bytes.length - 3); offset < bytes.length; offset++) {
      const wanted = utf8Length(bytes[offset]!);
      if (wanted < 2 || offset + wanted <= bytes.length) continue;
      if (offset + utf8PrefixLength(bytes, offset) === bytes.length) return offset;
    }
    return bytes.length;
  },
  firstMalformed(bytes, from) {
    for (let offset = from; offset < bytes.length; ) {
      const length = utf8PrefixLength(bytes, offset);
      if (length !== utf8Length(bytes[offset]!)) return { offset, length };
      offset += length;
    }
    return undefined;
  },
};

function utf16(lowByte: 0 | 1): UnicodeForm {
  const kindAt = (bytes: Uint8Array, offset: number) => bytes[offset + 1 - lowByte]! & 0xfc;
  const isHigh = (bytes: Uint8Array, offset: number) => kindAt(bytes, offset) === 0xd8;
  const isLow = (bytes: Uint8Array, offset: number) => kindAt(bytes, offset) === 0xdc;
  return {
    completeLength(bytes) {
      const even = bytes.length & ~1;
      return even >= 2 && isHigh(bytes, even - 2) ? even - 2 : even;
    },
    firstMalformed(bytes, from) {
      for (let offset = from; offset < bytes.length; offset += 2) {
        if (offset + 1 === bytes.length) return { offset, length: 1 };
        if (isLow(bytes, offset)) return { offset, length: 2 };
        if (!isHigh(bytes, offset)) continue;
        if (offset + 3 >= bytes.length) return { offset, length: bytes.length - offset };
        if (!isLow(bytes, offset + 2)) return { offset, length: 2 };
        offset += 2;
      }
      return undefined;
    },
  };
}

export const utf16le: UnicodeForm = utf16(0);
export const utf16be: UnicodeForm = utf16(1);
