/** The class table against Unicode's properties and by example. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as classes from './classes.ts';
import { isDefaultIgnorable } from './default-ignorable.ts';

const { characterClass, COMPLEX, isSimple } = classes;

const classOf = (character: string) => characterClass[character.charCodeAt(0)];

/** BMP code units a pattern matches, surrogates excluded. */
function* units(pattern: RegExp): Generator<number> {
  for (let unit = 0; unit < 0x10000; unit++) {
    if ((unit & 0xf800) !== 0xd800 && pattern.test(String.fromCharCode(unit))) yield unit;
  }
}

const hex = (unit: number) => `U+${unit.toString(16).padStart(4, '0')}`;

test('classes by example', () => {
  const examples: readonly (readonly [number, string])[] = [
    [classes.WORD, 'aZ0éßΩЖԱა→─∑★—☃�\ue000'],
    [classes.SPACE, ' \u2003\u205f\u3000\u1680'],
    [classes.GLUE, '\u00a0\u2007\u202f'],
    [classes.TAB, '\t'],
    [classes.NEWLINE, '\n\r\v\f\u0085\u2028\u2029'],
    [classes.IGNORABLE, '\u00ad\u2060\ufeff'],
    [classes.ZERO_WIDTH_SPACE, '\u200b'],
    [classes.CONTROL, '\0\x1b\x7f\x80\x9f'],
    [classes.IDEOGRAPH, '中あアㄅ㊀Ａ１ｱ豈'],
    [classes.HANGUL, '가힣'],
    [classes.CLOSE_WIDE, '、。，．！？）」』】》っッー々・％'],
    [classes.OPEN_WIDE, '（「『【《￥'],
    [classes.CLOSE, '.,:;!?)]}%…’”·-/'],
    [classes.OPEN, '([{$“‘'],
    [classes.QUOTE, `"'«»`],
    [classes.COMPLEX, 'אبदกក\u0301\u200d\ufe0f\ud83d\udc00\u202eᄀ'],
  ];
  for (const [expected, characters] of examples) {
    for (let i = 0; i < characters.length; i++) {
      assert.equal(classOf(characters[i]!), expected, hex(characters.charCodeAt(i)));
    }
  }
});

test('every combining mark and right-to-left letter is complex', () => {
  const pattern =
    /[\p{M}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
  const simple = [...units(pattern)].filter(unit => characterClass[unit] !== COMPLEX);
  assert.deepEqual(simple.map(hex), []);
});

test('scripts that shape or lack spaces are complex', () => {
  const scripts = 'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Khmr Mymr Tibt Mong Java Bali';
  for (const script of scripts.split(' ')) {
    for (const unit of units(new RegExp(`(?=\\p{Script=${script}})[\\p{L}\\p{M}]`, 'u'))) {
      assert.equal(characterClass[unit], COMPLEX, `${script} ${hex(unit)}`);
    }
  }
});

test('what draws nothing is never a plain word character', () => {
  for (const unit of units(/\p{Default_Ignorable_Code_Point}/u)) {
    assert.ok(isDefaultIgnorable(unit), hex(unit));
    const known = [classes.IGNORABLE, classes.ZERO_WIDTH_SPACE, COMPLEX];
    assert.ok(known.includes(characterClass[unit]! as (typeof known)[number]), hex(unit));
  }
  assert.equal(isDefaultIgnorable(0xe0041), true);
  assert.equal(isDefaultIgnorable(0x41), false);
});

test('isSimple looks only where told', () => {
  assert.equal(isSimple('Plain text, 中文 and Ω.'), true);
  assert.equal(isSimple('e\u0301'), false);
  assert.equal(isSimple('plain 😀'), false);
  assert.equal(isSimple('plain 😀', 0, 6), true);
  assert.equal(isSimple(''), true);
});
