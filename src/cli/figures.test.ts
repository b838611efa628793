import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, durationText, ratioText, table } from './figures.ts';
import { twoColumns, wrapText } from './help.ts';

test('counts, durations and ratios', () => {
  assert.deepEqual(
    [countOf(1, 'page'), countOf(1234, 'page'), countOf(0, 'page')],
    ['1 page', '1,234 pages', '0 pages'],
  );
  assert.deepEqual([0.306, 0.9949, 0.996, 9.94, 9.96, 59.4, 75, 4000].map(durationText), [
    '0.31 s',
    '0.99 s',
    '1.0 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 15 s',
    '1 h 7 min',
  ]);
  assert.deepEqual([ratioText(3.7321), ratioText(null)], ['3.73x', 'unknown']);
});

test('tables are aligned and have no white space at line ends', () => {
  assert.equal(
    table(
      [
        ['a', '1', ''],
        ['bb', '22', 'x'],
      ],
      [1],
    ),
    'a    1\nbb  22  x\n',
  );
});

test('text wraps at spaces, and a long word stands alone', () => {
  assert.equal(wrapText('aa bb cc dddddddddd e', 6, ' '), ' aa bb\n cc\n dddddddddd\n e');
  assert.equal(
    twoColumns(
      [
        ['x', 'one two'],
        ['yy', 'three'],
      ],
      9,
    ),
    '  x   one\n      two\n  yy  three',
  );
});
