import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flag } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const flags: readonly Flag[] = [
  { name: 'out', short: 'o', value: 'FOLDER', about: '' },
  { name: 'indent', value: 'PT', about: '' },
  { name: 'json', about: '' },
  { name: 'auto-crop', kind: 'yes-no', about: '' },
];
const parse = (line: string) => parseArguments(line.split(' '), flags);

test('positionals and flags in any order and spelling', () => {
  const expected = { positionals: ['a', '-', 'b'], flags: { out: 'x', json: true } };
  assert.deepEqual(parse('a --json -o x - b'), expected);
  assert.deepEqual(parse('--out=x a - b --json'), expected);
  assert.deepEqual(parse('-ox a --json - -- b'), expected);
  assert.deepEqual(parse('-- --json').positionals, ['--json']);
});

test('a negative number is a value', () => {
  assert.deepEqual(parse('--indent -18').flags, { indent: '-18' });
  assert.deepEqual(parse('--indent=-18').flags, { indent: '-18' });
});

test('a yes-no flag is told in four ways, and does not eat an input', () => {
  assert.deepEqual(parse('--auto-crop a'), { positionals: ['a'], flags: { 'auto-crop': true } });
  assert.deepEqual(parse('--no-auto-crop a').flags, { 'auto-crop': false });
  assert.deepEqual(parse('--auto-crop false a'), { positionals: ['a'], flags: { 'auto-crop': 'false' } });
  assert.deepEqual(parse('--auto-crop=off').flags, { 'auto-crop': 'off' });
});

test('the last of two wins', () => {
  assert.deepEqual(parse('-o x --out y').flags, { out: 'y' });
});

test('what is wrong is said with the nearest right', () => {
  const refused = (line: string, message: RegExp) =>
    assert.throws(() => parse(line), { kind: 'config', message });
  refused('--jsn', /expected a known flag, got "--jsn" \(did you mean "--json"\?\)/);
  refused('--no-auto-corp', /did you mean "--no-auto-crop"\?/);
  refused('--no-json', /expected a known flag, got "--no-json"/);
  refused('-x', /got "-x"/);
  refused('--json=yes', /read flag "--json": expected no value, got "yes"/);
  refused('a -o', /read flag "-o": expected a value: -o FOLDER, got the end of the line/);
  refused('--out --json', /got the next flag "--json" \(write --out=--json if that is the value\)/);
});
