import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerPresets } from './config.ts';
import { feedObjective } from './objective.ts';
import { cutPage, labelCells } from './page.ts';
import { createSample, type Piece } from './sample.ts';
import { trainVocabulary } from './train-vocabulary.ts';
import { specialId } from './vocabulary.ts';

const { tiny } = readerPresets;
const vocabulary = trainVocabulary(['über it', 'über it'], 280);
const page = (columns: number) =>
  cutPage({ widthPx: 12 * columns, heightPx: 12, data: new Uint8Array(144 * columns).fill(255) }, tiny);
const text = (words: string, standsIn?: readonly number[]): Piece => ({
  type: 'text',
  text: words,
  weight: 1,
  ...(standsIn === undefined ? {} : { standsIn }),
});
const special = (token: 'user' | 'end', weight = 0): Piece => ({ type: 'special', token, weight });

test('pages and text stand in order, and tokens know the patch their text begins in', () => {
  const pieces = [special('user'), { type: 'page', patches: page(2) } as const, text('a')];
  const last = [{ type: 'page', patches: page(1) } as const, text('über it', [2, 2, 0, 0, 0, 1, 1])];
  const { tokens, weights, readFrom, pages } = createSample([...pieces, ...last], vocabulary);
  assert.equal(pages.length, 2);
  const patch = specialId('patch');
  assert.deepEqual(
    [...tokens.slice(0, 9)],
    [
      specialId('user'),
      specialId('page'),
      patch,
      patch,
      specialId('page-end'),
      tokens[5],
      specialId('page'),
      patch,
      specialId('page-end'),
    ],
  );
  assert.equal(vocabulary.decode(tokens), 'aüber it');
  const pieceOf = (i: number) => vocabulary.decode([tokens[i]!]);
  const read = [...tokens.keys()]
    .filter(i => readFrom[i]! >= 0)
    .map(i => [pieceOf(i), readFrom[i], weights[i]]);
  assert.deepEqual(read, [
    ['über', 7, 1],
    [' it', 3, 1],
  ]);
});

test('the target of a token is the next one, with its weight and place; what is filled up weighs nothing', () => {
  const labelled = labelCells(page(2), tiny, [{ character: '!', xPx: 13, yPx: 6 }]);
  const pieces: Piece[] = [{ type: 'page', patches: labelled }, text('x', [1]), special('end', 0.5)];
  const sample = createSample(pieces, vocabulary);
  const unlabelled = createSample([{ type: 'page', patches: page(1) }, text('x')], vocabulary);
  const size = { samples: 3, patches: 4, tokens: 8 };
  const options = { alignmentWeight: 1, lookingWeight: 1 };
  const feeds = feedObjective([sample, unlabelled], tiny, size, options) as Record<string, Float32Array>;
  const row = (name: string, i: number, length: number) => [
    ...feeds[name]!.subarray(i * length, (i + 1) * length),
  ];
  const [a, b] = [...vocabulary.encode('x')];
  assert.equal(b, undefined);
  const [pad, start, patch, end] = (['pad', 'page', 'patch', 'page-end'] as const).map(specialId);
  assert.deepEqual(row('tokens', 0, 8), [start, patch, patch, end, a, specialId('end'), pad, pad]);
  assert.deepEqual(row('targets', 0, 8), [patch, patch, end, a, specialId('end'), 0, 0, 0]);
  assert.deepEqual(row('weights', 0, 8), [0, 0, 0, 1, 0.5, 0, 0, 0]);
  assert.deepEqual(row('places', 0, 8), [0, 0, 0, 2, 0, 0, 0, 0]);
  assert.deepEqual(row('placeWeights', 0, 8), [0, 0, 0, 1, 0, 0, 0, 0]);
  assert.deepEqual(row('placeWeights', 1, 8), [0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('patchAt', 0, 8), [0, 1, 2, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('patchAt', 1, 8), [0, 5, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('pages', 0, 4), [0, 0, -1, -1]);
  assert.deepEqual(row('columns', 0, 4), [0, 1, 0, 0]);
  assert.deepEqual(row('labels', 0, 12), [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('labelWeights', 0, 12), [1, 1, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(row('labelWeights', 1, 12), new Array(12).fill(0));
  assert.deepEqual(row('tokens', 2, 8), new Array(8).fill(pad));
});

test('what has no place in a program is refused with both sizes', () => {
  const sample = createSample([{ type: 'page', patches: page(2) }, text('x')], vocabulary);
  for (const size of [
    { samples: 0, patches: 2, tokens: 8 },
    { samples: 1, patches: 1, tokens: 8 },
    { samples: 1, patches: 2, tokens: 4 },
  ])
    assert.throws(() => feedObjective([sample], tiny, size), /got 1 samples of 2 patches and 5 tokens/);
});
