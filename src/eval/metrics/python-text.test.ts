import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPythonList } from './python-list.ts';
import { decimalPlaces, parseNumber, roundHalfEven } from './python-number.ts';
import { collapseSpace, splitWords, strip, stripEnd } from './python-text.ts';

test('space is what Python takes for it', () => {
  assert.deepEqual(splitWords(' a\x1cb\x85c\u3000d\u00a0e '), ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(splitWords('a\ufeffb\u200bc'), ['a\ufeffb\u200bc'], 'neither mark is a space');
  assert.deepEqual(splitWords(' \n'), []);
  assert.equal(strip('\u2003 a b\x1f'), 'a b');
  assert.equal(strip(' \t'), '');
  assert.equal(stripEnd(' a '), ' a');
  assert.equal(collapseSpace(' a \n\n b'), 'a b');
});

test('numbers as float() reads them', () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    [' 8.0\n', 8],
    ['1_000.5', 1000.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1e3', -1000],
    ['-Infinity', -Infinity],
    ['1,000', undefined],
    ['1__0', undefined],
    ['0x10', undefined],
    ['', undefined],
    ['.', undefined],
  ];
  for (const [text, value] of table) assert.equal(parseNumber(text), value, text);
  assert.ok(Number.isNaN(parseNumber('nan')));
});

test('rounding takes the even neighbour of an exact tie only', () => {
  const table: readonly (readonly [number, number, number])[] = [
    [2.5, 0, 2],
    [3.5, 0, 4],
    [-2.5, 0, -2],
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [2.675, 2, 2.67], // in binary just below the tie
    [66.666666, 2, 66.67],
    [1e22, 2, 1e22],
  ];
  for (const [x, places, rounded] of table) assert.equal(roundHalfEven(x, places), rounded, `${x}`);
});

test('decimal places as str() shows them', () => {
  const table: readonly (readonly [number, number | undefined])[] = [
    [100, 1],
    [0.125, 3],
    [0.0001, 4],
    [0.00001, undefined], // 1e-05
    [0.000015, 5], // 1.5e-05
    [1e16, undefined], // 1e+16
    [Number.POSITIVE_INFINITY, undefined],
  ];
  for (const [x, places] of table) assert.equal(decimalPlaces(x), places, `${x}`);
});

test('lists are read, not evaluated', () => {
  assert.deepEqual(readPythonList(`['a', "it's", 'b\\'\\n\\x41\\u4e00\\q',]`), ['a', "it's", "b'\nA一\\q"]);
  assert.deepEqual(readPythonList(' [ 1, +2_000, -3, 2.50, 1e3, True, None ] '), [
    '1',
    '2000',
    '-3',
    '2.5',
    '1000.0',
    'True',
    'None',
  ]);
  assert.deepEqual(readPythonList('[]'), []);
  for (const text of [
    '',
    'a',
    '[',
    '[,]',
    '[a]',
    "['a'",
    "['a' 'b']",
    "['a']x",
    '[[1]]',
    '[1, __import__("os")]',
  ])
    assert.equal(readPythonList(text), undefined, text);
  assert.equal(readPythonList(`['${'a\\'.repeat(100_000)}`), undefined, 'an open string takes no time');
});
