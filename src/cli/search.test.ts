/** The command line of search, in this process: help, what is refused before anything is written, what a run leaves. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseConfig } from '../config/index.ts';
import { runHere } from './test/fake-terminal.ts';

let folder = '';
const at = (name: string) => join(folder, name);
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-search-'));
  const prose =
    'There was no possibility of taking a walk that day; we had been wandering all the morning.\n'.repeat(
      100,
    );
  const code =
    'export function sum(list: number[]): number {\n  return list.reduce((a, b) => a + b, 0);\n}\n'.repeat(
      100,
    );
  writeFileSync(at('both.txt'), `${prose}\n${code}`);
  writeFileSync(at('space.json'), JSON.stringify({ pageSource: [[1, 'paper']], paper: [[1, [280, 280]]] }));
});
after(() => rmSync(folder, { recursive: true }));

const small = () => [
  '--model',
  'mock:There was no walk.',
  '--samples',
  '2',
  '--lengths',
  '40',
  '--steps',
  '4',
  '--population',
  '2',
  '--space',
  at('space.json'),
];

test('help shows what to measure on, budgets, preferences and examples', async () => {
  const { code, out } = await runHere(['search', '--help']);
  assert.equal(code, 0);
  for (const words of [
    '--tasks',
    '--schedule',
    '--min-accuracy',
    '--max-cost',
    '--resume',
    '--propose',
    'best.json',
  ])
    assert.ok(out.includes(words), words);
});

test('what cannot be carried out is told with a way out, and leaves no folder', async () => {
  for (const [words, message] of [
    [[], /a folder for the search.*name one with -o/],
    [['--tasks', 'needel'], /did you mean "needle"/],
    [['--schedule', 'papr'], /did you mean "paper"/],
    [['--strategy', 'rando'], /did you mean "random"/],
    [['--min-accuracy', '95'], /a share from 0 to 1/],
    [['--dpl', '72'], /did you mean "--dpi"/],
    [['--from', 'glyph-eng'], /did you mean "glyph-en"/],
    [['--steps', '0'], /a whole number from 1/],
    [['--by', 'contents'], /did you mean "content"/],
  ] as const) {
    const out = words.length === 0 ? [] : ['-o', at('none')];
    const { code, err } = await runHere(['search', at('both.txt'), '--model', 'mock:x', ...words, ...out]);
    assert.notEqual(code, 0);
    assert.match(err, message);
  }
  const { err } = await runHere(['search', '--model', 'tesseract', '-o', at('none')]);
  assert.match(err, /a text, as tesseract:eng only transcribes/);
});

test('a search leaves its files, is not begun twice, and goes on only with its own settings', async () => {
  const words = ['search', at('both.txt'), ...small(), '--dpi', '72', '-o', at('run')];
  const { code, out, err } = await runHere([...words, '--json']);
  assert.equal(code, 0, err);
  const summary = JSON.parse(out);
  assert.equal(summary.state, 'complete');
  assert.equal(summary.candidates, 4);
  assert.equal(summary.family, 'glm-4.1v');
  for (const name of [
    'search.json',
    'answers.jsonl',
    'candidates.jsonl',
    'summary.json',
    'report.html',
    'manifest.json',
  ])
    assert.ok(existsSync(at(`run/${name}`)), name);
  assert.equal(parseConfig(JSON.parse(readFileSync(at('run/best.json'), 'utf8'))).dpi, 72);
  assert.match((await runHere(words)).err, /a folder without one.*--resume/);
  assert.match((await runHere(['search', '--resume', at('run'), '--steps', '5'])).err, /its steps, 4/);
  assert.match((await runHere(['search', '--resume', folder])).err, /search\.json/);
  const again = await runHere([
    'search',
    '--resume',
    at('run'),
    '--model',
    'mock:other words',
    '--min-ratio',
    '1.5',
  ]);
  assert.equal(again.code, 0, again.err);
  assert.match(again.out, /the most accurate of those with compression 1\.5 or more/);
});

test('by content there is a search for each kind, and the winners together', async () => {
  const words = ['search', at('both.txt'), '--by', 'content', ...small(), '-o', at('kinds')];
  const { code, err } = await runHere(words);
  assert.equal(code, 0, err);
  const winners = JSON.parse(readFileSync(at('kinds/adaptive.json'), 'utf8'));
  assert.deepEqual(Object.keys(winners), ['prose', 'code']);
  for (const kind of ['prose', 'code'])
    assert.deepEqual(winners[kind], JSON.parse(readFileSync(at(`kinds/${kind}/best.json`), 'utf8')));
  assert.ok(existsSync(at('kinds/manifest.json')));
  const again = await runHere([...words, '--json']);
  const { adaptive, kinds } = JSON.parse(again.out);
  assert.deepEqual([adaptive, Object.keys(kinds)], [at('kinds/adaptive.json'), ['prose', 'code']]);
});

test('what a search says at its end is a command that draws with it', async () => {
  for (const [words, kinds] of [
    [['--by', 'content', '-o', at('kinds')], /\(\d+ prose, \d+ code\)/],
    [['-o', at('alone')], /on \d+ pages?,/],
  ] as const) {
    const { err } = await runHere(['search', at('both.txt'), ...small(), ...words]);
    const hints = [...err.matchAll(/^draw with it: glyph (render .*) -o pages$/gm)];
    assert.equal(hints.length, 1, err);
    const drawn = await runHere([...hints[0]![1]!.split(' '), '-o', at(`pages-${words.length}`)]);
    assert.match(drawn.out, kinds, drawn.err);
  }
});
