/** The split by documents and its guard against near duplicates; what is left out of a corpus; where examples come from. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, sha256Hex } from '../base/index.ts';
import { type CorpusFile, openCorpus } from './corpus.ts';
import { startFingerprint } from './fingerprint.ts';
import { createPlaces } from './places.ts';
import { maxSamples, type SplitInput, splitDocuments } from './split.ts';
import { english, memoryCorpus, memoryFiles } from './test/texts.ts';

const fingerprint = (text: string, share = 1) => {
  const started = startFingerprint(share);
  started.push(text);
  return started.end();
};

const inputOf = (text: string): SplitInput => ({
  sha256: sha256Hex(text),
  length: text.length,
  shingles: fingerprint(text),
});

test('shingles do not depend on pieces, case, punctuation or line breaks', () => {
  const text = english(3000);
  const pieced = startFingerprint(0.25);
  for (let i = 0; i < text.length; i += 7) pieced.push(text.slice(i, i + 7));
  assert.deepEqual(pieced.end(), fingerprint(text, 0.25));
  const other = text.toUpperCase().replaceAll(' ', '\r\n').replaceAll('.', '!');
  assert.deepEqual(fingerprint(other), fingerprint(text));
  const sampled = fingerprint(text, 0.25).length / fingerprint(text).length;
  assert.ok(sampled > 0.2 && sampled < 0.3, `${sampled} of them for a share of 0.25`);
});

test('near duplicates are always on one side, other documents where their hash puts them', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0.02, max: 0.1, noNaN: true }), (seed, share) => {
      const originals = Array.from({ length: 20 }, (_, i) => english(3000, `${seed} ${i}`));
      // A new edition: a third replaced, rewrapped, under another name at the end.
      const edition = `${originals[0]!.slice(0, 2000).replaceAll(' ', '\n')}${english(1000, `${seed} new`)}`;
      const quoted = english(6000, `${seed} long`) + originals[1]!.slice(100, 2600);
      const texts = [...originals, edition, quoted];
      const outcomes = splitDocuments(texts.map(inputOf), share);
      assert.deepEqual([outcomes[20]!.cluster, outcomes[21]!.cluster], [0, 1]);
      assert.deepEqual([outcomes[20]!.split, outcomes[21]!.split], [outcomes[0]!.split, outcomes[1]!.split]);
      const alone = splitDocuments(originals.slice(2).map(inputOf), share).map(({ split }) => split);
      assert.deepEqual(
        outcomes.slice(2, 20).map(({ split }) => split),
        alone,
        'what else is in the corpus does not matter',
      );
      assert.ok(outcomes.slice(0, 20).every(({ cluster }, i) => cluster === i));
    }),
    { numRuns: 10 },
  );
});

test('a licence at the head of every file does not make one cluster of long files', () => {
  const licence = english(400, 'licence');
  const files = Array.from({ length: 12 }, (_, i) => inputOf(licence + english(4000, `file ${i}`)));
  assert.equal(new Set(splitDocuments(files, 0.5).map(({ cluster }) => cluster)).size, 12);
});

test('validation never takes more than half of the text', () => {
  const outcomes = splitDocuments(
    [english(2000, '1'), english(2000, '2'), english(9000, '3')].map(inputOf),
    1,
  );
  assert.equal(outcomes[2]!.split, 'train');
  assert.ok(outcomes.some(({ split }) => split === 'val'));
});

test('what is no usable text is recorded and left out', async () => {
  const text = english(2000);
  const unreadable: CorpusFile = {
    name: 'photo.txt',
    byteLength: 9,
    open: async () => ({ name: 'photo.txt', reason: 'a PNG image, not text' }),
  };
  const files = [...memoryFiles({ 'a.txt': text, 'short.txt': 'Hi.', 'copy.txt': text }), unreadable];
  const corpus = await openCorpus(files, { valShare: 0 });
  assert.deepEqual(
    corpus.documents.map(({ name, split }) => [name, split]),
    [['a.txt', 'train']],
  );
  assert.deepEqual(corpus.skipped, [
    { name: 'short.txt', reason: 'fewer than 64 characters' },
    { name: 'copy.txt', reason: 'the same bytes as a.txt' },
    { name: 'photo.txt', reason: 'a PNG image, not text' },
  ]);
  await assert.rejects(
    openCorpus([unreadable], { valShare: 0 }),
    /at least one usable text, got 1 left out, e\.g\. "photo\.txt": a PNG image/,
  );
  await assert.rejects(openCorpus([], { valShare: 0 }), /at least one usable text, got no file/);
});

test('samples of a corpus are bounded, whatever its size', async () => {
  const files = memoryFiles({ 'a.txt': english(4000) }).map(file => ({
    ...file,
    byteLength: maxSamples * 100,
  }));
  const { documents } = await openCorpus(files, { valShare: 0 });
  assert.equal(documents.length, 1);
});

test('examples are spread evenly: each has a stretch of its own', async () => {
  const texts = { 'train-a.txt': english(5000), 'train-b.txt': english(1000), 'train-c.txt': english(4000) };
  const { documents } = await memoryCorpus(texts);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (examples, seed) => {
      const places = createPlaces(documents, examples);
      const stretches = Array.from({ length: examples }, (_, i) => {
        const { document, offset } = places.at(i, 0, createRandom(`${seed} ${i}`));
        assert.ok(offset >= 0 && offset < document.length);
        const before = documents.slice(0, documents.indexOf(document));
        const inAll = before.reduce((sum, { length }) => sum + length, 0) + offset;
        // Offsets are whole, stretches are not.
        return Math.floor(((inAll + 0.5) / 10_000) * examples);
      });
      assert.ok(new Set(stretches).size > 0.85 * examples);
    }),
    { numRuns: 20 },
  );
});
