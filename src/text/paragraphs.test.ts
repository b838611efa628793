/** Paragraphs: what is cut where, and that no way of feeding the source changes it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createParagraphSplitter, type Paragraph, type ReflowMode } from './paragraphs.ts';

/** Feeds the source in pieces of the given sizes, the last size repeated. */
function split(source: string, reflow: ReflowMode, sizes: readonly number[] = [1 << 30]): Paragraph[] {
  const splitter = createParagraphSplitter({ reflow });
  const paragraphs: Paragraph[] = [];
  for (let at = 0, k = 0; at < source.length; k++) {
    const size = Math.max(1, sizes[Math.min(k, sizes.length - 1)] ?? 1);
    paragraphs.push(...splitter.push(source.slice(at, at + size)));
    at += size;
  }
  paragraphs.push(...splitter.end());
  return paragraphs;
}

const texts = (source: string, reflow: ReflowMode) => split(source, reflow).map(paragraph => paragraph.text);

function assertTiles(source: string, paragraphs: readonly Paragraph[]): void {
  let end = 0;
  let isStart = true;
  for (const paragraph of paragraphs) {
    assert.equal(paragraph.start, end);
    assert.ok(paragraph.text.length > 0);
    assert.equal(paragraph.isStart, isStart);
    end += paragraph.text.length;
    isStart = paragraph.isEnd;
  }
  assert.equal(end, source.length);
  assert.equal(isStart, true, 'the last paragraph ends');
  assert.equal(paragraphs.map(paragraph => paragraph.text).join(''), source);
}

/** Prose wrapped greedily at a width, as an editor does. */
function wrap(prose: string, width: number): string {
  const lines = [''];
  for (const word of prose.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

const prose =
  'It was a bright cold day in the valley, and the clocks of the old town were striking one after the other as ' +
  'if none of them would trust its neighbour with the hour. A carrier came down from the bridge with his cart ' +
  'half empty, looked at the sky, looked at the church, and decided that there was time enough for a glass.';

test('every kind of line end closes a paragraph and stays in its text', () => {
  assert.deepEqual(texts('a\nb\r\nc\rd\u2028e\u2029f\u0085g\vh\fi', 'off'), [
    'a\n',
    'b\r\n',
    'c\r',
    'd\u2028',
    'e\u2029',
    'f\u0085',
    'g\v',
    'h\f',
    'i',
  ]);
  assert.deepEqual(texts('\n\na\n\n', 'off'), ['\n', '\n', 'a\n', '\n']);
  assert.deepEqual(texts('', 'off'), []);
});

test('auto joins wrapped prose and keeps its paragraphs', () => {
  const source = `THE TITLE\n\n${wrap(prose, 72)}\n\n${wrap(prose, 72)}\n`;
  assert.deepEqual(texts(source, 'auto'), [
    'THE TITLE\n',
    '\n',
    `${wrap(prose, 72)}\n`,
    '\n',
    `${wrap(prose, 72)}\n`,
  ]);
  assert.deepEqual(texts(source.replaceAll('\n', '\r\n'), 'auto').length, 5);
  assert.deepEqual(texts(source, 'off').length, source.split('\n').length - 1);
});

test('lines with a life of their own keep their ends', () => {
  const wrapped = wrap(prose, 72);
  for (const own of [
    '- an item',
    '12. an item',
    '# Heading',
    '> quoted',
    '| a | b |',
    '   indented',
    '```',
    '<p>',
    '* * *',
  ]) {
    assert.deepEqual(
      texts(`${wrapped}\n${own}\n${wrapped}`, 'auto').slice(0, 2),
      [`${wrapped}\n`, `${own}\n`],
      own,
    );
  }
  const verse =
    'Tell me not in mournful numbers\nlife is but an empty dream\nfor the soul is dead that slumbers\n';
  assert.deepEqual(texts(`${wrapped}\n\n${verse}`, 'auto').slice(2).length, 3);
});

test('fenced code keeps its line ends', () => {
  const fence = `\`\`\`\n${wrap(prose, 72)}\n\`\`\`\n`;
  assert.equal(
    texts(`${wrap(prose, 72)}\n\n${fence}${wrap(prose, 72)}\n`, 'auto').length,
    1 + 1 + fence.split('\n').length - 1 + 1,
  );
});

/** Sentences of differing words, the same at every run. */
function ramble(length: number): string {
  const words = [...new Set(prose.toLowerCase().match(/[a-z]+/g))];
  let text = 'Then';
  for (let state = 1; text.length < length; ) {
    state = (state * 48_271) % 2_147_483_647;
    text += ` ${words[state % words.length]}`;
  }
  return `${text}.`;
}

test('the width is measured anew along the source', () => {
  const long = ramble(200_000);
  const parts = [72, 60, 0, 100].map(width =>
    width === 0 ? long.replace(/(.{20,300}?) /g, '$1\n') : wrap(long, width),
  );
  const paragraphs = texts(parts.join('\n\n'), 'auto');
  const longest = paragraphs.filter(text => text.length > 100_000);
  for (const part of [parts[0]!, parts[1]!, parts[3]!]) assert.ok(longest.some(text => part.includes(text)));
  assert.ok(paragraphs.length > 700, 'the third part has lines of its own');
});

test('on joins short samples too, all joins everything', () => {
  const two = wrap(prose.slice(0, 110), 72);
  assert.deepEqual(texts(two, 'on'), [two]);
  assert.deepEqual(texts('a\n\nb\f', 'all'), ['a\n\nb\f']);
});

test('a form feed ends a paragraph even in wrapped prose', () => {
  const wrapped = wrap(prose, 72);
  assert.deepEqual(texts(`${wrapped}\f${wrapped}`, 'auto'), [`${wrapped}\f`, wrapped]);
});

test('overlong paragraphs are cut where a line may end', () => {
  const source = `${'word '.repeat(120_000)}end\nnext`;
  const paragraphs = split(source, 'off', [10_000]);
  assertTiles(source, paragraphs);
  assert.deepEqual(
    paragraphs.map(({ isStart, isEnd }) => [isStart, isEnd]),
    [
      [true, false],
      [false, false],
      [false, true],
      [true, true],
    ],
  );
  for (const { text } of paragraphs.slice(0, 2)) {
    assert.ok(text.endsWith(' '));
    assert.ok(text.length <= 1 << 18 && text.length > (1 << 18) - 1024);
  }
  for (const unbroken of ['x', '👩‍👩‍👧', 'é', '中', '\ud800', '\u0301', '\r\n']) {
    const long = unbroken.repeat(600_000 / unbroken.length);
    assertTiles(long, split(long, 'all', [65_536]));
  }
  const emoji = '👩‍👩‍👧'.repeat(100_000);
  for (const { text } of split(emoji, 'off')) assert.equal(text.length % '👩‍👩‍👧'.length, 0);
});

test('a million lines, a line of a million', () => {
  assert.equal(split('\n'.repeat(1_000_000), 'auto', [1 << 16]).length, 1_000_000);
  assertTiles('a'.repeat(1_000_000), split('a'.repeat(1_000_000), 'auto', [1 << 16]));
});

const modes = fc.constantFrom<ReflowMode>('auto', 'on', 'off', 'all');
const sizes = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1 });

test('paragraphs tile any text', () => {
  const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map(all => String.fromCharCode(...all));
  const lines = fc.string({ unit: fc.constantFrom(...'ab .-\n\n\r\f\u2028中。'), maxLength: 400 });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), units, lines), modes, sizes, (text, mode, cuts) => {
      assertTiles(text, split(text, mode, cuts));
    }),
  );
});

test('pieces of any size give the same paragraphs', () => {
  const parts = [
    wrap(prose, 72),
    wrap(prose, 60),
    prose,
    '',
    '- item',
    '```',
    '   indented\r\n',
    '中文\r中文',
    '\f',
  ];
  const part = fc.constantFrom(...parts).map(text => `${text}\n`);
  const source = fc
    .tuple(
      fc.array(part, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('', 'w'),
    )
    .map(([list, times, long]) => list.join('').repeat(times) + long.repeat(270_000));
  fc.assert(
    fc.property(source, modes, sizes, (text, mode, cuts) => {
      assert.deepEqual(split(text, mode, cuts), split(text, mode));
    }),
    { numRuns: 40 },
  );
});
