/**
 * Starts the package's WebAssembly kernels. They come as base64 text, so that no file must be found at run time, and
 * import the memory they work on.
 */
import type { KernelMemory } from './kernel-memory.ts';

/** Compiled modules by their base64 text; null where this run-time cannot compile one (no SIMD, say). */
const modules = new Map<string, WebAssembly.Module | null>();

/** Exports of a kernel bound to a memory; undefined where WebAssembly or SIMD is missing: then use its twin. */
export function startKernel<Exports>(memory: KernelMemory, base64: string): Exports | undefined {
  if (memory.wasm === undefined) return undefined;
  let module = modules.get(base64);
  if (module === undefined) {
    module = compile(base64);
    modules.set(base64, module);
  }
  if (module === null) return undefined;
  return new WebAssembly.Instance(module, { env: { memory: memory.wasm } }).exports as Exports;
}

/** Compiles a kernel ahead, for browsers that refuse to compile at once in the main thread. */
export async function prepareKernel(base64: string): Promise<void> {
  if (modules.has(base64) || typeof WebAssembly === 'undefined') return;
  const module = await WebAssembly.compile(decodeBase64(base64)).catch(() => null);
  modules.set(base64, module);
}

const decodeBase64 = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), character => character.charCodeAt(0));

function compile(base64: string): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(decodeBase64(base64));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return null;
    throw error;
  }
}
