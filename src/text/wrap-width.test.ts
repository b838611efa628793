/** Detection of hard-wrapped prose on texts of many kinds, and which line ends of such prose are soft. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { joinsNext, softNewlineIsSpace } from './line-join.ts';
import { detectHardWrap } from './wrap-width.ts';

const numbered = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

const mail = `Hello everyone,

thank you all for coming to the meeting last Thursday. I have put the
notes on the shared drive, together with the two drawings that we
looked at and the list of open points. Please add what I forgot; the
list will be closed on Monday, and the drawings go to the printer on
the day after that.

Best wishes
Anna`;

const german = `Als ich am nächsten Morgen aufwachte, lag der ganze Garten unter einer
dicken Schicht Schnee, und von der Straße war kein Laut zu hören. Die
Kinder standen schon am Fenster und warteten darauf, daß ich endlich
aufstehen und ihnen die Stiefel aus dem Keller holen würde, denn sie
hatten sich vorgenommen, noch vor dem Frühstück einen Schneemann zu
bauen, der größer sein sollte als der vom vorigen Jahr.`;

const chinese = `话说天下大势分久必合合久必分周末七国分争并入
于秦及秦灭之后楚汉分争又并入于汉汉朝自高祖斩
白蛇而起义一统天下后来光武中兴传至献帝遂分为
三国推其致乱之由殆始于桓灵二帝桓帝禁锢善类崇
信宦官及桓帝崩灵帝即位大将军窦武太傅陈蕃共相`;

const verse = `the fog comes in on the little feet of a cat
it sits a while and looks
over the harbor and over the city
on silent haunches
and then without a word to anyone at all
moves on`;

const log = numbered(
  60,
  i => `level=info msg="request done" path=/api/v1/items/${1000 + i * 7} status=200 ms=${i % 90}`,
);
const datedLog = numbered(
  60,
  i => `2024-03-01 12:00:${10 + (i % 50)} INFO worker ${i} finished its task without any error`,
);
const csv = numbered(
  60,
  i => `${i},smith and sons,"a rather long street name ${i}",springfield,united states of america,${i * 31}`,
);
const base64 = numbered(40, i =>
  'QmFzZTY0IGlzIGEgZ3JvdXAgb2YgYmluYXJ5LXRvLXRleHQgZW5jb2Rpbmcgc2NoZW1lcyA'.slice(0, 64 + (i % 2)),
);
const sentences = numbered(
  40,
  i => `this sentence stands on a line of its own ${'and goes on '.repeat(i % 9)}to its end.`,
);
const code = readFileSync('src/text/paragraphs.ts', 'utf8');
const imports = numbered(4, i => `import { part${i} } from './a-module-of-${'x'.repeat(i)}.js';`);
const list = numbered(
  40,
  i => `- item ${i} of a list whose items are nearly as long as a whole line of it is`,
);
const markdown = `# Title\n\n${german}\n\n- one\n- two\n\n\`\`\`\nlet x = 1\n\`\`\`\n\n${german}\n`;

test('wrapped prose is detected', () => {
  assert.equal(detectHardWrap(mail), true, 'mail');
  assert.equal(detectHardWrap(german), true, 'German');
  assert.equal(detectHardWrap(markdown), true, 'Markdown');
  assert.equal(detectHardWrap(mail.replaceAll('\n', '\r\n')), true, 'CRLF');
  assert.equal(detectHardWrap(chinese), true, 'Chinese');
});

test('other texts are not taken for it', () => {
  const others = {
    verse,
    log,
    datedLog,
    csv,
    base64,
    sentences,
    code,
    imports,
    list,
    empty: '',
    word: 'word',
    blank: '\n\n\n',
  };
  for (const [name, text] of Object.entries(others)) assert.equal(detectHardWrap(text), false, name);
  assert.equal(
    detectHardWrap(german.replaceAll('\n', ' ').repeat(20).replaceAll('. ', '.\n')),
    false,
    'unwrapped',
  );
});

const texts = new URL('../../../shared/texts/', import.meta.url);
const novels = ['bleak-house', 'great-expectations', 'jane-eyre', 'middlemarch', 'moby-dick'];

test('novels', { skip: existsSync(texts) ? false : 'needs ../shared/texts' }, () => {
  for (const name of novels) {
    const novel = readFileSync(new URL(`${name}.txt`, texts), 'utf8');
    for (let at = 0; at < novel.length; at += 1 << 16) {
      assert.equal(detectHardWrap(novel.slice(at, at + (1 << 16))), true, `${name} at ${at}`);
    }
  }
  const chineseNovel = readFileSync(new URL('hongloumeng-zh.txt', texts), 'utf8');
  for (let at = 0; at < chineseNovel.length; at += 1 << 16) {
    assert.equal(detectHardWrap(chineseNovel.slice(at, at + (1 << 16))), false, `at ${at}`);
  }
});

function joins(line: string, next: string, width: number): boolean {
  const text = `${line}\n${next}`;
  return joinsNext(text, { start: 0, end: line.length }, { start: line.length + 1, end: text.length }, width);
}

test('a line end is soft when the next word would not have fitted', () => {
  const full = `${'x'.repeat(30)} and so on until the line is full of words`;
  assert.equal(joins(full, 'next', 74), true);
  assert.equal(joins(full, 'next', 120), false, 'it would have fitted');
  assert.equal(joins(full, 'next', 50), false, 'longer than any line of this width');
  assert.equal(joins(full, '', 74), false);
  assert.equal(joins(full, '  next', 74), false);
  assert.equal(joins(full, '- next', 74), false);
  assert.equal(joins(`# ${full}`, 'next', 76), false);
  assert.equal(joins(`${full} \\`, 'next', 76), false);
  assert.equal(joins('中'.repeat(36), '文', 74), true, 'ideographs are two columns wide');
});

test('what a soft line end draws', () => {
  const draws = (pair: string) => softNewlineIsSpace(pair.charCodeAt(0), pair.charCodeAt(1));
  for (const pair of ['ab', '-a', '中a', 'a中', '한국', '。a', '\ra']) assert.equal(draws(pair), true, pair);
  for (const pair of ['中文', '。文', '文「', 'かカ', ' a', 'a ', '\ta', 'a\n', '中\n', 'a'])
    assert.equal(draws(pair), false, pair);
});
