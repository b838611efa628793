import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { trainVocabulary } from './train-vocabulary.ts';
import {
  createVocabulary,
  firstMerge,
  readVocabulary,
  specialTokens,
  type Vocabulary,
  writeVocabulary,
} from './vocabulary.ts';

const prose = [
  'It was the best of times, it was the worst of times, ',
  'it was the age of wisdom …\n\tété 1859',
];
const trained = trainVocabulary(prose, 280);
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

test('the same texts give the same vocabulary, and its file gives it back', () => {
  assert.deepEqual(trainVocabulary(prose, 280).merges, trained.merges);
  const read = readVocabulary(writeVocabulary(trained));
  assert.deepEqual([read.size, read.merges], [trained.size, trained.merges]);
  assert.equal(trained.size, 280);
});

test('a very long word costs no more than its length', () => {
  const long = 'a'.repeat(300_000);
  assert.equal(trained.decode(trained.encode(long)), long);
});

test('broken files and sizes are refused', () => {
  const file = { kind: 'byte-bpe', specialTokens, merges: [[30, 31]] };
  const refused = (change: object, message: RegExp) =>
    assert.throws(() => readVocabulary(JSON.stringify({ ...file, ...change })), message);
  refused({ merges: [[30, 300]] }, /a new pair of tokens from 16 to 271 as merge 0, got 30, 300/);
  refused({ merges: [[3, 30]] }, /got 3, 30/);
  refused(
    {
      merges: [
        [30, 31],
        [30, 31],
      ],
    },
    /as merge 1/,
  );
  refused({ merges: [[30]] }, /at merges/);
  refused({ specialTokens: ['pad'] }, /the special tokens pad, patch/);
  refused({ kind: 'words' }, /byte-bpe/);
  assert.throws(() => readVocabulary('{'), /JSON/);
  assert.throws(() => trained.bytesOf(trained.size), /a token from 0/);
  for (const size of [10, 1e6, Number.NaN])
    assert.throws(() => trainVocabulary(prose, size), /a size from 272/);
});
