/** The command line of training data, in this process and, for kills, in processes of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { GlyphError, sha256Hex } from '../base/index.ts';
import { english } from '../data/test/texts.ts';
import type { Terminal } from './command.ts';
import { dataCommand } from './data.ts';
import { commandHelp } from './help.ts';
import { parseArguments } from './parse-arguments.ts';
import { fakeTerminal } from './test/fake-terminal.ts';
import { commandFile, loader } from './test/run-source.ts';

let folder = '';
const at = (path: string) => join(folder, path);
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-data-'));
  const files: Readonly<Record<string, string | Buffer>> = {
    'empty.txt': '',
    'line.txt': 'x'.repeat(1_100_000),
    'picture.txt': Buffer.from('89504e470d0a1a0a0000', 'hex'),
  };
  mkdirSync(at('corpus'));
  for (const [name, content] of Object.entries(files)) writeFileSync(at(`corpus/${name}`), content);
  for (let i = 0; i < 6; i++) {
    writeFileSync(at(`corpus/book-${i}.txt`), english(12_000, `book ${i}`, i % 2 === 0 ? 70 : 0));
  }
});
after(() => rmSync(folder, { recursive: true }));

async function data(words: readonly string[], world: Partial<Terminal> = {}) {
  const terminal = fakeTerminal(world);
  const flags = dataCommand.groups.flatMap(group => group.flags);
  try {
    const code = await dataCommand.run(parseArguments(words, flags), terminal);
    return { code, out: terminal.outText(), err: terminal.errText() };
  } catch (error) {
    if (!(error instanceof GlyphError)) throw error;
    return { code: error.kind, out: terminal.outText(), err: `${terminal.errText()}${error.message}` };
  }
}

/** Small pages, so that tests are quick. */
const style = ['--page-size', '260,160', '--max-tokens', '1500'];
const words = (out: string, ...more: readonly string[]) => [
  ...['pretrain', '--corpus', at('corpus'), '-o', at(out), ...style],
  ...['--examples', '24', '--shard-size', '2', '--val-share', '0.4', ...more],
];

/** Every file below a folder with its hash. */
function contents(out: string): readonly string[] {
  return readdirSync(at(out), { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(at(out), name)).isFile())
    .map(name => `${name} ${sha256Hex(readFileSync(join(at(out), name)))}`)
    .sort();
}

test('a corpus with broken files becomes a data set, and what was left out is said', async () => {
  const { code, out, err } = await data(words('whole'));
  assert.equal(code, 0, err);
  assert.match(err, /^\d documents for training, \d for validation\n/);
  assert.match(err, /note: left out: empty\.txt: empty\n/);
  assert.match(err, /note: left out: line\.txt: a line of more than 1000000 characters\n/);
  assert.match(err, /note: left out: picture\.txt: a PNG image, not text\n/);
  assert.match(
    out,
    /^\d\d examples \(\d+ for validation\), \d+ pages of \d+ kB, [\d,]+ text and [\d,]+ vision tokens, /,
  );
  const manifest = JSON.parse(readFileSync(at('whole/manifest.json'), 'utf8'));
  assert.deepEqual([manifest.splits.train.examples, manifest.splits.val.examples], [24, 10]);
  assert.equal(manifest.corpus.skipped, 3);
  assert.ok(!readFileSync(at('whole/manifest.json'), 'utf8').includes(folder), 'no path of this machine');
  const [first] = readFileSync(at('whole/train/00000.jsonl'), 'utf8').split('\n');
  const { images } = JSON.parse(first!);
  assert.ok(images.every((path: string) => existsSync(join(at('whole'), path))));
});

test('workers and threads build the same bytes, and only the last writes the manifest', async () => {
  for (const part of ['1', '0', '2']) {
    const { code, out } = await data(words('shared', '--shards', '3', '--shard', part));
    assert.equal(code, 0);
    assert.equal(existsSync(at('shared/manifest.json')), part === '2');
    if (part === '1') assert.match(out, /^this part is done, .*; the manifest comes with the last/);
  }
  assert.deepEqual(contents('shared'), contents('whole'));
  const { code, err } = await data(words('threads', '--jobs', '2'));
  assert.equal(code, 0, err);
  assert.deepEqual(contents('threads'), contents('whole'));
});

/** Runs the command in a process of its own. */
function startData(args: readonly string[]) {
  const imports = ['data', 'parse-arguments', 'test/fake-terminal'].map(name =>
    JSON.stringify(pathToFileURL(commandFile(name)).href),
  );
  const script = `
    const [{ dataCommand }, { parseArguments }, { fakeTerminal }] = await Promise.all([${imports.map(url => `import(${url})`).join()}]);
    const controller = new AbortController();
    process.on('SIGINT', () => controller.abort());
    const terminal = fakeTerminal({ signal: controller.signal });
    const flags = dataCommand.groups.flatMap(group => group.flags);
    await dataCommand.run(parseArguments(${JSON.stringify(args)}, flags), terminal).catch(error => {
      process.stderr.write(terminal.errText() + error.message);
      process.exitCode = error.kind === 'aborted' ? 130 : 1;
    });`;
  const file = at('start.mjs');
  writeFileSync(file, script);
  const child = spawn(process.execPath, [...loader, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const finished = new Promise<{ code: number | null; err: string }>(resolve => {
    child.on('close', code => resolve({ code, err }));
  });
  return { child, finished };
}

const shardsIn = (out: string) => (existsSync(at(`${out}/shards`)) ? readdirSync(at(`${out}/shards`)) : []);

test('killed, then stopped by Ctrl-C, then run to its end: the bytes of one run', async () => {
  const killed = startData(words('killed'));
  while (shardsIn('killed').length < 2 && killed.child.exitCode === null) await sleep(5);
  killed.child.kill('SIGKILL');
  await killed.finished;
  assert.ok(!existsSync(at('killed/manifest.json')));
  const finished = shardsIn('killed').length;
  assert.ok(finished >= 2);

  const stopped = startData(words('killed', '--jobs', '2'));
  while (shardsIn('killed').length < finished + 1 && stopped.child.exitCode === null) await sleep(5);
  stopped.child.kill('SIGINT');
  const { code, err } = await stopped.finished;
  assert.equal(code, 130, err);
  assert.match(err, /interrupted: finished shards are in .*; run the same command again to go on/);

  const { err: notes } = await data(words('killed'));
  assert.match(notes, /\d+ examples from an earlier run\n/);
  assert.deepEqual(contents('killed'), contents('whole'));
});

test('a dry run says what it would come to and writes nothing', async () => {
  const dry = ['rl', '--corpus', at('corpus'), ...style, '--dry-run', '--examples', '1000'];
  const { out } = await data(dry);
  assert.match(out, /an example +all 1,0\d\d\npages +\d\.\d +[\d,]+\nimages +\d+ kB +/);
  assert.match(out, /time on one core/);
  assert.match(out, /From 24 examples: .*\. Nothing was written\.\n$/);
  const json = JSON.parse((await data([...dry, '--json'])).out);
  assert.equal(json.counts.train, 1000);
  assert.ok(json.perExample.visionTokens > 0);
});

test('a terminal sees how far the reading is, and no trace of it stays; quiet is quiet', async () => {
  const line = [
    'rl',
    '--corpus',
    at('corpus'),
    '-o',
    at('seen'),
    ...style,
    '--examples',
    '2',
    '--val-share',
    '0',
  ];
  const { err } = await data(line, { isErrTerminal: true });
  assert.match(
    err,
    /\r\x1b\[Kreading the corpus, 100 %\r\x1b\[K6 documents for training, 0 for validation\n/,
  );
  const quiet = await data([...line, '-q'], { isErrTerminal: true });
  assert.deepEqual([quiet.out, quiet.err], ['', '']);
});

test('every format of every stage', async () => {
  for (const line of [
    'sft --format llamafactory',
    'rl --format verl',
    'rl --format webdataset',
    'sft --format swift',
  ]) {
    const [stage, , format] = line.split(' ');
    const out = `format-${stage}-${format}`;
    const { code, err } = await data([
      ...line.split(' '),
      ...['--corpus', at('corpus'), '-o', at(out), '--examples', '4', '--val-share', '0', ...style, '--json'],
    ]);
    assert.equal(code, 0, err);
    const file = format === 'webdataset' ? 'train/00000.tar' : 'train/00000.jsonl';
    assert.ok(statSync(at(`${out}/${file}`)).size > 0);
    assert.equal(existsSync(at(`${out}/images`)), format !== 'webdataset');
  }
});

test('what is wrong with a command line is said before anything is written', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['pretrian', '--corpus', at('corpus'), '-o', at('x')], /did you mean "pretrain"\?/],
    [[], /a stage, got none \(pretrain, sft, rl\)/],
    [['sft', '--corpus', at('corpus')], /a folder for the data, got none \(-o OUT\)/],
    [['sft', '-o', at('x')], /texts to build from, got none \(--corpus PATH\)/],
    [words('x', '--shards', '3'), /a number from 0 to 2 for --shard, got "none"/],
    [words('x', '--shard', '3'), /expected both, got only --shard/],
    [words('x', '--shards', '3', '--shard', '3'), /a number from 0 to 2/],
    [words('x', '--tasks', 'ocr:2'), /names with weights, e\.g\. ocr=2,generation=1/],
    [words('x', '--ocr-marks', 'line'), /value of --ocr-marks.*none, lines.*did you mean "lines"\?/],
    [words('x', '--tasks', 'orc=2'), /did you mean "ocr"\?/],
    [words('x', '--mixture'), /either --mixture or settings for all pages, got both/],
    [words('x', '--format', 'verl'), /a stage that engine trains from pages: rl, got pretrain/],
    [words('x', '--model', 'glyf'), /glyf/],
    [words('x', '--val-share', '1.5'), /a share from 0 to 1/],
  ];
  for (const [line, expected] of cases) {
    const { code, err } = await data(line);
    assert.ok(code === 'config' || code === 'tokens', `${line.join(' ')}: ${code}`);
    assert.match(err, expected);
  }
  assert.ok(!existsSync(at('x')));
  const missing = await data(['sft', '--corpus', at('corpsu'), '-o', at('x')]);
  assert.match(missing.err, /did you mean ".*corpus"\?/);
  assert.ok(!existsSync(at('x')));
});

test('the help fits a terminal', () => {
  const lines = commandHelp(dataCommand, 100).split('\n');
  assert.ok(lines.every(line => line.length <= 100 || line.startsWith('  glyph ')));
});
