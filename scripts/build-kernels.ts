/**
 * Compiles the WebAssembly kernels: `src/FLOOR/assembly/kernel.ts` (AssemblyScript) → `src/FLOOR/generated/
 * kernel-wasm.ts`, as base64 text. The results are committed, so that users need no compiler; `--check` compiles again
 * and says whether they are what the sources give.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';

/** Memory is imported, because kernels share it; without assertions and traps nothing else needs to be. */
const options = [
  ...['--optimizeLevel', '3', '--noAssert', '--enable', 'simd', '--runtime', 'stub'],
  ...['--importMemory', '--noExportMemory', '--use', 'abort='],
];

/** Sections of a WebAssembly module by number. */
const importSection = 2;
const dataSection = 11;

const root = join(import.meta.dirname, '..');

async function compiledModule(source: string): Promise<Uint8Array> {
  let module: Uint8Array | undefined;
  const messages: string[] = [];
  const { error } = await compile([source, '--baseDir', root, '--outFile', 'kernel.wasm', ...options], {
    stderr: { write: message => void messages.push(`${message}`) },
    readFile: (name, baseDir) => {
      const path = join(baseDir, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (_, contents) => {
      module = typeof contents === 'string' ? undefined : Uint8Array.from(contents);
    },
    listFiles: () => [],
  });
  if (error !== null || module === undefined || messages.length > 0) {
    throw new Error(`compile ${source}: expected a module without warnings, got\n${messages.join('')}`, {
      cause: error,
    });
  }
  checkModule(source, module);
  return module;
}

/** Kernels share one memory: data of their own would overwrite each other's, and nothing could serve other imports. */
function checkModule(source: string, bytes: Uint8Array): void {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(bytes)));
  if (imports.length !== 1 || imports[0]?.kind !== 'memory') {
    const names = imports.map(({ module, name }) => `${module}.${name}`).join(', ');
    throw new Error(`compile ${source}: expected to import only memory, got ${names}`);
  }
  const sections = sectionsOf(bytes);
  if (!sections.includes(importSection) || sections.includes(dataSection)) {
    throw new Error(`compile ${source}: expected no static data, got sections ${sections.join(', ')}`);
  }
}

function sectionsOf(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  let at = 8; // after the magic number and the version
  while (at < bytes.length) {
    sections.push(bytes[at++]!);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
  }
  return sections;
}

function generatedText(module: Uint8Array): string {
  const base64 = Buffer.from(module).toString('base64');
  return `/** Built from \`assembly/kernel.ts\` by \`npm run build:kernels\`. */\nexport const kernelWasm =\n  '${base64}';\n`;
}

const isCheck = process.argv.includes('--check');
const sources = readdirSync(join(root, 'src'))
  .map(floor => join('src', floor, 'assembly', 'kernel.ts'))
  .filter(source => existsSync(join(root, source)));
let stale = 0;
for (const source of sources) {
  const target = join(dirname(source), '..', 'generated', 'kernel-wasm.ts');
  const text = generatedText(await compiledModule(source));
  const isCurrent = existsSync(join(root, target)) && readFileSync(join(root, target), 'utf8') === text;
  if (!isCurrent && isCheck) {
    console.error(`${target} is not what ${source} gives: run npm run build:kernels`);
    stale++;
  } else if (!isCurrent) {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    writeFileSync(join(root, target), text);
  }
  console.log(`${target}: ${isCurrent ? 'current' : isCheck ? 'stale' : 'written'}`);
}
process.exit(stale === 0 ? 0 : 1);
