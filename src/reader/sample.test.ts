import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerPresets } from './config.ts';
import { outside, rowsBetweenPages } from './cursor.ts';
import { feedObjective } from './objective.ts';
import { cutPage, labelCells } from './page.ts';
import { createSample, type Piece } from './sample.ts';
import { trainVocabulary } from './train-vocabulary.ts';
import { firstMerge, specialId } from './vocabulary.ts';

const { tiny } = readerPresets;
const vocabulary = trainVocabulary(['über it', 'über it'], firstMerge + 8);
const page = (columns: number, firstRow = 0) =>
  cutPage(
    { widthPx: 32 * columns, heightPx: 12, data: new Uint8Array(384 * columns).fill(255) },
    tiny,
    firstRow,
  );
const text = (words: string): Piece => ({ type: 'text', text: words, weight: 1 });
const special = (token: (Piece & { type: 'special' })['token'], weight = 0): Piece => ({
  type: 'special',
  token,
  weight,
});

test('pages and text stand in order, and each token knows where it is read from', () => {
  const pieces = [special('user'), { type: 'page', patches: page(2) } as const, text('a')];
  const last = [
    { type: 'page', patches: page(1, 4) } as const,
    special('page-2'),
    special('row-5'),
    text('über it'),
  ];
  const { tokens, weights, places, pages } = createSample([...pieces, ...last], tiny, vocabulary);
  assert.equal(pages.length, 2);
  const [user, first, patch, end, second, row] = (
    ['user', 'page-1', 'patch', 'page-end', 'page-2', 'row-5'] as const
  ).map(specialId);
  assert.deepEqual(
    [...tokens.slice(0, 11)],
    [user, first, patch, patch, end, tokens[5], second, patch, end, second, row],
  );
  assert.equal(vocabulary.decode(tokens), 'aüber it');
  assert.deepEqual([...weights], [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1]);
  const columnsPerCharacter = tiny.advancePx / tiny.patchWidthPx;
  const below = rowsBetweenPages + 4;
  assert.deepEqual(
    [places[0], places[2], places[3], places[7], places[8], places[10], places[11], places[12]],
    [
      outside,
      { row: 0, column: 0.5 },
      { row: 0, column: 1.5 },
      { row: below, column: 0.5 },
      outside,
      { row: below, column: 0 },
      { row: below, column: 4 * columnsPerCharacter },
      { row: below, column: 4 * columnsPerCharacter + 3 * columnsPerCharacter },
    ],
  );
});

test('the target of a token is the next one, with its weight; what is filled up weighs nothing', () => {
  const labelled = labelCells(page(2), tiny, [{ character: '!', xPx: 33, yPx: 6 }]);
  const pieces: Piece[] = [{ type: 'page', patches: labelled }, text('x'), special('end', 0.5)];
  const sample = createSample(pieces, tiny, vocabulary);
  const unlabelled = createSample([{ type: 'page', patches: page(1, 3) }, text('x')], tiny, vocabulary);
  const size = { samples: 3, patches: 4, tokens: 8 };
  const options = { alignmentWeight: 1 };
  const feeds = feedObjective([sample, unlabelled], tiny, size, options) as Record<string, Float32Array>;
  const row = (name: string, i: number, length: number) => [
    ...feeds[name]!.subarray(i * length, (i + 1) * length),
  ];
  const [a, b] = [...vocabulary.encode('x')];
  assert.equal(b, undefined);
  const [pad, start, patch, end] = (['pad', 'page-1', 'patch', 'page-end'] as const).map(specialId);
  assert.deepEqual(row('tokens', 0, 8), [start, patch, patch, end, a, specialId('end'), pad, pad]);
  assert.deepEqual(row('targets', 0, 8), [patch, patch, end, a, specialId('end'), 0, 0, 0]);
  assert.deepEqual(row('weights', 0, 8), [0, 0, 0, 1, 0.5, 0, 0, 0]);
  assert.deepEqual(row('patchAt', 0, 8), [0, 1, 2, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('patchAt', 1, 8), [0, 5, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('rows', 1, 4), [3, 0, 0, 0]);
  assert.deepEqual(row('pages', 0, 4), [0, 0, 0, 0]);
  assert.deepEqual(row('places', 0, 24).slice(0, 9), [0, 0, 0, 1, 0, 0.5, 2, 0, 1.5]);
  // The character in the first cell of the second patch.
  assert.deepEqual(row('labels', 0, 32), [...new Array(8).fill(0), 1, ...new Array(23).fill(0)]);
  assert.deepEqual(row('labelWeights', 0, 32), [
    ...new Array(8).fill(1),
    2,
    ...new Array(7).fill(1),
    ...new Array(16).fill(0),
  ]);
  assert.deepEqual(row('labelWeights', 1, 32), new Array(32).fill(0));
  assert.deepEqual(row('tokens', 2, 8), new Array(8).fill(pad));
});

test('what has no place in a program or no mark is refused with both sizes', () => {
  const sample = createSample([{ type: 'page', patches: page(2) }, text('x')], tiny, vocabulary);
  for (const size of [
    { samples: 0, patches: 2, tokens: 8 },
    { samples: 1, patches: 1, tokens: 8 },
    { samples: 1, patches: 2, tokens: 4 },
  ])
    assert.throws(() => feedObjective([sample], tiny, size), /got 1 samples of 2 patches and 5 tokens/);
  const pages = Array.from({ length: 9 }, (): Piece => ({ type: 'page', patches: page(1) }));
  assert.throws(() => createSample(pages, tiny, vocabulary), /at most 8, got more/);
});
