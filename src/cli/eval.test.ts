/** The command line of evaluation, in this process: what it refuses, plans, runs, goes on with and reports. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startRuler } from '../eval/run/test/harness.ts';
import { type RuleServer, startRuleServer } from '../eval/run/test/rule-server.ts';
import { runHere } from './test/fake-terminal.ts';

const env = { OPENAI_API_KEY: 'none' };
const ruler = {
  open: { subsets: ['niah_single_1'], lengths: [1024], limit: 4, seed: '7' },
  arms: ['text', 'pages'],
  errorRate: 0,
};
let server: RuleServer;
let folder = '';
before(async () => {
  server = await startRuler(ruler);
  folder = mkdtempSync(join(tmpdir(), 'glyph-eval-'));
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const words = (...more: readonly string[]) => [
  ...['eval', 'ruler', '--model', 'openai:gpt-4.1', '--base-url', server.baseUrl],
  ...['--subsets', 'niah_single_1', '--lengths', '1k', '--limit', '4', '--seed', '7', ...more],
];
const asked = () => [...server.asked.values()].reduce((sum, count) => sum + count, 0);

test('a run from its estimate to its summary and its report', async () => {
  const out = join(folder, 'whole');
  const { code, out: printed, err } = await runHere(words('-o', out), { env });
  assert.equal(code, 0, err);
  assert.match(
    err,
    /^4 samples\narm +requests +input tokens .*\ntext +4 +3,5\d\d +counted +512 +\$0\.0\d+ to \$0\.0\d+\n/,
  );
  assert.match(
    printed,
    /^ruler, openai:gpt-4\.1: 4 samples, \$0\.00\d\d\n\narm +score .*\ntext +100\.0 +± 0\.0 +4 +89\d/,
  );
  assert.match(printed, /\npages +100\.0 +± 0\.0 +4 +8\d\d +1\.\d\dx +\$0\.0\d+ +\d+ ms +\d+ ms\n/);
  assert.match(printed, /pages − text +0\.0 +0\.0 to 0\.0 +on 4 samples/);
  assert.match(err, /glyph report .*whole makes a page of it\n$/);
  assert.equal(asked(), 8);

  const report = await runHere(['report', out]);
  assert.equal(report.out, `${join(out, 'report.html')}\n`);
  assert.match(readFileSync(join(out, 'report.html'), 'utf8'), /^<!doctype html>/);
  const { runs } = JSON.parse((await runHere(['report', out, '--json'])).out);
  assert.deepEqual([runs[0].summary.state, runs[0].summary.arms[1].mean], ['complete', 1]);

  const again = await runHere(['eval', '--rescore', out, '--json']);
  assert.equal(JSON.parse(again.out).arms[0].mean, 1);
  const resumed = await runHere(['eval', '--resume', out, '--base-url', server.baseUrl], { env });
  assert.equal(resumed.code, 0, resumed.err);
  assert.match(resumed.err, /^8 answers recorded, 0 requests left\n/);
  assert.equal(asked(), 8, 'neither asks again');
});

test('a dry run tells the cost and sends nothing', async () => {
  const before = asked();
  const { out, code } = await runHere(words('--dry-run', '--arms', 'text,rag,pages@96'), { env });
  assert.equal(code, 0);
  assert.match(out, /text .*counted.*\nrag .*from 1 sample .*\npages@96 .*from 1 sample /);
  assert.match(out, /Together: [\d,]+ input tokens, \$0\.\d+ to \$0\.\d+\.\n$/);
  assert.equal(asked(), before);
});

test('Ctrl-C leaves a run that goes on', async () => {
  const out = join(folder, 'stopped');
  const controller = new AbortController();
  server.onRequest = () => {
    controller.abort();
    return 'answer';
  };
  const stopped = await runHere(words('-o', out, '--jobs', '1'), { env, signal: controller.signal });
  server.onRequest = () => 'answer';
  assert.equal(stopped.code, 130);
  assert.match(stopped.err, /waiting for the answers under way/);
  assert.match(
    stopped.err,
    /interrupted: 1 of 8 answers are in .*stopped; the same command with --resume goes on\n$/,
  );
  assert.match(stopped.out, /not complete/);
  const resumed = await runHere(words('-o', out, '--resume'), { env });
  assert.equal(resumed.code, 0, resumed.err);
  assert.match(resumed.err, /^1 answer recorded, 7 requests left\n/);
});

test('a run goes on only as it began', async () => {
  const out = join(folder, 'whole');
  const refused = async (more: readonly string[], expected: RegExp) => {
    const { code, err } = await runHere(words('-o', out, '--resume', ...more), { env });
    assert.equal(code, 2);
    assert.match(err, expected);
  };
  await refused(['--arms', 'text'], /"arms" as it began: \["text","pages"\], got \["text"\]/);
  await refused(['--limit', '5'], /"limit" as it began: 4, got 5/);
  await refused(['--dpi', '100'], /"configHash" as it began/);
  await refused(['--model', 'openai:gpt-4o'], /its model, openai:gpt-4\.1, got openai:gpt-4o/);
  const taken = await runHere(words('-o', out), { env });
  assert.equal(taken.code, 2);
  assert.match(taken.err, /a folder without one, got a folder with run\.json \(go on with it by --resume/);
});

test('what is wrong with a command line is said before anything is written', async () => {
  const out = join(folder, 'never');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['eval', 'rulr', '--model', 'mock', '-o', out], /choose a task: .*did you mean "ruler"\?/],
    [
      ['eval', 'ruler', '-o', out, '--base-url', 'http://localhost:1'],
      /choose a model: expected one of the server, got none/,
    ],
    [words('-o', out, '--arms', 'text,pags'), /choose the arms of a run: .*did you mean "pages"/],
    [words('-o', out, '--subsets', 'vtt'), /choose subsets of ruler/],
    [words('-o', out, '--lengths', '4q'), /tokens like 4096 or 4k, with commas between, got "4q"/],
    [words('-o', out, '--compat', 'references'), /expected reference or none/],
    [words('-o', out, '--max-cost', '-1'), /expected a number|value/],
    [words(), /a folder for the run, got none \(name one with -o/],
    [['eval', '--resume', join(folder, 'nowhere')], /nothing there/],
    [['report', join(folder, 'nowhere')], /a folder with run\.json/],
    [['report'], /the folder of a run, got none/],
  ];
  for (const [line, expected] of cases) {
    const { code, err } = await runHere(line, { env });
    assert.ok(code === 1 || code === 2, line.join(' '));
    assert.match(err, expected);
  }
  assert.ok(!existsSync(join(out, 'run.json')));
  const missing = await runHere(['eval', 'longbench', ...words().slice(2, 6), '-o', out, '--data', folder], {
    env,
  });
  assert.match(missing.err, /open the data of longbench/);
  assert.ok(!existsSync(join(out, 'run.json')), 'the corrected command can begin');
});

test('questions of one’s own, from a file, with a judge that is not needed left out', async () => {
  const file = join(folder, 'own.jsonl');
  writeFileSync(
    file,
    `${JSON.stringify({ document: 'The key is under the mat.', question: 'Where?', answer: 'mat' })}\nbroken\n`,
  );
  const out = join(folder, 'own');
  const { err } = await runHere(
    ['eval', 'file', '--data', file, '--model', 'openai:gpt-4.1', '--base-url', server.baseUrl, '-o', out],
    { env },
  );
  assert.match(
    err,
    /note: 1 broken row left out, e\.g\. line 2 of .*own\.jsonl: expected JSON, got "broken"/,
  );
  assert.match(err, /note: 2 failed; --retry-failed asks them again/, 'the server knows only RULER');
});

test('the list of tasks says what to download', async () => {
  const { out } = await runHere(['eval', '--list']);
  assert.match(out, /^ruler: /);
  assert.match(out, /longbench: [\s\S]*Data: /);
  assert.ok(out.split('\n').every(line => line.length <= 105));
});

test('speed: text against pages, with drawing apart and the server’s cache', async () => {
  const talker = await startRuleServer({
    errorRate: 0,
    known: new Map(),
    otherwise: 'A tale of words. '.repeat(9),
  });
  const line = [
    'eval',
    'speed',
    '--model',
    'openai:gpt-4.1',
    '--base-url',
    talker.baseUrl,
    '--lengths',
    '1k,2k',
  ];
  try {
    const { code, out, err } = await runHere([...line, '--repeat', '2'], { env });
    assert.equal(code, 0, err);
    const rows = out.split('\n');
    assert.match(rows[0]!, /^length +form +tokens +drawing +first token +with drawing +tokens\/s after/);
    assert.match(rows[1]!, /^ 1,024 +text +\d{3} +\d+ ms +\d+ ms .* 25\.0 % +2$/);
    assert.match(rows[4]!, /^ 2,048 +pages +\d{3} +\d+ ms +\d+ ms +\d+ ms .* 25\.0 % +2$/);
    const json = JSON.parse((await runHere([...line, '--repeat', '1', '--json'], { env })).out);
    assert.deepEqual([json.rows.length, json.rows[3].form, json.rows[3].failed], [4, 'pages', 0]);
    assert.ok(json.rows[3].inputTokens < json.rows[2].inputTokens);
  } finally {
    await talker.close();
  }
});
