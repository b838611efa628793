import assert from 'node:assert/strict';
import { test } from 'node:test';
import { papers, parsePageSize } from './paper.ts';

test('papers in whole points', () => {
  assert.deepEqual(papers, {
    A3: [842, 1191],
    A4: [595, 842],
    A5: [420, 595],
    B4: [709, 1001],
    B5: [499, 709],
    Letter: [612, 792],
    Legal: [612, 1008],
    Tabloid: [792, 1224],
  });
});

test('every spelling of a page size', () => {
  for (const [value, size] of [
    ['595,842', [595, 842]],
    [' 595.5 , 842 ', [595.5, 842]],
    ['595x842', [595, 842]],
    ['595 × 842', [595, 842]],
    [
      [300, 420],
      [300, 420],
    ],
    ['A4', [595, 842]],
    ['a4 Landscape', [842, 595]],
    ['letter portrait', [612, 792]],
  ] as const) {
    assert.deepEqual(parsePageSize(value), size, JSON.stringify(value));
  }
});

test('what is no page size is undefined', () => {
  for (const value of [
    '',
    'A9',
    '595',
    '595,842,1',
    '-5,8',
    'A4 sideways',
    [595],
    ['595', '842'],
    595,
    null,
  ]) {
    assert.equal(parsePageSize(value), undefined, JSON.stringify(value));
  }
});
