/**
 * Linear memory that the raster and PNG kernels share, so that a page is drawn, packed and compressed in place. Regions
 * are handed out one after another and live as long as the memory; whoever needs less drops the whole memory.
 */
import { GlyphError } from './error.ts';

const pageBytes = 0x10000;
/** 1 GiB: far beyond the largest page; a config that asks for more is refused rather than swapped to death. */
const maxPages = 0x4000;

export class KernelMemory {
  /** Undefined where WebAssembly is missing or not wanted: then `bytes` is an ordinary array and the twins run. */
  readonly wasm: WebAssembly.Memory | undefined;
  #bytes: Uint8Array;
  #used = 16; // address 0 stays free, so that 0 never names a region

  constructor(options: { readonly wasm?: 'auto' | 'off' } = {}) {
    const isOff = options.wasm === 'off' || typeof WebAssembly === 'undefined';
    this.wasm = isOff ? undefined : new WebAssembly.Memory({ initial: 16, maximum: maxPages });
    this.#bytes = new Uint8Array(this.wasm?.buffer ?? new ArrayBuffer(16 * pageBytes));
  }

  /** All of the memory. Stale after the next `allocate`: ask again. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Address of a new zeroed region, a multiple of 16. @throws GlyphError kind `internal` beyond 1 GiB. */
  allocate(byteLength: number): number {
    const address = this.#used;
    const end = (address + byteLength + 15) & ~15;
    const missing = Math.ceil((end - this.#bytes.length) / pageBytes);
    if (end < address || end > maxPages * pageBytes) {
      const expected = `at most ${(maxPages * pageBytes) / 2 ** 20} MiB of page memory`;
      throw new GlyphError({
        kind: 'internal',
        operation: 'allocate page memory',
        expected,
        actual: `${byteLength} bytes more`,
      });
    }
    if (missing > 0) this.#grow(missing);
    this.#used = end;
    return address;
  }

  #grow(pages: number): void {
    if (this.wasm !== undefined) {
      this.wasm.grow(pages);
      this.#bytes = new Uint8Array(this.wasm.buffer);
      return;
    }
    const larger = new Uint8Array(this.#bytes.length + pages * pageBytes);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
