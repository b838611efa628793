import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagePart } from './image-part.ts';

/** Bytes from hex and from text in quotes. */
const bytes = (text: string) =>
  Uint8Array.from(
    text
      .match(/'[^']*'|[0-9a-f]{2}/g)!
      .flatMap(piece =>
        piece.startsWith("'")
          ? [...piece.slice(1, -1)].map(each => each.charCodeAt(0))
          : [Number.parseInt(piece, 16)],
      ),
  );

/** 600 is 258 in hex, 800 is 320. */
const files: readonly (readonly [string, string, string])[] = [
  ['image/png', 'PNG', "89 'PNG' 0d0a1a0a 0000000d 'IHDR' 00000258 00000320 08"],
  ['image/gif', 'GIF', "'GIF89a' 5802 2003 00"],
  ['image/jpeg', 'JPEG', 'ffd8 ffe0 0004 0000 ff ffdb 0003 00 ffc2 0011 08 0320 0258 03'],
  ['image/webp', 'lossy WebP', "'RIFF' 00000000 'WEBP' 'VP8 ' 00000000 000000 9d012a 5802 2003"],
  ['image/webp', 'lossless WebP', "'RIFF' 00000000 'WEBP' 'VP8L' 00000000 2f 57c2c700 00"],
  ['image/webp', 'extended WebP', "'RIFF' 00000000 'WEBP' 'VP8X' 0a000000 10000000 570200 1f0300"],
];

for (const [mediaType, name, text] of files) {
  test(`type and size of a ${name} picture, and nothing of one that is cut off`, () => {
    const file = bytes(text);
    const { widthPx, heightPx, ...part } = imagePart(file, 'a');
    assert.deepEqual([part.mediaType, widthPx, heightPx], [mediaType, 600, 800]);
    assert.throws(
      () => imagePart(file.slice(0, -4), 'scan.x'),
      /read "scan.x": expected a PNG, JPEG, GIF or WebP/,
    );
  });
}

test('what is no picture is refused', () => {
  assert.throws(() => imagePart(new Uint8Array(), 'a'), /got an empty file/);
  assert.throws(() => imagePart(bytes("'<svg></svg>'"), 'a'), /got something else/);
  assert.throws(() => imagePart(bytes('ffd8 ffff ffff'), 'a'), /or a part of one/);
});
