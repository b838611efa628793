/** Every command of the README runs as written: a fact in a document is a promise. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { commandFile, loader } from '../src/cli/test/run-source.ts';
import { buildPdf, textLines } from '../src/node/test/build-pdf.ts';
import { type FakeModels, startFakeModels } from './support/fake-models.ts';
import { hasTesseract } from './support/tesseract.ts';

const root = process.cwd();
const readme = readFileSync('README.md', 'utf8');
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => block!.trim().split('\n'))
  .map(line => line.replace(/^npm ci && /, ''))
  .filter(line => line !== 'npm test');

let folder = '';
let models: FakeModels;

before(async () => {
  models = await startFakeModels();
  folder = mkdtempSync(join(tmpdir(), 'glyph-readme-'));
  for (const name of ['docs', 'package.json', 'tsconfig.json'])
    cpSync(name, join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'README.md'), readme.slice(0, 2500)); // a few pages, for a reader takes its time over each
  cpSync('src/base', join(folder, 'src/base'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'book.txt'), 'A line of a book that goes on.\n'.repeat(200));
  writeFileSync(join(folder, 'report.pdf'), buildPdf([{ content: textLines(['Revenue: 4,213 million']) }]));
  // The commands say `npx glyph`; here that is the command's source.
  writeFileSync(
    join(folder, 'npx'),
    `#!/bin/sh\nshift\nexec "${process.execPath}" ${loader.join(' ')} "${commandFile('main')}" "$@"\n`,
    { mode: 0o755 },
  );
  execFileSync('git', ['init', '-q'], { cwd: folder });
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  execFileSync('git', [...identity, 'commit', '-q', '--allow-empty', '-m', 'first'], { cwd: folder });
});

after(async () => {
  await models.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the README has commands', () => assert.ok(commands.length >= 8));

/** Runs a line as written, with the models of the world played by a server on this machine. */
async function runLine(line: string) {
  const env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH']}`,
    OPENAI_BASE_URL: models.origin,
    OPENAI_API_KEY: 'none',
    ANTHROPIC_BASE_URL: models.origin,
    ANTHROPIC_API_KEY: 'none',
  };
  const command = line.replace('http://localhost:8000', models.origin);
  const child = spawn('sh', ['-c', command], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>(resolve => {
    child.on('close', resolve);
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await closed, out, err };
}

/** The small reader of the package has the answer, or says that it has none. */
function answerOf(command: string): RegExp {
  if (command.includes('--dry-run')) return /nothing sent/;
  return command.includes('--model') ? /first person/ : /\[p\d+:\d+\]|No answer found/;
}

/** Itself, or by what a search left. */
const needsTesseract = (command: string) => /tesseract|best-page|kinds/.test(command);

for (const command of commands) {
  const skip = needsTesseract(command) && !hasTesseract ? 'tesseract is not installed' : false;
  test(`README: ${command}`, { skip }, async () => {
    const { code, out, err } = await runLine(command);
    assert.equal(code, 0, `${err}${out}`);
    if (command.includes(' ask ')) assert.match(out, answerOf(command));
    const output = / -o (\S+)/.exec(command)?.[1];
    if (output !== undefined) {
      const file = /\.\w+$/.test(output) ? output : `${output}/manifest.json`;
      assert.ok(existsSync(join(folder, file)), `${file} is there`);
    }
  });
}

test('the formats document’s own family is accepted as written', async () => {
  const { loadFamilies, visionTokens } = await import('../src/tokens/index.ts');
  const example = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/formats.md', 'utf8'))?.[1];
  const table = loadFamilies(JSON.parse(example ?? ''));
  assert.equal(visionTokens('house-reader-1', 588, 840, {}, table).tokens, 630);
});

test('the manifest has the fields that the formats document lists', async () => {
  const { renderToFolder } = await import('../src/node/index.ts');
  const { defaultConfig } = await import('../src/config/index.ts');
  const out = join(folder, 'formats');
  await renderToFolder('a text', defaultConfig, out);
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as object;
  const section =
    /## `manifest.json`([\s\S]*?)\n## /.exec(readFileSync('docs/formats.md', 'utf8'))?.[1] ?? '';
  const rows = section.split('\n').filter(line => line.startsWith('| `'));
  const documented = rows.flatMap(row =>
    [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(match => match[1]!),
  );
  const onlyJoined = ['sources'];
  assert.deepEqual(
    documented.filter(name => !onlyJoined.includes(name)).sort(),
    Object.keys(manifest).sort(),
  );
});
