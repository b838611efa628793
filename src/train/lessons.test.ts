/** Lessons say what the page shows: each mark leads its own line, each place is where the line stands. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { readerPresets, type Sample, specialId, specialTokens, trainVocabulary } from '../reader/index.ts';
import { readDataSet } from './data-set.ts';
import { type KnownPage, knownLines, readingLesson } from './lessons.ts';
import type { ReaderKind } from './material.ts';
import { createPageShelf } from './page-shelf.ts';
import { builtData, dataFiles } from './test/tiny-data.ts';

let pages: readonly KnownPage[];
let kind: ReaderKind;
before(async () => {
  const files = dataFiles(await builtData('pretrain', 12));
  const { rows } = await readDataSet(files);
  const loadPage = createPageShelf(files, readerPresets.tiny);
  pages = await Promise.all(
    rows.map(async row => ({ page: await loadPage(row.images[0]!), lines: knownLines(row)! })),
  );
  const vocabulary = trainVocabulary(
    pages.flatMap(({ lines }) => lines),
    360,
  );
  kind = { config: { ...readerPresets.tiny, vocabularySize: vocabulary.size }, vocabulary };
});

const nameOf = (token: number) => specialTokens[token];

/** A page, and some of its rows. */
const crops = () =>
  fc
    .record({ page: fc.nat(), first: fc.nat(), count: fc.nat(), seed: fc.nat() })
    .map(({ page, first, count, seed }) => {
      const known = pages[page % pages.length]!;
      const start = first % known.lines.length;
      return { known, first: start, count: 1 + (count % (known.lines.length - start)), seed };
    });

/** What is written after each mark of a row, by row from 0. */
function written({ tokens, weights }: Sample): { row: number; text: string; isLearnt: boolean }[] {
  const found: { row: number; tokens: number[]; isLearnt: boolean }[] = [];
  const start = tokens.lastIndexOf(specialId('assistant'));
  for (const [i, token] of [...tokens].entries()) {
    if (i <= start) continue;
    const name = nameOf(token);
    if (name === 'next-row') found.push({ row: found.at(-1)!.row + 1, tokens: [], isLearnt: true });
    else if (name?.startsWith('row-'))
      found.push({ row: Number(name.slice(4)) - 1, tokens: [], isLearnt: true });
    else if (name === undefined) {
      const last = found.at(-1)!;
      last.tokens.push(token);
      last.isLearnt &&= weights[i] === 1;
    }
  }
  return found.map(({ row, tokens: text, isLearnt }) => ({
    row,
    text: kind.vocabulary.decode(text),
    isLearnt,
  }));
}

/** The places of a crop's patches are those of its rows, and a row's text begins at its beginning. */
function checkPlaces({ tokens, places, pages: cropped }: Sample, first: number): void {
  const [{ rows, columns, firstRow } = { rows: 0, columns: 0, firstRow: -1 }] = cropped;
  assert.equal(firstRow, first);
  const patches = [...tokens.keys()].filter(i => nameOf(tokens[i]!) === 'patch').map(i => places[i]!);
  assert.equal(patches.length, rows * columns);
  for (const [i, { row, column }] of patches.entries())
    assert.deepEqual([row, column], [first + Math.floor(i / columns), (i % columns) + 0.5]);
  for (const [i, token] of tokens.entries()) {
    const name = nameOf(token);
    if (name?.startsWith('row-')) assert.deepEqual(places[i], { row: Number(name.slice(4)) - 1, column: 0 });
    if (name === 'next-row') assert.deepEqual([places[i]!.row % 1, places[i]!.column], [0, 0]);
  }
}

test('only OCR rows of one page with each line named in order give lines', () => {
  const row = (content: string, change: object = {}) => ({
    id: 'a',
    task: 'ocr',
    images: ['a.png'],
    messages: [
      { role: 'user' as const, content: '<image>' },
      { role: 'assistant' as const, content },
    ],
    ...change,
  });
  assert.deepEqual(knownLines(row('[p1:1] one\n\n[p1:2] two')), ['one\n', 'two']);
  assert.deepEqual(knownLines(row('[p1:1] [p1:3] is text')), ['[p1:3] is text']);
  for (const other of [
    row('one two'),
    row('one\n[p1:1] two'),
    row('[p1:2] two'),
    row('[p1:1] one\n[p1:3] three'),
    row('[p1:1] one', { task: 'interleaved' }),
    row('[p1:1] one', { images: ['a.png', 'b.png'] }),
    row('[p1:1] one', { messages: [{ role: 'user', content: '[p1:1] one' }] }),
  ])
    assert.equal(knownLines(other), undefined, JSON.stringify(other));
});

test('a row’s mark is followed by exactly that line, wherever the crop begins', () => {
  fc.assert(
    fc.property(crops(), fc.constantFrom('in-order' as const, 'jumping' as const), (crop, order) => {
      const { known, first, count, seed } = crop;
      const random = createRandom(seed);
      const rows = Array.from({ length: count }, (_, i) =>
        order === 'in-order' ? first + i : random.integer(first, first + count - 1),
      );
      const sample = readingLesson(known, kind, { first, count, written: rows }, order);
      const expected = rows.map(row => ({ row, text: known.lines[row]!, isLearnt: true }));
      assert.deepEqual(written(sample), expected);
      checkPlaces(sample, first);
    }),
  );
});

test('text moves over its row as a typewriter does, a character’s width at a time', () => {
  const known = pages.find(({ lines }) => lines.length > 1)!;
  const sample = readingLesson(known, kind, { first: 1, count: 1, written: [1] }, 'in-order');
  const end = sample.tokens.lastIndexOf(specialId('end'));
  const { row, column } = sample.places[end - 1]!;
  assert.equal(row, 1);
  const width = ([...known.lines[1]!].length * kind.config.advancePx) / kind.config.patchWidthPx;
  assert.ok(Math.abs(column - width) < 1e-9, `${column} for ${width}`);
});

test('cells are labelled with the characters that are drawn in them', () => {
  const known = pages.find(({ lines }) => lines.length > 1)!;
  const { pages: cropped } = readingLesson(known, kind, { first: 1, count: 1, written: [] }, 'in-order');
  const { labels } = cropped[0]!;
  const visible = [...known.lines[1]!].filter(character => !/[ \n]/.test(character));
  const shown = [...labels!].filter(label => label !== 0).map(label => String.fromCharCode(label + 32));
  // A cell is narrower than a character, so each has one of its own.
  assert.equal(
    shown.filter(character => character !== String.fromCharCode(95 + 32)).join(''),
    visible.join(''),
  );
});
