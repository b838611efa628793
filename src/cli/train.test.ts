/** The command line of training, in this process and, for kills, in a process of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256Hex } from '../base/index.ts';
import { alwaysYes, builtData, type Files } from '../train/test/tiny-data.ts';
import { runHere } from './test/fake-terminal.ts';
import { commandFile, loader } from './test/run-source.ts';

let folder = '';
const at = (path: string) => join(folder, path);

function writeFiles(name: string, files: Files): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(at(`${name}/${path}`)), { recursive: true });
    writeFileSync(at(`${name}/${path}`), bytes);
  }
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-train-'));
  writeFiles('pretrain', await builtData('pretrain', 12));
  writeFiles('rl', await alwaysYes());
});
after(() => rmSync(folder, { recursive: true }));

const words = (out: string, ...more: readonly string[]) => [
  ...['train', 'pretrain', '--data', at('pretrain'), '-o', at(out), '--preset', 'tiny'],
  ...['--set', 'alignmentSteps=1', ...more],
];
const three = ['--steps', '2'];
const long = ['--steps', '40', '--checkpoint-every', '3'];
const state = (out: string) => sha256Hex(readFileSync(at(`${out}/state.safetensors`)));
const linesOf = (out: string) =>
  existsSync(at(`${out}/metrics.jsonl`))
    ? readFileSync(at(`${out}/metrics.jsonl`), 'utf8').split('\n').length - 1
    : 0;

test('help names the stages, the presets and what a run leaves', async () => {
  const { code, out } = await runHere(['train', '--help']);
  assert.equal(code, 0);
  assert.match(out, /pretrain\|sft\|rl --data DIR -o RUN/);
  assert.match(out, /reader, paper, tiny/);
  assert.match(out, /metrics\.jsonl .*curves\.svg/s);
});

test('what cannot be carried out is told before anything is written', async () => {
  const data = ['--data', at('pretrain'), '-o', at('none')];
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /choose a stage: expected pretrain, sft, rl, got none/],
    [['pretrian', ...data], /got "pretrian" \(did you mean "pretrain"\?\)/],
    [['pretrain', 'sft', ...data], /one stage, got "sft"/],
    [['pretrain', '-o', at('none')], /a data set, got none \(--data DIR\)/],
    [['pretrain', '--data', at('pretrain')], /a folder for the run, got none \(-o RUN\)/],
    [
      ['pretrain', ...data, '--preset', 'tinny'],
      /reader, paper, tiny, got "tinny" \(did you mean "tiny"\?\)/,
    ],
    [['pretrain', ...data, '--set', 'peakrate=1'], /farShare, got "peakrate" \(did you mean "peakRate"\?\)/],
    [
      ['pretrain', ...data, '--set', 'near.sample=8'],
      /got "near\.sample" \(did you mean "near\.samples"\?\)/,
    ],
    [['pretrain', ...data, '--set', 'stage=sft'], /got "stage"/],
    [['pretrain', ...data, '--set', 'near=8'], /got "near"/],
    [['pretrain', ...data, '--set', 'peakRate=fast'], /a number from 0 up, got "fast"/],
    [['pretrain', ...data, '--set', 'peakRate'], /a number from 0 up, got ""/],
    [['pretrain', ...data, '--set', 'near.samples=2.5'], /the setting "near\.samples" of pretrain/],
    [['pretrain', ...data, '--set', 'farShare=2'], /the setting "farShare" of pretrain: expected <=1, got 2/],
    [['rl', ...data, '--set', 'group=1'], /the setting "group" of rl: expected >=2, got 1/],
    [['sft', ...data, '--set', 'ocr=maybe'], /the setting "ocr" of sft/],
    [['sft', ...data, '--ocr', 'maybe'], /choose a ocr|with, without, got "maybe"/],
    [['pretrain', ...data, '--steps', '0'], /"--steps".*from 1/],
    [['sft', ...data, '--from', at('nowhere')], /config\.json, vocabulary\.json and model\.safetensors/],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await runHere(['train', ...args]);
    assert.notEqual(code, 0, args.join(' '));
    assert.equal(out, '');
    assert.match(err, message);
  }
  assert.ok(!existsSync(at('none')));
});

test('data that does not suit the stage or the reader, and a stage without a reader, are refused', async () => {
  const refused = async (args: readonly string[], message: RegExp) => {
    const { code, err } = await runHere(['train', ...args, '-o', at('refused')]);
    assert.notEqual(code, 0);
    assert.match(err, message);
  };
  await refused(['sft', '--data', at('rl')], /begin sft: expected a reader to begin with, got none.*--from/);
  const tiny = ['--preset', 'tiny'];
  await refused(
    ['pretrain', '--data', at('rl'), ...tiny],
    /data of the stage pretrain, got rl .*glyph data pretrain/,
  );
  await refused(
    ['pretrain', '--data', at('nowhere'), ...tiny],
    /manifest\.json, which a finished `glyph data` leaves/,
  );
  await refused(['pretrain', '--data', at('pretrain'), ...tiny, '--provider', 'abacus'], /abacus/);
});

test('a run of three steps leaves a reader and its course; the same command finds it done', async () => {
  const { code, out, err } = await runHere(words('three', ...three));
  assert.equal(code, 0, err);
  assert.match(out, /^3 steps done: .*three\/model is the reader, .*three\/curves\.svg its course\n$/);
  assert.match(err, /step 3\/3, loss \d+\.\d{3}, [\d,]+ tokens\/s, 0\.00 s left\n$/);
  for (const name of [
    'config.json',
    'vocabulary.json',
    'manifest.json',
    'state.safetensors',
    'model/model.safetensors',
  ])
    assert.ok(existsSync(at(`three/${name}`)), name);
  assert.equal(linesOf('three'), 3);
  assert.match(readFileSync(at('three/curves.svg'), 'utf8'), /^<svg .*alignment.*<\/svg>\n$/s);
  assert.deepEqual(JSON.parse(readFileSync(at('three/manifest.json'), 'utf8')).steps, 3);
  const before = state('three');
  const again = await runHere(words('three', ...three, '--json'));
  assert.deepEqual(JSON.parse(again.out), { run: at('three'), steps: 3, model: at('three/model') });
  assert.equal(again.err, '');
  assert.equal(state('three'), before);
  const noted = await runHere(words('three', ...three));
  assert.equal(noted.err, 'all 3 steps were done before\n');
  const other = await runHere(words('three', '--steps', '5'));
  assert.match(other.err, /expected its settings: "steps": 2, got "steps": 5/);
});

test('a run cannot be put into its own data set', async () => {
  const { err } = await runHere([
    'train',
    'pretrain',
    '--data',
    at('pretrain'),
    '-o',
    at('pretrain'),
    '--preset',
    'tiny',
  ]);
  assert.match(err, /an empty folder or that of a run, got a manifest\.json of something else/);
  assert.equal(JSON.parse(readFileSync(at('pretrain/manifest.json'), 'utf8')).format, 'jsonl');
});

test('killed in the middle, the same command ends with the bytes of a run in one go', async () => {
  assert.equal((await runHere(words('whole', ...long))).code, 0);
  const args = [...loader, commandFile('main'), ...words('killed', ...long)];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const closed = new Promise(resolve => child.on('close', resolve));
  while (linesOf('killed') < 5 && child.exitCode === null) await sleep(5);
  child.kill('SIGKILL');
  await closed;
  assert.ok(!existsSync(at('killed/manifest.json')), 'it was killed before its end');
  const { code, err } = await runHere(words('killed', ...long));
  assert.equal(code, 0, err);
  assert.match(err, /^going on after step \d+ of 41\n/);
  assert.equal(state('killed'), state('whole'));
  assert.equal(linesOf('killed'), 41);
});
