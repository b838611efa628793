/** Content of several kinds in one text is told apart, and segments tile the text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContentKind, contentSegments } from './content.ts';

const pieces: Readonly<Record<ContentKind, string>> = {
  prose:
    'There was no possibility of taking a walk that day; we had been wandering, indeed, in the leafless shrubbery.\n'.repeat(
      30,
    ),
  code: 'export function sum(list: readonly number[]): number {\n  let total = 0;\n  for (const each of list) total += each;\n  return total;\n}\n'.repeat(
    25,
  ),
  table: '2026-11-20 10:00:01 INFO  worker 3 took 20 ms\n2026-11-20 10:00:02 WARN  worker 1 is slow\n'.repeat(
    40,
  ),
  chinese:
    '此开卷第一回也。作者自云：因曾历过一番梦幻之后，故将真事隐去，而借「通灵」之说，撰此《石头记》一书也。\n'.repeat(
      60,
    ),
};

test('each kind is known, alone and beside the others', () => {
  for (const [kind, piece] of Object.entries(pieces))
    assert.deepEqual(contentSegments(piece), [{ kind, start: 0, end: piece.length }]);
  const order = ['prose', 'code', 'prose', 'table', 'chinese'] as const;
  const text = order.map(kind => pieces[kind]).join('\n');
  assert.deepEqual(
    contentSegments(text).map(({ kind }) => kind),
    order,
  );
});

test('tables of several makes are tables', () => {
  for (const row of [
    'a\tb\tc\n',
    '| a | b |\n',
    'id,name,size,date\n',
    'name      size      date\n',
    '10.0.0.1 - GET /\n',
  ])
    assert.equal(contentSegments(row.repeat(300))[0]!.kind, 'table', row);
});

test('a few lines of code among prose stay with it', () => {
  const text = `${pieces.prose}\nconst a = f(1);\n\n${pieces.prose}`;
  assert.deepEqual(
    contentSegments(text).map(({ kind }) => kind),
    ['prose'],
  );
});

test('segments tile any text, and none but a whole text is short', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(pieces), '\n', 'x = 1;\n', '短\n')), parts => {
      const text = parts.join('\n');
      const segments = contentSegments(text);
      assert.equal(segments.map(({ start, end }) => text.slice(start, end)).join(''), text);
      assert.ok(segments.length < 2 || segments.every(({ start, end }) => end - start >= 2000));
    }),
    { numRuns: 40 },
  );
});

test('what is blank at the beginning goes with what follows, for alone it would have no page', () => {
  for (const blank of ['\n'.repeat(3000), ' \n'.repeat(1500), '\u200B\n'.repeat(1500)])
    assert.deepEqual(contentSegments(`${blank}${pieces.code}`), [
      { kind: 'code', start: 0, end: blank.length + pieces.code.length },
    ]);
  assert.deepEqual(contentSegments('\n\n'), [{ kind: 'prose', start: 0, end: 2 }]);
});

test('of short segments by turns the longer neighbour decides', () => {
  const turns = Array.from({ length: 20_000 }, (_, i) =>
    i % 2 === 0 ? 'Plain words.\n\n' : 'let a = f(1);\n\n',
  );
  assert.equal(contentSegments(turns.join('')).length, 1);
});
