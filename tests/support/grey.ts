/** PNG files as grey pictures, whatever their kind, to compare pages by eye's measure. */
import { decode } from 'fast-png';

export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Decodes a PNG of any kind to grey values 0 to 255. */
export function toGrey(png: Uint8Array): Grey {
  const { width, height, data, channels, depth, palette } = decode(png);
  const grey = new Float32Array(width * height);
  const perByte = 8 / depth;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (palette !== undefined || depth < 8) {
        const byte = data[y * rowBytes + Math.floor(x / perByte)]!;
        const shift = 8 - depth * ((x % perByte) + 1);
        const index = (byte >> shift) & (2 ** depth - 1);
        const [red = 0, green = 0, blue = 0] = palette?.[index] ?? [];
        grey[y * width + x] = 0.299 * red + 0.587 * green + 0.114 * blue;
      } else {
        const at = (y * width + x) * channels;
        const [red, green, blue] =
          channels < 3 ? [data[at]!, data[at]!, data[at]!] : [data[at]!, data[at + 1]!, data[at + 2]!];
        grey[y * width + x] = 0.299 * red + 0.587 * green + 0.114 * blue;
      }
    }
  }
  return { width, height, data: grey };
}
