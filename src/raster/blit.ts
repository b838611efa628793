/**
 * Draws glyph masks on a page of ink coverage: by the WebAssembly kernel, or by its twin where WebAssembly or SIMD is
 * missing. Both give the same pixels. See `assembly/kernel.ts` for the command format.
 */
import { type KernelMemory, prepareKernel, startKernel } from '../base/index.ts';
import { kernelWasm } from './generated/kernel-wasm.ts';

export interface Blitter {
  /** Runs `count` commands that begin at byte `commands` of the memory. */
  blit(commands: number, count: number, stride: number): void;
  clear(page: number, byteLength: number): void;
}

interface KernelExports {
  blit(commands: number, count: number, stride: number): void;
  clear(page: number, byteLength: number): void;
}

/** Compiles the kernel ahead of the first page. */
export const prepareRaster = (): Promise<void> => prepareKernel(kernelWasm);

export function createBlitter(memory: KernelMemory): Blitter {
  return startKernel<KernelExports>(memory, kernelWasm) ?? createPlainBlitter(memory);
}

export function createPlainBlitter(memory: KernelMemory): Blitter {
  return {
    blit(commands, count, stride) {
      const bytes = memory.bytes;
      const words = new Uint32Array(bytes.buffer, commands, count * 4);
      for (let i = 0; i < count * 4; i += 4) {
        let page = words[i]!;
        let mask = words[i + 1]!;
        const width = words[i + 3]! * 16;
        for (let rows = words[i + 2]!; rows > 0; rows--) {
          for (let x = 0; x < width; x++)
            bytes[page + x] = Math.min(255, bytes[page + x]! + bytes[mask + x]!);
          page += stride;
          mask += width;
        }
      }
    },
    clear(page, byteLength) {
      memory.bytes.fill(0, page, page + byteLength);
    },
  };
}
