/**
 * Drives the WebAssembly kernel (`assembly/kernel.ts`): the fast compressor. A bitmap that lies in the kernel's memory
 * is read in place; another's rows are copied there block by block.
 */
import { type Bitmap, type KernelMemory, prepareKernel, startKernel } from '../base/index.ts';
import {
  type Compressor,
  maxChunkLength,
  maxTokensLength,
  ordinaryBlockLength,
  windowLength,
} from './compressor.ts';
import { type Packing, type PixelStorage, rowByteLength } from './format.ts';
import { kernelWasm } from './generated/kernel-wasm.ts';

interface KernelExports {
  tablesByteLength(): number;
  setUp(tables: number): void;
  begin(): void;
  pack1(source: number, stride: number, widthPx: number, rows: number, target: number): void;
  pack2(source: number, stride: number, widthPx: number, rows: number, target: number): void;
  pack4(source: number, stride: number, widthPx: number, rows: number, target: number): void;
  pack8(source: number, stride: number, widthPx: number, rows: number, target: number, flip: number): void;
  packByTable(
    source: number,
    stride: number,
    widthPx: number,
    rows: number,
    target: number,
    table: number,
  ): void;
  compress(
    start: number,
    end: number,
    tokens: number,
    chunk: number,
    background: number,
    isLast: number,
  ): number;
}

/** Compiles the kernel ahead of the first page. */
export const preparePng = (): Promise<void> => prepareKernel(kernelWasm);

/** Bytes beyond a row that packing may read. */
const overrun = 64;
/** Bytes after a block that match finding may read. */
const padding = 96;

/** Addresses of the regions for blocks of up to a length. */
interface Regions {
  readonly maxBlockLength: number;
  /** The block's scanlines, at a multiple of the window's length; the window lies before. */
  readonly block: number;
  readonly tokens: number;
  readonly chunk: number;
}

function allocateRegions(memory: KernelMemory, maxBlockLength: number): Regions {
  const window = memory.allocate(2 * windowLength + maxBlockLength + padding);
  return {
    maxBlockLength,
    block: Math.ceil(window / windowLength + 1) * windowLength,
    tokens: memory.allocate(maxTokensLength(maxBlockLength)),
    chunk: memory.allocate(maxChunkLength(maxBlockLength)),
  };
}

/** Bytes to allocate for so many: regions are never freed, so each replaces one at most half its size. */
function roomFor(byteLength: number): number {
  return 2 ** Math.ceil(Math.log2(byteLength));
}

/** Where rows are read: in place at `address`, or through a copy of a few rows there. */
interface Source {
  readonly address: number;
  readonly stride: number;
  readonly copied: Bitmap | undefined;
}

class KernelCompressor implements Compressor {
  readonly #memory: KernelMemory;
  readonly #kernel: KernelExports;
  readonly #table: number;
  #regions: Regions;
  #copy = { address: 0, byteLength: 0 };
  #source: Source = { address: 0, stride: 0, copied: undefined };
  #storage: PixelStorage | undefined;
  #widthPx = 0;
  #row = 0;

  constructor(memory: KernelMemory, kernel: KernelExports) {
    this.#memory = memory;
    this.#kernel = kernel;
    this.#table = memory.allocate(256);
    kernel.setUp(memory.allocate(kernel.tablesByteLength()));
    // Now, because a page drawn in this memory would lose its bytes' view if the memory grew while it is encoded.
    this.#regions = allocateRegions(memory, ordinaryBlockLength);
  }

  begin(bitmap: Bitmap, storage: PixelStorage, maxBlockLength: number): void {
    // Growing moves the memory's bytes, so a bitmap in place is known by its address from here on.
    const address = bitmap.data.byteOffset + bitmap.offset;
    const isInPlace = bitmap.data.buffer === this.#memory.bytes.buffer;
    if (this.#regions.maxBlockLength < maxBlockLength) {
      this.#regions = allocateRegions(this.#memory, roomFor(maxBlockLength));
    }
    if (isInPlace) {
      const end = address + (bitmap.heightPx - 1) * bitmap.stride + bitmap.widthPx;
      if (end + overrun > this.#memory.bytes.length) this.#memory.allocate(overrun);
      this.#source = { address, stride: bitmap.stride, copied: undefined };
    } else this.#source = this.#sourceByCopy(bitmap, storage, maxBlockLength);
    if (storage.packing.kind === 'table') this.#memory.bytes.set(storage.packing.table, this.#table);
    this.#storage = storage;
    this.#widthPx = bitmap.widthPx;
    this.#row = 0;
    this.#kernel.begin();
  }

  #sourceByCopy(bitmap: Bitmap, { bitDepth }: PixelStorage, maxBlockLength: number): Source {
    const { widthPx, heightPx } = bitmap;
    const rows = Math.min(heightPx, Math.floor(maxBlockLength / (1 + rowByteLength(widthPx, bitDepth))));
    const byteLength = rows * widthPx + overrun;
    if (this.#copy.byteLength < byteLength) {
      const room = roomFor(byteLength);
      this.#copy = { address: this.#memory.allocate(room), byteLength: room };
    }
    return { address: this.#copy.address, stride: widthPx, copied: bitmap };
  }

  nextChunk(rows: number, place: 'inner' | 'last'): Uint8Array {
    const { block, tokens, chunk } = this.#regions;
    const { packing, bitDepth, background } = this.#storage!;
    this.#pack(packing, this.#addressOf(rows), rows, block);
    this.#row += rows;
    const end = block + rows * (1 + rowByteLength(this.#widthPx, bitDepth));
    const length = this.#kernel.compress(block, end, tokens, chunk, background, place === 'last' ? 1 : 0);
    const { bytes } = this.#memory;
    if (place === 'inner') bytes.copyWithin(block - windowLength, end - windowLength, end);
    return bytes.subarray(chunk, chunk + length);
  }

  /** Where the next rows lie in memory; copies them there if they are elsewhere. */
  #addressOf(rows: number): number {
    const { address, stride, copied } = this.#source;
    if (copied === undefined) return address + this.#row * stride;
    for (let y = 0; y < rows; y++) {
      const from = copied.offset + (this.#row + y) * copied.stride;
      this.#memory.bytes.set(copied.data.subarray(from, from + copied.widthPx), address + y * stride);
    }
    return address;
  }

  #pack(packing: Packing, source: number, rows: number, target: number): void {
    const kernel = this.#kernel;
    const { stride } = this.#source;
    if (packing.kind === 'bytes') kernel.pack8(source, stride, this.#widthPx, rows, target, packing.flip);
    else if (packing.kind === 'table')
      kernel.packByTable(source, stride, this.#widthPx, rows, target, this.#table);
    else if (packing.bitDepth === 4) kernel.pack4(source, stride, this.#widthPx, rows, target);
    else if (packing.bitDepth === 2) kernel.pack2(source, stride, this.#widthPx, rows, target);
    else kernel.pack1(source, stride, this.#widthPx, rows, target);
  }
}

/** The kernel on a memory; undefined where WebAssembly or SIMD is missing. */
export function createKernelCompressor(memory: KernelMemory): Compressor | undefined {
  const kernel = startKernel<KernelExports>(memory, kernelWasm);
  return kernel === undefined ? undefined : new KernelCompressor(memory, kernel);
}
