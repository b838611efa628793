import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findRows, mostFound } from './find-rows.ts';

const prose = Array.from(
  { length: 40 },
  (_, i) => `It was a dull row of prose, and there were ${i} of them. `,
);

const withRows = (rows: Readonly<Record<number, string>>) => prose.map((row, i) => rows[i] ?? row);

test('rows about the question are found, with what follows them, and no others', () => {
  const rows = withRows({ 20: 'for zesty-apple is: 7482913. ', 5: 'for quiet-house is: 1111111. ' });
  assert.deepEqual(findRows('What is the number for zesty-apple?', rows), [20, 21, 22]);
});

test('a fact over two rows, and a misread one, are found', () => {
  const over = withRows({ 7: 'One of the special magic numbers for zesty-', 8: 'apple is: 7482913. ' });
  assert.ok([7, 8, 9].every(row => findRows('the numbers for zesty-apple?', over).includes(row)));
  const misread = withRows({ 30: 'One of the special magic numbers for zesfy-apqle is: 7482913. ' });
  assert.ok(findRows('the numbers for zesty-apple?', misread).includes(30));
});

test('several facts about one thing are all found', () => {
  const places = [3, 12, 25];
  const rows = withRows(Object.fromEntries(places.map(i => [i, `numbers for zesty-apple is: ${i}${i}. `])));
  const found = findRows('What are all numbers for zesty-apple?', rows);
  assert.ok(
    places.every(row => found.includes(row)),
    found.join(),
  );
});

test('one of several facts read better than the others does not hide them', () => {
  const misread = {
    12: 'One looked number of the bright ship is 2. ',
    25: 'One looked number of the bright ship is 3. ',
  };
  const rows = withRows({ 3: 'One locker number of the bright ship is 1. ', ...misread });
  const found = findRows('Name every locker number of the bright ship.', rows);
  assert.ok(
    [3, 12, 25].every(row => found.includes(row)),
    found.join(),
  );
});

test('nothing in common is nothing found', () => {
  assert.deepEqual(findRows('xyzzy?', prose), []);
  assert.deepEqual(findRows('', prose), []);
  assert.deepEqual(findRows('a', []), []);
});

test('rows are in order, each once, never too many', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'abc ') }), { maxLength: 40 }), rows => {
      const found = findRows('abc cab bca', rows);
      assert.ok(found.length <= mostFound);
      assert.ok(found.every((row, i) => row < rows.length && (i === 0 || row > found[i - 1]!)));
    }),
  );
});
