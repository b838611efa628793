import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseRows, type PagedText, type RankPassages } from './choose-rows.ts';
import { readerPresets } from './config.ts';

const { small: config } = readerPresets;

/** Pages of so many lines of seven characters; those with a word of the question in them are named. */
function documentOf(pageLines: readonly number[], hits: ReadonlySet<string>): PagedText {
  let text = '';
  const pages = pageLines.map((count, page) => {
    const lines = Array.from({ length: count }, (_, line) => {
      const start = text.length;
      text += hits.has(`${page + 1}:${line + 1}`) ? 'needle ' : 'straws ';
      return { start, end: text.length };
    });
    const span = { start: lines[0]?.start ?? text.length, end: text.length };
    return { number: page + 1, png: new Uint8Array(0), span, lines };
  });
  return { text, pages };
}

const rank: RankPassages = (_, passages, atMost) =>
  passages
    .map((passage, index) => ({ index, score: passage.split('needle').length - 1 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, atMost);

const chosen = (document: PagedText, tokens: number) =>
  chooseRows(document, 'needle?', { config, tokens, rank }).map(({ page, first, count }) => [
    page.number,
    first,
    count,
  ]);

test('pages that fit are shown whole, in the order of the document', () => {
  const document = documentOf([64, 64, 64, 20], new Set(['4:3', '2:40']));
  assert.deepEqual(chosen(document, 1700), [
    [2, 0, 64],
    [4, 0, 20],
  ]);
});

test('where they do not, the rows around the best line are, and short pages leave the others more', () => {
  const document = documentOf([64, 64, 10], new Set(['1:1', '2:40', '3:5']));
  assert.deepEqual(chosen(document, 3 * 2 + 10 * 70), [
    [1, 0, 30],
    [2, 23, 30],
    [3, 0, 10],
  ]);
  assert.deepEqual(chosen(document, 12), [[1, 0, 1]]);
});

test('with no word in common it is the beginning', () => {
  assert.deepEqual(chosen(documentOf([0, 64, 64], new Set()), 1700), [[2, 0, 64]]);
});

test('what is shown never takes more than there is, and always has the best line of the best page', () => {
  const hits = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 64 })));
  const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sizes, hits, fc.integer({ min: 70, max: 1900 }), (lines, places, tokens) => {
      const document = documentOf(lines, new Set(places.map(place => place.join(':'))));
      const shown = chooseRows(document, 'needle?', { config, tokens, rank });
      const cost = shown.reduce((sum, { count }) => sum + 2 + count * config.pageColumns, 0);
      assert.equal(cost <= tokens, true);
      assert.equal(shown.length <= 8, true);
      for (const { page, first, count } of shown)
        assert.equal(first >= 0 && count >= 1 && first + count <= page.lines.length, true);
    }),
  );
});
