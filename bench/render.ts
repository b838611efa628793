/**
 * Text → PNG: this renderer against the naive one in the same run, for several kinds and sizes of text; with
 * `GLYPH_REFERENCE_DIR` (a checkout of the published renderer) against that one too.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultConfig as config } from '../src/config/index.ts';
import { loadFont, renderToFolder, spawnWorker } from '../src/node/index.ts';
import { renderPages } from '../src/render/index.ts';
import { type Contender, compare, folderWork, printResults, type Work } from './harness.ts';
import { renderNaively } from './naive.ts';
import { publishedRenderer } from './published.ts';
import { type TextName, textOf } from './texts.ts';

async function inMemory(text: string, jobs: number): Promise<Work> {
  let pages = 0;
  let byteLength = 0;
  for await (const page of renderPages(text, config, { loadFont, spawnWorker, jobs })) {
    pages++;
    byteLength += page.png.length;
  }
  return { pages, characters: text.length, byteLength };
}

function toFiles(name: string, file: string, folder: string, jobs: number): Contender {
  return {
    name,
    prepare: () => rmSync(folder, { recursive: true, force: true }),
    async run() {
      const text = readFileSync(file, 'utf8');
      await renderToFolder(text, config, folder, { jobs, textTokens: 'skip' });
      return () => folderWork(folder, text.length);
    },
  };
}

const sizes: readonly (readonly [label: string, length: number, rounds: number])[] = [
  ['10 KB', 10_000, 15],
  ['1 MB', 1_000_000, 5],
  ['10 MB', 10_000_000, 1],
];

/** What takes too long for the naive renderer and shows nothing more. */
const naiveLimit = 1_000_000;

export async function benchRender({ quick }: { readonly quick: boolean }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'glyph-bench-'));
  try {
    for (const name of ['english', 'code', 'chinese', 'mixed'] satisfies TextName[]) {
      for (const [label, length, rounds] of quick ? sizes.slice(0, 2) : sizes) {
        const text = textOf(name, length);
        const file = join(folder, 'text.txt');
        writeFileSync(file, text);
        const contenders: Contender[] = [
          { name: 'memory, 1 thread', run: () => inMemory(text, 1) },
          { name: 'memory, 2 threads', run: () => inMemory(text, 2) },
          toFiles('files, 1 thread', file, join(folder, 'one'), 1),
          toFiles('files, 2 threads', file, join(folder, 'two'), 2),
        ];
        if (length <= naiveLimit)
          contenders.push({ name: 'naive canvas + zlib, memory', run: () => renderNaively(text, () => {}) });
        if (length <= naiveLimit && name === 'english') contenders.push(...publishedRenderer(text, folder));
        printResults(`${name}, ${label}`, await compare(contenders, quick ? Math.min(3, rounds) : rounds));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
