/**
 * Runs the tests with Node's own runner: all of them, or the files whose path contains one of the arguments.
 * `npm run test:only -- layout png`
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
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
const options = ['--import', 'tsx', '--test', '--test-concurrency=2', '--test-reporter=spec'];
const { status } = spawnSync(process.execPath, [...options, ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
