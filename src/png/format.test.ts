import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { checkBitmap, type PngFormat, pixelStorage } from './format.ts';

const ramp = (grey: (level: number) => number, levels = 256) =>
  Uint8Array.from({ length: levels * 3 }, (_, i) => grey(Math.floor(i / 3)));

test('grey of 8 bits is stored as grey, all else by its palette', () => {
  const white = pixelStorage({ bitDepth: 8, content: 'coverage', palette: ramp(level => 255 - level) });
  assert.deepEqual(
    [white.palette, white.packing, white.background],
    [undefined, { kind: 'bytes', flip: 255 }, 255],
  );
  const black = pixelStorage({ bitDepth: 8, content: 'coverage', palette: ramp(level => level) });
  assert.deepEqual(
    [black.palette, black.packing, black.background],
    [undefined, { kind: 'bytes', flip: 0 }, 0],
  );
  const soft = pixelStorage({ bitDepth: 8, content: 'coverage', palette: ramp(level => 240 - (level >> 1)) });
  assert.deepEqual([soft.palette, soft.packing.kind, soft.background], [undefined, 'table', 240]);
  const coloured = ramp(level => 255 - level).map((value, i) => (i % 3 === 0 ? value >> 1 : value));
  assert.equal(pixelStorage({ bitDepth: 8, content: 'coverage', palette: coloured }).palette, coloured);
  const four = ramp(level => 255 - 17 * level, 16);
  assert.equal(pixelStorage({ bitDepth: 4, content: 'coverage', palette: four }).palette, four);
});

test('formats that cannot be stored are refused', () => {
  const wrong: readonly (readonly [RegExp, unknown])[] = [
    [/bit depth of 1, 2, 4 or 8, got 3/, { bitDepth: 3, content: 'coverage', palette: ramp(() => 0, 8) }],
    [/16 colours \(48 bytes\)/, { bitDepth: 4, content: 'coverage', palette: ramp(() => 0, 15) }],
    [/256 colours/, { bitDepth: 8, content: 'coverage', palette: ramp(() => 0, 16) }],
    [
      /bit depth of 8 for palette indices, got 4/,
      { bitDepth: 4, content: 'index', palette: ramp(() => 0, 16) },
    ],
    [/1 to 256 colours/, { bitDepth: 8, content: 'index', palette: new Uint8Array(0) }],
    [/1 to 256 colours/, { bitDepth: 8, content: 'index', palette: new Uint8Array(7) }],
    [/1 to 256 colours/, { bitDepth: 8, content: 'index', palette: new Uint8Array(257 * 3) }],
  ];
  for (const [message, format] of wrong) {
    assert.throws(
      () => pixelStorage(format as PngFormat),
      error => error instanceof GlyphError && error.kind === 'input' && message.test(error.message),
    );
  }
});

test('bitmaps whose numbers do not fit are refused', () => {
  const right = { widthPx: 10, heightPx: 3, stride: 12, offset: 5, data: new Uint8Array(5 + 2 * 12 + 10) };
  checkBitmap(right);
  const wrong: readonly (readonly [RegExp, object])[] = [
    [/width of 1 to/, { widthPx: 0 }],
    [/width of 1 to/, { widthPx: 1.5 }],
    [/height of 1 to/, { heightPx: -1 }],
    [/height of 1 to/, { heightPx: Number.NaN }],
    [/height of 1 to/, { heightPx: 2 ** 31 }],
    [/stride of at least the width, 10, got 9/, { stride: 9 }],
    [/40 bytes of pixels \(offset 6\), got 39/, { offset: 6 }],
    [/bytes of pixels/, { offset: -1 }],
    [/bytes of pixels/, { heightPx: 4 }],
  ];
  for (const [message, change] of wrong) {
    assert.throws(
      () => checkBitmap({ ...right, ...change }),
      error => error instanceof GlyphError && error.kind === 'input' && message.test(error.message),
    );
  }
});
