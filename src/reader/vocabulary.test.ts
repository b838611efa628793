import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { trainVocabulary } from './train-vocabulary.ts';
import {
  createVocabulary,
  firstByte,
  firstMerge,
  mostPages,
  mostRows,
  readVocabulary,
  specialId,
  specialTokens,
  type Vocabulary,
  writeVocabulary,
} from './vocabulary.ts';

const prose = [
  'It was the best of times, it was the worst of times, ',
  'it was the age of wisdom …\n\tété 1859',
];
const trainedSize = firstMerge + 10;
const trained = trainVocabulary(prose, trainedSize);
/** What UTF-8 can say of a string. */
const wellFormed = (text: string) => Buffer.from(text).toString();
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0xd7f0, max: 0xe00f })).map(units => String.fromCharCode(...units)),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('it was', ' the', ' ', '\n', '<page>', '1859', '\ufeff'))
    .map(list => list.join('')),
);

test('every string comes back, whatever was learnt', () => {
  for (const vocabulary of [trained, createVocabulary([])]) {
    fc.assert(
      fc.property(texts, text => {
        assert.equal(vocabulary.decode(vocabulary.encode(text)), wellFormed(text));
      }),
    );
  }
});

test('lone surrogates become the replacement character', () => {
  assert.equal(trained.decode(trained.encode('a\ud800b\udc00')), 'a\ufffdb\ufffd');
});

test('text never makes a special token, and what is learnt makes it shorter', () => {
  fc.assert(
    fc.property(texts, text => {
      const tokens = trained.encode(text);
      assert.ok(tokens.every(token => token >= specialTokens.length && token < trained.size));
      assert.ok(tokens.length <= createVocabulary([]).encode(text).length);
    }),
  );
  assert.ok(trained.encode(prose[0]!).length < 0.75 * prose[0]!.length);
});

test('merges are the commonest pairs first, ties by the smaller tokens', () => {
  const piecesOf = (vocabulary: Vocabulary) =>
    vocabulary.merges.map((_, i) => vocabulary.decode([firstMerge + i]));
  assert.deepEqual(piecesOf(trainVocabulary(['abab abab cdcd'], 400)), ['ab', 'cd', 'abab']);
  assert.deepEqual(piecesOf(trainVocabulary(['aaaa aaaa'], 400)), ['aa', 'aaaa']);
  assert.deepEqual(trainVocabulary([], 1024).merges, []);
});

test('pages and rows have marks of their own, which text never makes', () => {
  const ids = [
    ...Array.from({ length: mostPages }, (_, i) => specialId(`page-${i + 1}`)),
    ...Array.from({ length: mostRows }, (_, i) => specialId(`row-${i + 1}`)),
  ];
  assert.deepEqual(
    ids,
    ids.map((_, i) => specialId('page-1') + i),
  );
  assert.ok(ids.every(id => id < firstByte && trained.bytesOf(id).length === 0));
  assert.ok(trained.encode('page-1 row-1 [p1:1]').every(token => token >= firstByte));
});

test('characters are counted by where they begin', () => {
  const characters = (text: string) =>
    trained.encode(text).reduce((sum, token) => sum + trained.charactersIn(token), 0);
  fc.assert(fc.property(texts, text => assert.equal(characters(text), [...wellFormed(text)].length)));
  assert.equal(trained.charactersIn(specialId('row-1')), 0);
});

test('the same texts give the same vocabulary, and its file gives it back', () => {
  assert.deepEqual(trainVocabulary(prose, trainedSize).merges, trained.merges);
  const read = readVocabulary(writeVocabulary(trained));
  assert.deepEqual([read.size, read.merges], [trained.size, trained.merges]);
  assert.equal(trained.size, trainedSize);
});

test('a very long word costs no more than its length', () => {
  const long = 'a'.repeat(300_000);
  assert.equal(trained.decode(trained.encode(long)), long);
});

test('broken files and sizes are refused', () => {
  const [a, b] = [firstByte + 14, firstByte + 15];
  const file = { kind: 'byte-bpe', specialTokens, merges: [[a, b]] };
  const refused = (change: object, message: RegExp) =>
    assert.throws(() => readVocabulary(JSON.stringify({ ...file, ...change })), message);
  refused(
    { merges: [[a, firstMerge]] },
    new RegExp(
      `a new pair of tokens from ${firstByte} to ${firstMerge - 1} as merge 0, got ${a}, ${firstMerge}`,
    ),
  );
  refused({ merges: [[3, a]] }, new RegExp(`got 3, ${a}`));
  refused(
    {
      merges: [
        [a, b],
        [a, b],
      ],
    },
    /as merge 1/,
  );
  refused({ merges: [[a]] }, /at merges/);
  refused({ specialTokens: ['pad'] }, /the special tokens pad, patch/);
  refused({ kind: 'words' }, /byte-bpe/);
  assert.throws(() => readVocabulary('{'), /JSON/);
  assert.throws(() => trained.bytesOf(trained.size), /a token from 0/);
  for (const size of [10, 1e6, Number.NaN])
    assert.throws(() => trainVocabulary(prose, size), new RegExp(`a size from ${firstMerge}`));
});
