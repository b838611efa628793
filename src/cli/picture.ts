/** Small RGB pictures for the contact sheet: from a painted page, scaled down, pasted together, and to PNG. */
import { crc32, deflateSync } from 'node:zlib';
import type { PaintedPage } from '../raster/index.ts';

/** Three bytes a pixel, no gaps between rows. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Uint8Array;
}

export function createPicture(widthPx: number, heightPx: number, grey: number): Picture {
  return { widthPx, heightPx, rgb: new Uint8Array(widthPx * heightPx * 3).fill(grey) };
}

/** A page scaled by `scale` (at most 1), each pixel the mean of those it covers. */
export function scaledPage({ bitmap, content, palette }: PaintedPage, scale: number): Picture {
  const colors = colorTable(content, palette);
  const picture = createPicture(
    Math.max(1, Math.floor(bitmap.widthPx * scale)),
    Math.max(1, Math.floor(bitmap.heightPx * scale)),
    0,
  );
  for (let y = 0; y < picture.heightPx; y++) {
    const top = Math.floor(y / scale);
    const bottom = Math.min(bitmap.heightPx, Math.max(top + 1, Math.ceil((y + 1) / scale)));
    for (let x = 0; x < picture.widthPx; x++) {
      const left = Math.floor(x / scale);
      const right = Math.min(bitmap.widthPx, Math.max(left + 1, Math.ceil((x + 1) / scale)));
      const out = (y * picture.widthPx + x) * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        const at = bitmap.offset + row * bitmap.stride;
        for (let column = left; column < right; column++) {
          const color = bitmap.data[at + column]! * 3;
          red += colors[color]!;
          green += colors[color + 1]!;
          blue += colors[color + 2]!;
        }
      }
      const count = (bottom - top) * (right - left);
      picture.rgb[out] = red / count;
      picture.rgb[out + 1] = green / count;
      picture.rgb[out + 2] = blue / count;
    }
  }
  return picture;
}

/** Colour of each byte of a painted page; coverage is rounded to the palette's levels, as in the page's file. */
function colorTable(content: PaintedPage['content'], palette: Uint8Array): Uint8Array {
  if (content === 'index') return palette;
  const steps = palette.length / 3 - 1;
  const table = new Uint8Array(256 * 3);
  for (let coverage = 0; coverage < 256; coverage++) {
    const level = Math.round((coverage * steps) / 255);
    table.set(palette.subarray(level * 3, level * 3 + 3), coverage * 3);
  }
  return table;
}

/** Puts a picture on another, which must have room for it. */
export function paste(onto: Picture, picture: Picture, leftPx: number, topPx: number): void {
  const rowBytes = picture.widthPx * 3;
  for (let y = 0; y < picture.heightPx; y++) {
    const row = picture.rgb.subarray(y * rowBytes, (y + 1) * rowBytes);
    onto.rgb.set(row, ((topPx + y) * onto.widthPx + leftPx) * 3);
  }
}

/** A truecolour PNG (PNG specification, section 11). */
export function encodePicture({ widthPx, heightPx, rgb }: Picture): Uint8Array {
  const rowBytes = widthPx * 3;
  const filtered = new Uint8Array((rowBytes + 1) * heightPx); // each row after a 0: no filter
  for (let y = 0; y < heightPx; y++) {
    filtered.set(rgb.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2], 8); // eight bits, red green blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filtered)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  bytes.set(body, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}
