/**
 * Runs test files in this one process, so that what several of them load is loaded once. Properties draw their cases
 * from the seed: `run-tests.js SEED FILE...`
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { declareFile } from './file-suites.ts';

const [seed, ...files] = process.argv.slice(2);
fc.configureGlobal({ seed: Number(seed) });
const root = resolve(import.meta.dirname, '..');

const suites = [];
for (const file of files) {
  const url = pathToFileURL(resolve(root, file.replace(/\.ts$/, '.js'))).href;
  suites.push(await declareFile(file, () => import(url)));
}
for (const declare of suites) declare();
