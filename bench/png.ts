/**
 * The PNG step alone, on pages that stand in for prose at 9 pt and 72 dpi: 60 invented letters of stems, bars and bowls
 * at four sub-pixel positions, words by Zipf's law.
 */
import { deflateSync } from 'node:zlib';
import { type Bitmap, createRandom, KernelMemory, type Random } from '../src/base/index.ts';
import { createPngEncoder, type PngFormat } from '../src/png/index.ts';
import { type Contender, compare, printResults } from './harness.ts';

const pageSize = { widthPx: 595, heightPx: 842 };
/** About what such a page holds. */
const charactersPerPage = 8000;
const lineHeightPx = 10;
const marginPx = 16;
const subPixelPositions = 4;
/** Samples a pixel, each way, from which coverage is counted. */
const samples = 8;

interface Letter {
  readonly advancePx: number;
  /** One for each sub-pixel position; 10 rows. */
  readonly masks: readonly Bitmap[];
}

function drawLetter(random: Random): Letter {
  const widthPx = random.pick([2, 3, 4, 4.5, 5, 5, 5.5, 5.5, 6, 8]);
  const topPx = random.pick([0, 0.3, 2, 2.2, 2.2, 2.2]);
  const stems = Array.from({ length: random.integer(1, 2) }, (_, i) => 0.5 + i * (widthPx - 2));
  const bars = random.pick([[], [], [2.2], [4.6], [7]]);
  const bowl = random.pick([0, 1, 1]);
  const isInk = (x: number, y: number) => {
    if (x < 0.4 || x > widthPx - 0.4 || y < topPx || y > 8) return false;
    if (stems.some(stem => x >= stem && x < stem + 0.9)) return true;
    if (bars.some(bar => y >= bar && y < bar + 0.8)) return true;
    const radius = Math.hypot((x - widthPx / 2) / (widthPx / 2 - 0.4), (y - 5.1) / 2.9);
    return bowl === 1 && radius <= 1 && radius > 0.68;
  };
  const masks = Array.from({ length: subPixelPositions }, (_, position) =>
    drawMask(Math.ceil(widthPx) + 1, (x, y) => isInk(x - position / subPixelPositions, y)),
  );
  return { advancePx: widthPx + random.next() * 0.6, masks };
}

function drawMask(widthPx: number, isInk: (x: number, y: number) => boolean): Bitmap {
  const data = new Uint8Array(widthPx * lineHeightPx);
  for (let i = 0; i < data.length * samples * samples; i++) {
    const x = i % (widthPx * samples);
    const y = Math.floor(i / (widthPx * samples));
    if (isInk((x + 0.5) / samples, (y + 0.5) / samples))
      data[Math.floor(y / samples) * widthPx + Math.floor(x / samples)]!++;
  }
  const coverage = data.map(count => Math.round((count * 255) / samples ** 2));
  return { widthPx, heightPx: lineHeightPx, stride: widthPx, data: coverage, offset: 0 };
}

/** Draws words until the page is full. */
function drawPage(random: Random, words: readonly (readonly Letter[])[]): Bitmap {
  const { widthPx, heightPx } = pageSize;
  const data = new Uint8Array(widthPx * heightPx);
  for (let top = marginPx; top + lineHeightPx <= heightPx - marginPx; top += lineHeightPx) {
    let pen = marginPx;
    for (;;) {
      const word = words[Math.floor(words.length ** random.next()) - 1]!;
      if (pen + word.reduce((sum, letter) => sum + letter.advancePx, 0) > widthPx - marginPx) break;
      for (const { advancePx, masks } of word) {
        const mask = masks[Math.floor((pen % 1) * subPixelPositions)]!;
        for (let i = 0; i < mask.data.length; i++) {
          const at = (top + Math.floor(i / mask.widthPx)) * widthPx + Math.floor(pen) + (i % mask.widthPx);
          data[at] = Math.min(255, data[at]! + mask.data[i]!);
        }
        pen += advancePx;
      }
      pen += 2.9;
    }
  }
  return { ...pageSize, stride: widthPx, data, offset: 0 };
}

function greyFormat(bitDepth: 1 | 2 | 4 | 8): PngFormat {
  const top = 2 ** bitDepth - 1;
  const palette = Uint8Array.from({ length: 3 * (top + 1) }, (_, i) => 255 - (Math.floor(i / 3) * 255) / top);
  return { bitDepth, content: 'coverage', palette };
}

/** What a plain program would do: pack to 4 bits, then zlib at its fastest. */
function encodeByZlib({ widthPx, heightPx, stride, data, offset }: Bitmap): Uint8Array {
  const rowLength = 1 + Math.ceil(widthPx / 2);
  const rows = new Uint8Array(rowLength * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const level = (data[offset + y * stride + x]! + 8) / 17;
      rows[y * rowLength + 1 + (x >> 1)]! |= x & 1 ? level : level << 4;
    }
  }
  return deflateSync(rows, { level: 1 });
}

function drawPages(count: number): Bitmap[] {
  const random = createRandom('png');
  const letters = Array.from({ length: 60 }, () => drawLetter(random));
  const words = Array.from({ length: 4000 }, () =>
    Array.from(
      { length: random.integer(1, 8) },
      () => letters[Math.floor(letters.length * random.next() ** 2)]!,
    ),
  );
  return Array.from({ length: count }, () => drawPage(random, words));
}

/** The same pages where the kernel reads them in place, as pages that were drawn there. */
function inMemory(memory: KernelMemory, pages: readonly Bitmap[]): Bitmap[] {
  const offsets = pages.map(({ data }) => memory.allocate(data.length));
  pages.forEach(({ data }, i) => {
    memory.bytes.set(data, offsets[i]);
  });
  return pages.map((page, i) => ({ ...page, data: memory.bytes, offset: offsets[i]! }));
}

export async function benchPng({ quick }: { readonly quick: boolean }): Promise<void> {
  const pages = drawPages(quick ? 4 : 12);
  const memory = new KernelMemory();
  const kernel = createPngEncoder(memory);
  const drawn = inMemory(memory, pages);
  const elsewhere = createPngEncoder(new KernelMemory());
  const twin = createPngEncoder(new KernelMemory({ wasm: 'off' }));
  const contender = (
    name: string,
    bitmaps: readonly Bitmap[],
    encode: (page: Bitmap) => Uint8Array,
  ): Contender => ({
    name,
    run: () => ({
      pages: bitmaps.length,
      characters: bitmaps.length * charactersPerPage,
      byteLength: bitmaps.reduce((sum, page) => sum + encode(page).length, 0),
    }),
  });
  const results = await compare(
    [
      ...([4, 8, 2, 1] as const).map(bitDepth =>
        contender(`kernel, ${bitDepth} bit`, drawn, page => kernel.encode(page, greyFormat(bitDepth))),
      ),
      contender('kernel, 4 bit, copied in', pages, page => elsewhere.encode(page, greyFormat(4))),
      contender('twin, 4 bit', pages, page => twin.encode(page, greyFormat(4))),
      contender('zlib level 1, 4 bit', pages, encodeByZlib),
    ],
    quick ? 3 : 15,
  );
  printResults('PNG: pages of 595 x 842 px, bitmap to file in memory', results);
}
