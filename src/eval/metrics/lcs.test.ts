import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lcsLength, traceLcs } from './lcs.ts';

const letters = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 120 })
  .map(list => Int32Array.from(list));

/** The textbook table, and the walk back through it. */
function textbook(a: Int32Array, b: Int32Array) {
  const table = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] =
        a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  const symbols: number[] = [];
  let stepCount = 0;
  for (let i = a.length, j = b.length; i > 0 && j > 0; stepCount++) {
    if (a[i - 1] === b[j - 1]) {
      symbols.push(a[i - 1]!);
      i--;
      j--;
    } else if (table[i - 1]![j]! > table[i]![j - 1]!) i--;
    else j--;
  }
  return { length: table[a.length]![b.length]!, trace: { symbols, stepCount } };
}

test('length and walk are those of the textbook table', () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const { length, trace } = textbook(a, b);
      assert.equal(lcsLength(a, b), length);
      assert.deepEqual(traceLcs(a, b), trace);
    }),
  );
});

test('a table too large to keep is refused', () => {
  const long = new Int32Array(50_000);
  assert.throws(() => traceLcs(long, long), { kind: 'input', message: /50000 and 50000/ });
});
