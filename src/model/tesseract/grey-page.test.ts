import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, type ImageData } from 'fast-png';
import { greyPage } from './grey-page.ts';

const greys = (image: ImageData) => [...greyPage(encode(image)).data];
const row = (data: number[], rest: Omit<ImageData, 'data' | 'width' | 'height'>, width = data.length) =>
  greys({
    width,
    height: 1,
    data: rest.depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
    ...rest,
  });

test('every kind of PNG becomes grey', () => {
  assert.deepEqual(row([0, 100, 255], { channels: 1, depth: 8 }), [0, 100, 255]);
  assert.deepEqual(row([0, 100 * 257, 65535], { channels: 1, depth: 16 }), [0, 100, 255]);
  assert.deepEqual(row([255, 0, 0, 0, 255, 0, 0, 0, 255], { channels: 3, depth: 8 }, 3), [76, 150, 29]);
  const palette = [
    [255, 255, 255],
    [255, 0, 0],
    [0, 0, 0],
  ];
  assert.deepEqual(row([2, 1, 0], { channels: 1, depth: 8, palette }), [0, 76, 255]);
});

test('a few levels are unpacked row by row', () => {
  // Two rows of three pixels, four bits each: a row ends with an unused half byte.
  const data = Uint8Array.from([0x0f, 0x80, 0xf0, 0x70]);
  const expected = [0, 255, 8 * 17, 255, 0, 7 * 17];
  assert.deepEqual(greys({ width: 3, height: 2, data, channels: 1, depth: 4 }), expected);
  assert.deepEqual(
    greys({ width: 3, height: 1, data: Uint8Array.from([0b01000000]), channels: 1, depth: 1 }),
    [0, 255, 0],
  );
});

test('what is transparent shows white paper', () => {
  assert.deepEqual(row([0, 0, 0, 128, 0, 255], { channels: 2, depth: 8 }, 3), [255, 127, 0]);
  assert.deepEqual(row([0, 0, 0, 0, 0, 0, 0, 255], { channels: 4, depth: 8 }, 2), [255, 0]);
});

test('what is no whole PNG is refused', () => {
  const png = encode({ width: 20, height: 20, data: new Uint8Array(400), channels: 1, depth: 8 });
  assert.throws(() => greyPage(new Uint8Array(0)), /expected a whole PNG, got 0 bytes/);
  assert.throws(() => greyPage(png.subarray(0, 40)), /expected a whole PNG, got a broken one/);
  assert.throws(() => greyPage(png.with(1, 0)), /expected a whole PNG, got a broken one/);
});

test('a picture of more pixels than a page has is refused before it is unpacked', () => {
  const png = encode({ width: 20, height: 20, data: new Uint8Array(400), channels: 1, depth: 8 });
  new DataView(png.buffer, png.byteOffset).setUint32(16, 2 ** 31 - 1);
  assert.throws(() => greyPage(png), /expected at most 100 megapixels, got 2147483647 x 20 pixels/);
});
