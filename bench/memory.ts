/**
 * What a whole process costs: peak memory and time to the first page for 10 MB of text, start of the command, import of
 * the library. Runs the built package, so `npm run build` first.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './harness.ts';
import { textOf } from './texts.ts';

const firstPage = `
import { readFileSync } from 'node:fs';
import { renderPages, parseConfig } from './dist/index.js';
const text = readFileSync(process.argv[1], 'utf8');
const start = performance.now();
let first, pages = 0;
for await (const page of renderPages(text, parseConfig({ reflow: 'on' }))) { first ??= performance.now() - start; pages++; }
// On Linux the usual counter begins with the parent's peak; this one is the process's own.
let rss = process.resourceUsage().maxRSS / 1024;
try { rss = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024; } catch {}
console.log(JSON.stringify({ first, pages, rss }));
`;

const importLibrary = `
const start = performance.now();
await import('./dist/index.js');
console.log(JSON.stringify({ ms: performance.now() - start }));
`;

function node(args: readonly string[]): string {
  const { stdout, status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const evaluate = (script: string, ...args: string[]) =>
  JSON.parse(node(['--input-type=module', '-e', script, ...args])) as Record<string, number>;

function medianMs(rounds: number, run: () => void): number {
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

export function benchMemory({ quick }: { readonly quick: boolean }): void {
  const folder = mkdtempSync(join(tmpdir(), 'glyph-bench-'));
  const rounds = quick ? 3 : 7;
  try {
    const file = join(folder, 'text.txt');
    const rows: Record<string, Record<string, string>> = {};
    for (const name of ['english', 'chinese', 'mixed'] as const) {
      writeFileSync(file, textOf(name, quick ? 2_000_000 : 10_000_000));
      const { first, pages, rss } = evaluate(firstPage, file);
      rows[name] = {
        pages: String(pages),
        'peak RSS, MB': rss!.toFixed(0),
        'first page, ms': first!.toFixed(0),
      };
    }
    console.log(`\n${quick ? 2 : 10} MB of text, one process, one thread`);
    console.table(rows);
    const bare = medianMs(rounds, () => node(['-e', '0']));
    const help = medianMs(rounds, () => node(['dist/cli/main.js', '--help']));
    const ms = median(Array.from({ length: rounds }, () => evaluate(importLibrary)['ms']!));
    console.log(
      `import of the library ${ms.toFixed(0)} ms; glyph --help ${help.toFixed(0)} ms (bare Node ${bare.toFixed(0)} ms)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
