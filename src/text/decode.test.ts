/** Bytes to text: encodings, marks, refusals, and streams cut anywhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlyphError } from '../base/index.ts';
import { createTextDecoder, type DecodeOptions, decodeText } from './decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), order === 'le');
  return bytes;
}

const bytesOf = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap(p => [...p]));

/** Decodes in pieces of the given sizes, the last size repeated. */
function decodeInPieces(bytes: Uint8Array, sizes: readonly number[], options?: DecodeOptions) {
  const decoder = createTextDecoder(options);
  let text = '';
  const buffer = new Uint8Array(bytes.length);
  for (let at = 0, k = 0; at < bytes.length; k++) {
    const size = Math.max(1, sizes[Math.min(k, sizes.length - 1)] ?? 1);
    const piece = buffer.subarray(0, Math.min(size, bytes.length - at));
    piece.set(bytes.subarray(at, at + piece.length));
    text += decoder.push(piece);
    piece.fill(0xff); // a caller may use its buffer again
    at += piece.length;
  }
  text += decoder.end();
  return { text, encoding: decoder.encoding, replaced: decoder.replaced };
}

const throws = (bytes: Uint8Array, kind: string, message: RegExp, options?: DecodeOptions) =>
  assert.throws(
    () => decodeText(bytes, options),
    (error: unknown) => {
      assert.ok(error instanceof GlyphError);
      assert.equal(error.kind, kind);
      assert.match(error.message, message);
      return true;
    },
  );

const sample = 'Grüße, 世界 😀\r\n';

test('detects UTF-8 and UTF-16, with a mark and without', () => {
  assert.deepEqual(decodeText(utf8(sample)), { text: sample, encoding: 'utf-8', replaced: 0 });
  assert.deepEqual(decodeText(bytesOf([0xef, 0xbb, 0xbf], utf8(sample))).text, sample);
  assert.deepEqual(decodeText(bytesOf([0xff, 0xfe], utf16(sample, 'le'))).encoding, 'utf-16le');
  assert.deepEqual(decodeText(bytesOf([0xfe, 0xff], utf16(sample, 'be'))).text, sample);
  assert.deepEqual(decodeText(utf16('plain text 世\n', 'le')).text, 'plain text 世\n');
  assert.deepEqual(decodeText(utf16('plain text 世\n', 'be')).encoding, 'utf-16be');
  assert.deepEqual(decodeText(new Uint8Array()), { text: '', encoding: 'utf-8', replaced: 0 });
});

test('only the first mark is one', () => {
  assert.equal(decodeText(utf8('\ufeff\ufeffa')).text, '\ufeffa');
  assert.equal(decodeText(utf8('a\ufeff')).text, 'a\ufeff');
});

test('decodes what it is told to', () => {
  assert.equal(decodeText(bytesOf([0xe9, 0x93, 0x80]), { encoding: 'latin1' }).text, 'é“€');
  assert.equal(decodeText(bytesOf([0xd6, 0xd0, 0xce, 0xc4]), { encoding: 'gb18030' }).text, '中文');
  assert.equal(decodeText(bytesOf([0x93, 0xfa, 0x96, 0x7b]), { encoding: 'Shift_JIS' }).text, '日本');
  assert.equal(decodeText(bytesOf([0xb0, 0xa1]), { encoding: 'euc-kr' }).text, '가');
  assert.equal(decodeText(bytesOf([0xfe, 0xff], utf16('hi', 'be')), { encoding: 'utf-16' }).text, 'hi');
  assert.equal(decodeText(utf16('中文', 'le'), { encoding: 'utf-16le' }).text, '中文');
  assert.equal(decodeText(utf8('a\0b'), { encoding: 'utf-8' }).text, 'a\0b', 'a named encoding admits NUL');
});

test('refuses malformed bytes by their offset', () => {
  throws(
    bytesOf(utf8('abc'), [0xe9], utf8('d')),
    'input',
    /valid UTF-8, got 0xE9 at byte 3 .*--encoding latin1\|utf-16le/,
  );
  throws(bytesOf([0xef, 0xbb, 0xbf], utf8('abc'), [0x80]), 'input', /at byte 6/);
  throws(bytesOf(utf8('ab'), [0xe4, 0xb8]), 'input', /0xE4 at byte 2/);
  throws(bytesOf([0xff, 0xfe], utf16('a\ud800b', 'le')), 'input', /valid UTF-16LE, got 0x00 at byte 4/);
  throws(bytesOf([0xff, 0xfe], utf16('ab', 'le'), [0x41]), 'input', /at byte 6/);
  throws(bytesOf([0x81]), 'input', /valid SHIFT_JIS, got malformed bytes between 0 and/, {
    encoding: 'shift_jis',
  });
});

test('replaces and counts malformed bytes on request', () => {
  const options: DecodeOptions = { invalid: 'replace' };
  const bytes = bytesOf(utf8('a\ufffd'), [0xe9], utf8('b'), [0xe4, 0xb8], utf8('c'), [0xf0, 0x9f]);
  assert.deepEqual(decodeText(bytes, options), {
    text: 'a\ufffd\ufffdb\ufffdc\ufffd',
    encoding: 'utf-8',
    replaced: 3,
  });
  const lone = decodeText(bytesOf([0xff, 0xfe], utf16('a\udc00\ud800b\ud800', 'le')), options);
  assert.deepEqual(lone, { text: 'a\ufffd\ufffdb\ufffd', encoding: 'utf-16le', replaced: 3 });
});

test('refuses what is not text, by name', () => {
  throws(utf8('%PDF-1.7\n'), 'input', /expected text, got a PDF document/);
  throws(bytesOf(utf8('PK\x03\x04'), [0, 0]), 'input', /ZIP archive/);
  throws(bytesOf([0x89], utf8('PNG\r\n')), 'input', /PNG image/);
  throws(bytesOf([0x1f, 0x8b, 8]), 'input', /gzip/);
  throws(utf8('text\0more'), 'input', /a NUL byte at offset 4 .*--encoding utf-8/);
  throws(utf8('\x01\x02\x03\x04abcdefgh'), 'input', /4 control bytes among the first 12/);
  assert.equal(decodeText(utf8('\x1b[31mred\x1b[0m\n')).text.length, 13, 'terminal colours are text');
  assert.equal(decodeText(utf8(`${'a'.repeat(9000)}\0`)).text.length, 9001, 'only the beginning decides');
});

test('refuses an unknown encoding with the nearest name', () => {
  throws(utf8('a'), 'config', /"utf-16lee".*did you mean "utf-16le"\?/, { encoding: 'utf-16lee' });
  throws(utf8('a'), 'config', /"shiftjis2".*did you mean "shift_jis"/, { encoding: 'shiftjis2' });
  throws(utf8('a'), 'config', /"zzzzzzzzzzzzzz"/, { encoding: 'zzzzzzzzzzzzzz' });
});

test('a stream cut anywhere gives the same text', () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 200 })
    .map(part => `x${part}`.replaceAll('\0', ' ').repeat(60));
  const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 });
  fc.assert(
    fc.property(text, sizes, fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'), (value, cuts, encoding) => {
      const bytes = encoding === 'utf-8' ? utf8(value) : utf16(value, encoding === 'utf-16le' ? 'le' : 'be');
      assert.deepEqual(decodeInPieces(bytes, cuts, { encoding }), decodeText(bytes, { encoding }));
      assert.equal(decodeText(bytes, { encoding }).text, value.replace(/^\ufeff/, ''));
    }),
    { numRuns: 60 },
  );
});

test('arbitrary bytes: the count of replacements is exact, with the run-time as judge', () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  const lively = fc.array(
    fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xff),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        lively.map(all => Uint8Array.from(all)),
      ),
      fc.array(fc.nat(5)),
      (value, cuts) => {
        const options: DecodeOptions = { encoding: 'utf-8', invalid: 'replace' };
        const expected = new TextDecoder().decode(value);
        const { text, replaced } = decodeInPieces(bytesOf(value), cuts, options);
        assert.equal(text, expected);
        const written = value.reduce(
          (n, byte, i) => n + Number(byte === 0xef && value[i + 1] === 0xbf && value[i + 2] === 0xbd),
          0,
        );
        assert.equal(replaced + written, expected.split('\ufffd').length - 1);
      },
    ),
    { numRuns: 500 },
  );
});
