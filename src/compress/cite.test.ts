import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { findCitations } from './cite.ts';
import { compress, type PagedDocument } from './index.ts';
import { effects, prose } from './test/harness.ts';

const text = prose(1, 30_000);
let documents: readonly PagedDocument[];
before(async () => {
  ({ documents } = await compress(text, { model: 'zai-org/Glyph', ...effects }));
});

test('a mark leads to the characters of the source', () => {
  const answer = 'It began [p2:3-5] and ended [p4].';
  const { citations, broken } = findCitations(answer, documents);
  assert.deepEqual(broken, []);
  const [lines, page] = citations;
  assert.deepEqual([lines!.page, lines!.lines], [2, { first: 3, last: 5 }]);
  assert.equal(answer.slice(lines!.mark.start, lines!.mark.end), '[p2:3-5]');
  assert.equal(text.slice(lines!.start, lines!.end), lines!.text);
  const shown = documents[0]!.pages[1]!.lines;
  assert.deepEqual([lines!.start, lines!.end], [shown[2]!.start, shown[4]!.end]);
  assert.equal(page!.lines, undefined);
  assert.equal(text.slice(page!.start, page!.end), page!.text);
});

test('spellings of models', () => {
  const places = (answer: string) =>
    findCitations(answer, documents).citations.map(({ page, lines }) => [page, lines?.first, lines?.last]);
  assert.deepEqual(places('[p3:12–14]'), [[3, 12, 14]]);
  assert.deepEqual(places('[p. 3: 12 - 14]'), [[3, 12, 14]]);
  assert.deepEqual(places('[page 3]'), [[3, undefined, undefined]]);
  assert.deepEqual(places('[p1:2, p2:4-6; p3]'), [
    [1, 2, 2],
    [2, 4, 6],
    [3, undefined, undefined],
  ]);
  assert.deepEqual(places('[P3:12]'), [[3, 12, 12]]);
});

test('places that do not exist are told apart, other brackets are left alone', () => {
  const { citations, broken } = findCitations(
    '[p99] [p1:5000] [p2:9-3] [1] [x] [please] [p3:1-9999]',
    documents,
  );
  assert.deepEqual(broken, ['[p99]', '[p1:5000]', '[p2:9-3]']);
  assert.deepEqual(
    citations.map(each => each.lines?.last),
    [documents[0]!.pages[2]!.lines.length],
  );
});

test('no answer breaks it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('[', ']', 'p', '1', '9', ':', '-', ' ', ',', 'a') }),
      answer => {
        for (const { start, end } of findCitations(answer, documents).citations) assert.ok(start <= end);
      },
    ),
  );
});
