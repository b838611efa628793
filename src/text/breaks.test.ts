/** Break opportunities and grapheme clusters by example and over arbitrary text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { breakPairs } from './break-pairs.ts';
import { breakOffsets } from './breaks.ts';
import { characterClass, isSimple } from './classes.ts';
import { hasDictionary } from './dictionary-breaks.ts';
import { graphemeBoundaries } from './graphemes.ts';

/** The text with `|` at each offset. */
function marked(text: string, offsets: Iterable<number>): string {
  let result = '';
  let last = 0;
  for (const offset of offsets) {
    result += `${text.slice(last, offset)}|`;
    last = offset;
  }
  return result + text.slice(last);
}

const broken = (text: string) => marked(text, breakOffsets(text));

test('space-separated scripts break at spaces only', () => {
  assert.equal(broken('The cafe\u0301-bar and/or e\u0301/a'), 'The |cafe\u0301-bar |and/or |e\u0301/a');
  assert.equal(broken('مرحبا-بالعالم، نعم/لا'), 'مرحبا-بالعالم، |نعم/لا');
  assert.equal(broken('हिन्दी में, क्षत्रिय।अब'), 'हिन्दी |में, |क्षत्रिय।अब');
  assert.equal(broken('שלום-עולם ־ '), 'שלום-עולם |־ ');
});

test('ideographs beyond the BMP or with marks break like others', () => {
  assert.equal(broken('𠀀𠀁、𠀂か\u3099。'), '𠀀|𠀁、|𠀂|か\u3099。');
  assert.equal(broken('葛\u{e0100}城（e\u0301）'), '葛\u{e0100}|城|（e\u0301）');
  assert.equal(broken('ᄒ\u1161\u11abᄀ\u1173\u11af'), 'ᄒ\u1161\u11ab|ᄀ\u1173\u11af');
});

test('emoji sequences stay whole', () => {
  assert.equal(broken('👨‍👩‍👧👍🏽🇩🇪🇫🇷ok ❤️❤️'), '👨‍👩‍👧|👍🏽|🇩🇪|🇫🇷|ok |❤️|❤️');
});

test('Tibetan breaks after a tsheg, not before a shad', () => {
  assert.equal(broken('བོད་ཀྱི་སྐད། ནི་།'), 'བོད་|ཀྱི་|སྐད། |ནི་།');
});

test('controls of direction stay with their neighbours', () => {
  assert.equal(broken('中\u200f，א'), '中\u200f，|א');
});

test('South-East Asian words part where the dictionary says', { skip: !hasDictionary }, () => {
  assert.equal(broken('ภาษาไทยเป็นภาษา'), 'ภาษา|ไทย|เป็น|ภาษา');
  for (const text of ['คำ ๆ ฯลฯ', 'ភាសាខ្មែរជាភាសា។ ខ្ញុំ', 'မြန်မာဘာသာစကားသည်။']) {
    for (const offset of breakOffsets(text)) {
      if (text[offset - 1] !== ' ') assert.doesNotMatch(text[offset]!, /[\u0e2f\u0e46\u17d4\u104b]/);
    }
  }
});

test('long runs without spaces keep their word boundaries across pieces', { skip: !hasDictionary }, () => {
  const text = 'ภาษาไทยเป็นภาษา'.repeat(300);
  const single = breakOffsets(text.slice(0, 15)).length + 1;
  assert.equal(breakOffsets(text).length, single * 300 - 1);
});

test('grapheme clusters', () => {
  const split = (text: string) => marked(text, [...graphemeBoundaries(text)].slice(0, -1));
  assert.equal(split('e\u0301a\r\nक्षि🇩🇪🇫🇷'), 'e\u0301|a|\r\n|क्षि|🇩🇪|🇫🇷');
  assert.equal(split('\ud83d\ude00\ud83d'), '\ud83d\ude00|\ud83d');
  assert.deepEqual([...graphemeBoundaries('')], []);
  assert.deepEqual([...graphemeBoundaries('ab')], [1, 2]);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom(...'aé\u0301 -/。「中っ한กา\u200d👩🇩\u200b\u00a0\u2060\n\r\t་།א') }),
);

test('breaks of any text ascend, lie inside it and never part a grapheme cluster', () => {
  fc.assert(
    fc.property(anyText, text => {
      const clusters = new Set(graphemeBoundaries(text));
      let last = 0;
      for (const offset of breakOffsets(text)) {
        assert.ok(offset > last && offset < text.length);
        assert.ok(clusters.has(offset));
        last = offset;
      }
    }),
  );
});

test('simple text breaks as the pair table says', () => {
  const simpleText = fc.string({
    unit: fc.constantFrom(...'ab é-/.,("“” 。「中っ한\u200b\u00a0\u2060\t\u3000—…'),
  });
  fc.assert(
    fc.property(simpleText, text => {
      assert.ok(isSimple(text));
      const expected = [];
      for (let i = 1; i < text.length; i++) {
        const pair = (characterClass[text.charCodeAt(i - 1)]! << 4) | characterClass[text.charCodeAt(i)]!;
        if (breakPairs[pair] === 1) expected.push(i);
      }
      assert.deepEqual([...breakOffsets(text)], expected);
    }),
  );
});
