/**
 * Runs the tests: all of them, or the files whose path contains one of the arguments. The files of a folder share a
 * process, two folders run at a time. Properties draw the same cases in every run, with `--random` others.
 * `npm run test:only -- layout png`
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { transpile } from './transpile.ts';

const processes = 2;

const words = process.argv.slice(2);
const seed = words.includes('--random') ? randomInt(2 ** 31) : 1;
const wanted = words.filter(word => word !== '--random');
const files = ['src', 'tests', 'scripts']
  .flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
  )
  .filter(file => file.endsWith('.test.ts'))
  .filter(file => wanted.length === 0 || wanted.some(part => file.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(1);
}

const folders = new Map<string, { files: string[]; byteLength: number }>();
for (const file of files) {
  const name = dirname(file).split(sep).slice(0, 2).join(sep);
  const folder = folders.get(name) ?? { files: [], byteLength: 0 };
  folders.set(name, folder);
  folder.files.push(file);
  folder.byteLength += statSync(file).size;
}
// The longest first, so that both processes end at about the same time: the whole line, then by size.
const isWholeLine = (name: string) => Number(name.startsWith('tests'));
const waiting = [...folders]
  .sort(([a, one], [b, other]) => isWholeLine(b) - isWholeLine(a) || other.byteLength - one.byteLength)
  .map(([, folder]) => folder.files);

const temporary = mkdtempSync(join(tmpdir(), 'glyph-tests-'));
process.on('exit', () => rmSync(temporary, { recursive: true }));
process.on('SIGINT', () => process.exit(130));
const transpiled = join(temporary, 'glyph');
await transpile(transpiled);
if (existsSync('../shared')) symlinkSync(resolve('../shared'), join(temporary, 'shared'));

const failed: string[] = [];
/** The runner's own last lines, e.g. "ℹ pass 12"; those of all processes are added up. */
const summaryLine = /^ℹ (\w+) ([\d.]+)\n/gm;
const summary = new Map<string, number>();

async function runFolders(): Promise<void> {
  for (let together = waiting.shift(); together !== undefined; together = waiting.shift()) {
    const options = ['--enable-source-maps', '--test-reporter=spec'];
    const entry = [join(transpiled, 'scripts/run-tests.js'), String(seed)];
    const child = spawn(process.execPath, [...options, ...entry, ...together], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (folders.size === 1) process.stdout.write(text);
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    for (const [, name = '', count] of output.matchAll(summaryLine))
      summary.set(name, (summary.get(name) ?? 0) + Number(count));
    output = output.replace(summaryLine, '');
    if (code !== 0) failed.push(output);
    else if (folders.size > 1) process.stdout.write(output);
  }
}

await Promise.all(Array.from({ length: processes }, runFolders));
if (folders.size > 1) {
  for (const output of failed) process.stdout.write(output); // last, where they are seen
  summary.set('duration_ms', performance.now());
  console.log(`\n${files.length} files, seed ${seed}`);
  for (const [name, count] of summary) console.log(`ℹ ${name} ${count}`);
}
process.exitCode = failed.length === 0 ? 0 : 1;
