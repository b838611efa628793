import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { convertIndexedToRgb, decode } from 'fast-png';
import { type Bitmap, createRandom, GlyphError, KernelMemory, sha256Hex } from '../base/index.ts';
import { createPngEncoder, type PngFormat } from './index.ts';

const wasm = createPngEncoder(new KernelMemory());
const plain = createPngEncoder(new KernelMemory({ wasm: 'off' }));

const depths = [1, 2, 4, 8] as const;
type Depth = (typeof depths)[number];

/** White to black in even steps. */
function greyFormat(bitDepth: Depth): PngFormat {
  const top = 2 ** bitDepth - 1;
  const palette = Uint8Array.from(
    { length: (top + 1) * 3 },
    (_, i) => 255 - Math.round((Math.floor(i / 3) * 255) / top),
  );
  return { bitDepth, content: 'coverage', palette };
}

/** Yellow to blue: no grey, so a palette at any depth. */
function colourFormat(bitDepth: Depth): PngFormat {
  const top = 2 ** bitDepth - 1;
  const palette = Array.from({ length: top + 1 }, (_, level) => [
    255 - level,
    240,
    Math.round((level * 255) / top),
  ]);
  return { bitDepth, content: 'coverage', palette: Uint8Array.from(palette.flat()) };
}

function bitmapOf(widthPx: number, heightPx: number, at: (x: number, y: number) => number): Bitmap {
  const data = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) data[y * widthPx + x] = at(x, y);
  return { widthPx, heightPx, stride: widthPx, data, offset: 0 };
}

/** Something like lines of text: a few shapes, repeated at varied places, on blank ground. */
function textBitmap(widthPx: number, heightPx: number, seed = 1): Bitmap {
  const random = createRandom(seed);
  const shapes = Array.from({ length: 40 }, () => {
    const width = random.integer(2, 8);
    return bitmapOf(width, 7, x => (x % 3 === 0 ? 255 : random.integer(0, 2) * 100));
  });
  const bitmap = bitmapOf(widthPx, heightPx, () => 0);
  for (let top = 3; top + 7 <= heightPx; top += 10) {
    for (let left = 5; ; ) {
      const shape = random.pick(shapes);
      if (left + shape.widthPx > widthPx - 5) break;
      for (let y = 0; y < 7; y++) {
        for (let x = 0; x < shape.widthPx; x++)
          bitmap.data[(top + y) * widthPx + left + x] = shape.data[y * shape.widthPx + x]!;
      }
      left += shape.widthPx + random.pick([1, 1, 1, 1, 4]);
    }
  }
  return bitmap;
}

function noiseBitmap(widthPx: number, heightPx: number, seed = 1): Bitmap {
  const random = createRandom(seed);
  return bitmapOf(widthPx, heightPx, () => random.integer(0, 255));
}

/** Colours a decoder should see, three bytes a pixel. */
function expectedRgb(
  { widthPx, heightPx, stride, data, offset }: Bitmap,
  { bitDepth, content, palette }: PngFormat,
) {
  const top = 2 ** bitDepth - 1;
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < widthPx * heightPx; i++) {
    const byte = data[offset + Math.floor(i / widthPx) * stride + (i % widthPx)]!;
    const level = content === 'index' ? byte : Math.round((byte * top) / 255);
    rgb.set(palette.subarray(level * 3, level * 3 + 3), i * 3);
  }
  return rgb;
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

/** The chunks of a PNG, their CRCs checked. */
function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    assert.equal(
      view.getUint32(at + 8 + length),
      crc32(png.subarray(at + 4, at + 8 + length)),
      `CRC of ${type}`,
    );
    chunks.push({ type, content: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Encodes with both engines, checks that they agree, that zlib reads the stream and that the pixels come back. */
function check(bitmap: Bitmap, format: PngFormat): Uint8Array {
  const png = wasm.encode(bitmap, format);
  assert.deepEqual(png, plain.encode(bitmap, format), 'both engines write the same bytes');
  const chunks = chunksOf(png);
  const idat = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content));
  const rowLength = 1 + Math.ceil((bitmap.widthPx * format.bitDepth) / 8);
  assert.equal(inflateSync(idat).length, rowLength * bitmap.heightPx);
  const decoded = decode(png, { checkCrc: true });
  assert.deepEqual(
    [decoded.width, decoded.height, decoded.depth],
    [bitmap.widthPx, bitmap.heightPx, format.bitDepth],
  );
  const rgb =
    decoded.palette === undefined
      ? Uint8Array.from({ length: decoded.data.length * 3 }, (_, i) => decoded.data[Math.floor(i / 3)]!)
      : convertIndexedToRgb(decoded);
  assert.ok(Buffer.from(rgb).equals(expectedRgb(bitmap, format)), 'the pixels come back');
  return png;
}

test('the kernel runs here, and its twin without WebAssembly', () => {
  assert.deepEqual([wasm.engine, plain.engine], ['wasm', 'typescript']);
});

test('every width of 1 to 40 px, every depth', () => {
  for (let widthPx = 1; widthPx <= 40; widthPx++) {
    for (const depth of depths) check(noiseBitmap(widthPx, 1 + (widthPx % 5), widthPx), greyFormat(depth));
  }
});

test('every coverage at every depth is the nearest level', () => {
  const all = bitmapOf(256, 2, x => x);
  for (const depth of depths) check(all, greyFormat(depth));
  for (const depth of depths) check(all, colourFormat(depth));
});

test('pages of text, noise, white, black', () => {
  for (const depth of depths) {
    check(textBitmap(595, 842), greyFormat(depth));
    check(textBitmap(300, 200), colourFormat(depth));
    check(noiseBitmap(301, 203), greyFormat(depth));
    check(
      bitmapOf(595, 842, () => 0),
      greyFormat(depth),
    );
    check(
      bitmapOf(595, 842, () => 255),
      greyFormat(depth),
    );
  }
});

test('8-bit grey: white ground, black ground, and a ramp that needs a table', () => {
  const text = textBitmap(200, 100);
  for (const grey of [(c: number) => 255 - c, (c: number) => c, (c: number) => 230 - (c >> 1)]) {
    const palette = Uint8Array.from({ length: 768 }, (_, i) => grey(Math.floor(i / 3)));
    const types = chunksOf(check(text, { bitDepth: 8, content: 'coverage', palette })).map(
      ({ type }) => type,
    );
    assert.deepEqual(types, ['IHDR', 'IDAT', 'IEND']);
  }
});

test('palette indices', () => {
  const palette = Uint8Array.from({ length: 40 * 3 }, (_, i) => (i * 89) & 255);
  const bitmap = bitmapOf(123, 45, (x, y) => (x < 60 ? 0 : (x * y) % 40));
  check(bitmap, { bitDepth: 8, content: 'index', palette });
  assert.throws(
    () => wasm.encode(bitmap, { bitDepth: 8, content: 'index', palette: palette.subarray(0, 39 * 3) }),
    error =>
      error instanceof GlyphError &&
      error.kind === 'input' &&
      /39 colours, got 39 in row/.test(error.message),
  );
});

test('stride and offset: what lies beside the rows does not matter', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(40),
      fc.nat(40),
      fc.constantFrom(...depths),
      (widthPx, heightPx, beside, offset, depth) => {
        const stride = widthPx + beside;
        const shown = noiseBitmap(widthPx, heightPx, widthPx * 100 + beside);
        const pngs = [0, 255, 77].map(filler => {
          const data = new Uint8Array(offset + stride * heightPx).fill(filler);
          for (let y = 0; y < heightPx; y++) {
            data.set(shown.data.subarray(y * widthPx, (y + 1) * widthPx), offset + y * stride);
          }
          return check({ widthPx, heightPx, stride, data, offset }, greyFormat(depth));
        });
        assert.deepEqual(pngs[0], pngs[1]);
        assert.deepEqual(pngs[0], pngs[2]);
      },
    ),
    { numRuns: 60 },
  );
});

test('random pictures of runs and repeats come back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 100 }),
      fc.nat(4000),
      fc.constantFrom(...depths),
      (widthPx, runs, repeatFrom, depth) => {
        const pixels = runs.flatMap(([value, length]) => Array<number>(length).fill(value));
        const both = [...pixels, ...pixels.slice(repeatFrom % pixels.length), ...pixels];
        const heightPx = Math.ceil(both.length / widthPx);
        check(
          bitmapOf(widthPx, heightPx, (x, y) => both[y * widthPx + x] ?? 0),
          greyFormat(depth),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('large pages take several blocks, each an IDAT chunk of its own, and remember across them', () => {
  for (const [bitmap, depth] of [
    [textBitmap(1700, 2200), 4],
    [textBitmap(1240, 1754), 8],
    [bitmapOf(2000, 2000, () => 0), 8],
  ] as const) {
    const idats = chunksOf(check(bitmap, greyFormat(depth))).filter(({ type }) => type === 'IDAT');
    assert.ok(idats.length > 1);
  }
});

test('rows longer than the window, and than a block', () => {
  check(textBitmap(70_000, 10), greyFormat(8));
  check(textBitmap(70_000, 16), greyFormat(4));
  check(textBitmap(1_100_000, 4), greyFormat(4));
});

test('noise, which hardly has matches: whole blocks of literals', () => {
  // Judged by zlib alone: the PNG decoder's inflate loses bytes after 131,072 literals in a row.
  for (const bitmap of [noiseBitmap(1200, 900), noiseBitmap(600_000, 2)]) {
    const png = wasm.encode(bitmap, greyFormat(8));
    assert.deepEqual(png, plain.encode(bitmap, greyFormat(8)));
    const idats = chunksOf(png).filter(({ type }) => type === 'IDAT');
    const scanlines = inflateSync(Buffer.concat(idats.map(({ content }) => content)));
    const { widthPx, heightPx, data } = bitmap;
    for (let y = 0; y < heightPx; y++) {
      const inverted = data.subarray(y * widthPx, (y + 1) * widthPx).map(coverage => 255 - coverage);
      assert.ok(scanlines.subarray(y * (widthPx + 1) + 1, (y + 1) * (widthPx + 1)).equals(inverted));
    }
  }
});

test('a page of 10,000 x 10,000 px in bounded memory', () => {
  const bitmap = bitmapOf(10_000, 10_000, () => 0);
  bitmap.data.fill(255, 50_000_000, 50_005_000);
  const png = createPngEncoder().encode(bitmap, greyFormat(4));
  assert.ok(png.length < 200_000);
  assert.equal(decode(png).data[5_000 * 5_000], 255);
});

test('a bitmap in the shared memory is read in place, at its very end too', () => {
  const text = textBitmap(211, 97);
  const memory = new KernelMemory();
  const encoder = createPngEncoder(memory);
  const free = (-memory.allocate(16) - 16) & 0xffff;
  const filler = free < text.data.length ? free + 0x10000 - text.data.length : free - text.data.length;
  memory.allocate(filler & ~15);
  const offset = memory.allocate(text.data.length);
  memory.bytes.set(text.data, offset);
  const expected = wasm.encode(text, greyFormat(4));
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(encoder.encode({ ...text, data: memory.bytes, offset }, greyFormat(4)), expected);
  }
});

test('an encoder keeps nothing of one page for the next', () => {
  const page = textBitmap(595, 842);
  const fresh = createPngEncoder().encode(page, greyFormat(4));
  for (const other of [noiseBitmap(595, 842), bitmapOf(1, 1, () => 9), textBitmap(1700, 1300, 5)]) {
    for (const depth of depths) wasm.encode(other, greyFormat(depth));
    assert.deepEqual(wasm.encode(page, greyFormat(4)), fresh);
    assert.deepEqual(plain.encode(page, greyFormat(4)), fresh);
  }
});

test('pinned: same pixels, same bytes, on every machine', () => {
  const page = textBitmap(595, 842);
  const hashes = depths.map(depth => sha256Hex(wasm.encode(page, greyFormat(depth))).slice(0, 16));
  assert.deepEqual(hashes, ['15f861b0f4638d5b', 'db8f37904a7a3ea8', '4ad822209ff78792', '715826a70f37f0e6']);
});

test('no larger than zlib at its fastest', () => {
  for (const depth of [4, 8] as const) {
    const png = wasm.encode(textBitmap(595, 842), greyFormat(depth));
    const idat = chunksOf(png).find(({ type }) => type === 'IDAT')!;
    const zlib = deflateSync(inflateSync(idat.content), { level: 1 });
    assert.ok(idat.content.length <= zlib.length, `${idat.content.length} ${zlib.length}`);
  }
});

test('a wrong bitmap or format is an error before anything is written', () => {
  const bitmap = bitmapOf(4, 4, () => 0);
  const isInputError = (error: unknown) => error instanceof GlyphError && error.kind === 'input';
  assert.throws(() => wasm.encode({ ...bitmap, widthPx: 0 }, greyFormat(4)), isInputError);
  assert.throws(() => wasm.encode({ ...bitmap, stride: 3 }, greyFormat(4)), isInputError);
  assert.throws(() => plain.encode(bitmap, { ...greyFormat(4), palette: new Uint8Array(3) }), isInputError);
});
