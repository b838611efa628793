import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerPresets } from './config.ts';
import { createCursor, outside, rowsBetweenPages } from './cursor.ts';
import { createVocabulary, type SpecialToken, specialId } from './vocabulary.ts';

const { tiny } = readerPresets;
const vocabulary = createVocabulary([]);
const perCharacter = tiny.advancePx / tiny.patchWidthPx;

/** Where the cursor is after these; a word in angle brackets is a special token. */
function after(...parts: readonly string[]) {
  const cursor = createCursor(tiny, vocabulary);
  for (const part of parts) {
    const name = /^<(.*)>$/.exec(part)?.[1] as SpecialToken | undefined;
    for (const token of name === undefined ? vocabulary.encode(part) : [specialId(name)]) cursor.take(token);
  }
  return cursor.place;
}

test('a mark puts it at the beginning of a row, and characters move it on', () => {
  assert.deepEqual(after(), outside);
  assert.deepEqual(after('<page-1>'), { row: 0, column: 0 });
  assert.deepEqual(after('<page-1>', '<row-3>'), { row: 2, column: 0 });
  assert.deepEqual(after('<page-3>', '<row-2>'), { row: 2 * rowsBetweenPages + 1, column: 0 });
  const { row, column } = after('<page-1>', '<row-3>', 'abc');
  assert.equal(row, 2);
  assert.ok(Math.abs(column - 3 * perCharacter) < 1e-9);
});

test('the row below is one further down, whatever was written', () => {
  assert.deepEqual(after('<page-1>', '<row-3>', 'abc', '<next-row>'), { row: 3, column: 0 });
  assert.deepEqual(after('<page-2>', '<row-1>', '<next-row>', '<next-row>'), {
    row: rowsBetweenPages + 2,
    column: 0,
  });
});

test('a character of several bytes moves it on once, and patches do not move it', () => {
  assert.deepEqual(after('<row-1>', 'ü'), after('<row-1>', 'u'));
  assert.deepEqual(after('<row-1>', 'a', '<patch>', '<patch>'), after('<row-1>', 'a'));
});

test('what is said outside pages stands outside them', () => {
  for (const token of ['user', 'assistant', 'system', 'think', 'think-end', 'end', 'page-end'] as const)
    assert.deepEqual(after('<page-2>', '<row-9>', 'abc', `<${token}>`), outside);
  // The page stays the last one named.
  assert.deepEqual(after('<page-2>', '<page-end>', '<row-1>'), { row: rowsBetweenPages, column: 0 });
});
