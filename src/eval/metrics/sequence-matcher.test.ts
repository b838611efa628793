import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mrcrBin, mrcrGrade } from './mrcr.ts';
import { sequenceRatio } from './sequence-matcher.ts';

test('ratios that Python’s difflib gives', () => {
  const table: readonly (readonly [string, string, number])[] = [
    ['tide', 'diet', 0.25],
    ['diet', 'tide', 0.5],
    ['qabxcd', 'abycdf', 2 / 3],
    ['', '', 1],
    ['a', '', 0],
    ['ab'.repeat(100), `${'ab'.repeat(99)}a`, 0.9974937343358395],
    [`b${'a'.repeat(250)}`, `${'a'.repeat(250)}b`, 1 / 251],
    [`${'😀'.repeat(10)}a`, `a${'😀'.repeat(10)}`, 10 / 11],
  ];
  for (const [a, b, ratio] of table) assert.equal(sequenceRatio(a, b), ratio, a.slice(0, 9));
});

test('popular characters start no block from 200 code points on', () => {
  const shifted = (length: number): [string, string] => [`b${'a'.repeat(length)}`, `${'a'.repeat(length)}b`];
  assert.equal(sequenceRatio(...shifted(198)), 198 / 199);
  assert.equal(sequenceRatio(...shifted(199)), 1 / 200);
  assert.equal(sequenceRatio(...shifted(199), { autojunk: 'off' }), 199 / 200);
});

test('a ratio is 1 for equal texts and in range for others', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '😀'), { maxLength: 300 }).map(list => list.join(''));
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(sequenceRatio(a, a), 1);
      const ratio = sequenceRatio(a, b);
      assert.ok(ratio >= 0 && ratio <= 1);
    }),
  );
});

test('an MRCR response without the prefix is worth nothing', () => {
  assert.equal(mrcrGrade('HASHtext', 'HASHtext', 'HASH'), 1);
  assert.equal(mrcrGrade(' HASHtext', 'HASHtext', 'HASH'), 0);
  assert.equal(mrcrGrade('HASHdiet', 'tide', 'HASH'), 0.5, 'the prefix is cut off where it stands');
});

test('MRCR’s bins hold their upper ends', () => {
  const table: readonly (readonly [number, string | undefined])[] = [
    [4095, undefined],
    [4096, '4096-8192'],
    [8192, '4096-8192'],
    [8193, '8192-16384'],
    [1_048_576, '524288-1048576'],
    [1_048_577, undefined],
  ];
  for (const [count, bin] of table) assert.equal(mrcrBin(count), bin, `${count}`);
});
