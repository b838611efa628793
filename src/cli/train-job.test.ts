/** From a corpus to a job folder, and the reward server that answers it, by the commands a user types. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { english } from '../data/test/texts.ts';
import { parseArguments } from './parse-arguments.ts';
import { rewardCommand } from './reward.ts';
import { fakeTerminal, runHere } from './test/fake-terminal.ts';

let folder = '';
const at = (path: string) => join(folder, path);
const data = (stage: string, out: string, ...more: readonly string[]) =>
  runHere([
    ...[
      'data',
      stage,
      '--corpus',
      at('book.txt'),
      '-o',
      at(out),
      '--page-size',
      '200,120',
      '--max-tokens',
      '600',
    ],
    ...['--examples', '6', '--shard-size', '4', '--val-share', '0', ...more],
  ]);
const train = (stage: string, ...words: readonly string[]) =>
  runHere(['train', stage, '--engine', 'swift', '--from', 'zai-org/Glyph', ...words]);
const read = (path: string) => readFileSync(at(path), 'utf8');
const rowsOf = (path: string) =>
  read(path)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-jobs-'));
  writeFileSync(at('book.txt'), english(12_000));
  for (const stage of ['sft', 'rl']) assert.equal((await data(stage, stage)).code, 0);
});
after(() => rmSync(folder, { recursive: true }));

test('a job has the rows in its engine’s shape and the pages themselves, without taking their room twice', async () => {
  const { code, out, err } = await train('rl', '--data', at('rl'), '--gpus-per-node', '4', '-o', at('job'));
  assert.equal(code, 0, err);
  assert.match(out, /trains rl with swift on 4 GPUs; .*README\.md has the commands/);
  const config = parse(read('job/config.yaml'), { version: '1.1' });
  assert.deepEqual(config.dataset, ['data/train/00000.jsonl', 'data/train/00001.jsonl']);
  assert.equal(config.template, 'glm4_5v');
  const rows = config.dataset.flatMap((file: string) => rowsOf(`job/${file}`));
  assert.equal(rows.length, 6);
  for (const { images, channel, task, answer } of rows) {
    assert.equal(channel, task);
    assert.equal(typeof answer, 'string');
    for (const image of images)
      assert.equal(statSync(at(`job/data/${image}`)).ino, statSync(at(`rl/${image}`)).ino);
  }
  assert.equal(JSON.parse(read('job/manifest.json')).engine, 'swift');
  const again = await train('rl', '--data', at('rl'), '--gpus-per-node', '4', '-o', at('job'));
  assert.equal(again.code, 0, 'the same command again');
  const other = await train('sft', '--data', at('sft'), '-o', at('job'));
  assert.match(other.err, /an empty folder, or the same job, got rl with swift/);
});

test('data that lies in its job already is left where it is', async () => {
  assert.equal((await data('sft', 'inside/data', '--format', 'swift')).code, 0);
  const before = read('inside/data/manifest.json');
  const { code, err } = await train('sft', '--data', at('inside/data'), '-o', at('inside'));
  assert.equal(code, 0, err);
  assert.equal(read('inside/data/manifest.json'), before);
  assert.equal((await data('sft', 'other/data', '--format', 'webdataset')).code, 0);
  const wrong = await train('sft', '--data', at('other/data'), '-o', at('another'));
  assert.match(wrong.err, /got webdataset \(build it with `glyph data … --format jsonl`\)/);
  assert.ok(!existsSync(at('another/config.yaml')));
});

test('flags of the local trainer, typos and wrong values are refused', async () => {
  for (const [words, expected] of [
    [['--preset', 'tiny'], /none with --engine: it is of training here.*--set KEY=VALUE/],
    [['--engine', 'swfit'], /did you mean "swift"/],
    [['--set', 'packing'], /KEY=VALUE/],
    [['--data', at('nowhere')], /a finished data set/],
  ] as const) {
    const { code, err } = await train('sft', '--data', at('sft'), '-o', at('wrong'), ...words);
    assert.notEqual(code, 0);
    assert.match(err, expected);
  }
});

test('a launch file has the command, quoted, and each task its share', async () => {
  const odd = "do cs'x";
  const words = [
    'data',
    'sft',
    '--corpus',
    odd,
    '-o',
    at('cluster'),
    '--shards',
    '4',
    '--jobs',
    '2',
    '--launch',
  ];
  assert.equal(
    (await runHere([...words, 'slurm'])).out,
    `4 tasks: sbatch ${at('cluster')}/launch.slurm.sh\n`,
  );
  const script = at('cluster/launch.slurm.sh');
  execFileSync('bash', ['-n', script]);
  assert.match(read('cluster/launch.slurm.sh'), /#SBATCH --array=0-3\n[\s\S]*--cpus-per-task=2\n/);
  // `npx` says what it was called with.
  writeFileSync(at('npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, SLURM_ARRAY_TASK_ID: '3' };
  const said = execFileSync('bash', [script], { env }).toString().split('\n');
  assert.equal(said[said.indexOf('--corpus') + 1], odd);
  assert.deepEqual(said.slice(-5, -1), ['--shards', '4', '--shard', '3']);
  await runHere([...words, 'k8s', '--claim', 'corpora']);
  const { spec } = parse(read('cluster/launch.k8s.yaml'));
  assert.deepEqual([spec.completionMode, spec.completions], ['Indexed', 4]);
  assert.match(
    (await runHere([...words.slice(0, 6), '--launch', 'slurm'])).err,
    /--shards N, the number of tasks/,
  );
});

test('reward serve answers on a port until it is told to stop', async () => {
  const controller = new AbortController();
  let heard = (_: string) => {};
  const origin = new Promise<string>(resolve => {
    heard = resolve;
  });
  const terminal = fakeTerminal({ signal: controller.signal, out: text => heard(text.trim()) });
  const flags = rewardCommand.groups.flatMap(group => group.flags);
  const code = rewardCommand.run(parseArguments(['serve', '--port', '0', '--token', 'x'], flags), terminal);
  const [{ messages: _, ...row }] = rowsOf('rl/train/00000.jsonl');
  const body = JSON.stringify({
    rows: [{ ...row, completion: `<think>\nit says so\n</think>\n${row.answer}` }],
  });
  const response = await fetch(`${await origin}/rewards`, {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer x' },
  });
  assert.deepEqual(((await response.json()) as { rewards: unknown }).rewards, [1]);
  controller.abort();
  assert.equal(await code, 0);
  const open = await runHere(['reward', 'serve', '--host', '0.0.0.0']);
  assert.match(open.err, /--token, since others can reach that address/);
});
