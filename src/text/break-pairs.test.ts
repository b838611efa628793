/** The pair table against UAX #14 as the `linebreak` package has it, over every simple pair with an ideograph. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import LineBreaker from 'linebreak';
import { breakPairs, canBreakBetween } from './break-pairs.ts';
import * as classes from './classes.ts';

const { characterClass } = classes;

const unicodeBreaks = (pair: string) => new LineBreaker(pair).nextBreak()?.position === 1;

function pairBreaks(pair: string): boolean {
  return canBreakBetween(characterClass[pair.charCodeAt(0)]!, characterClass[pair.charCodeAt(1)]!);
}

/** Where the table differs from UAX #14 on purpose. */
function isTailored(unit: number): boolean {
  const unitClass = characterClass[unit];
  const character = String.fromCharCode(unit);
  return (
    unitClass === classes.IGNORABLE || // a soft hyphen is no break: no hyphen would be drawn
    unitClass === classes.CONTROL || // drawn as a box, not attached to what is before
    /[\u2018\u2019\u201b-\u201d\u201f]/.test(character) || // curly quotes have a side (UAX #14 revision 53, LB19a)
    unit === 0xb7 || // the dot in foreign names never starts a Chinese line (GB/T 15834)
    unit === 0x3035 || // lower half of a vertical repeat mark, set as a character of its own
    (unitClass === classes.IDEOGRAPH && !/\p{Assigned}/u.test(character)) ||
    /[\u2ffc-\u2fff\u31e4-\u31ef\u3248-\u324f\ufe53]/.test(character) || // younger or broader than the package's data
    (unitClass === classes.WORD && /[\u1400-\u2fff\ua000-\uabff]/.test(character)) // rare scripts' punctuation
  );
}

test('ideographs break with every simple character as UAX #14 says', () => {
  const different: string[] = [];
  for (let unit = 0x20; unit < 0x10000; unit++) {
    if (characterClass[unit] === classes.COMPLEX || isTailored(unit)) continue;
    const character = String.fromCharCode(unit);
    for (const pair of [`中${character}`, `${character}中`]) {
      if (pairBreaks(pair) !== unicodeBreaks(pair)) different.push(`${unit.toString(16)} ${pair}`);
    }
  }
  assert.deepEqual(different, []);
});

test('western words break at white space only', () => {
  for (const pair of [
    'a-',
    '-b',
    '/b',
    'a/',
    '!b',
    ')b',
    'a(',
    '—b',
    '…b',
    '"a',
    'a\u00a0',
    '\u00a0b',
    'a ',
  ]) {
    assert.equal(pairBreaks(pair), false, pair);
  }
  for (const pair of [' a', ' (', ' .', '\ta', '\u200ba', '\u3000a', '\u2003a'])
    assert.equal(pairBreaks(pair), true, pair);
});

test('kinsoku', () => {
  for (const pair of [
    '文。',
    '文，',
    '文）',
    '文」',
    '（文',
    '「文',
    '……',
    '文…',
    'カー',
    'きっ',
    '文々',
    '文”',
    '“文',
  ]) {
    assert.equal(pairBreaks(pair), false, pair);
  }
  for (const pair of [
    '中文',
    '。文',
    '文（',
    '。「',
    '中a',
    'a中',
    '한국',
    'っ文',
    '”文',
    '文“',
    '」a',
    'a「',
  ]) {
    assert.equal(pairBreaks(pair), true, pair);
  }
});

test('one entry for each pair of the 16 classes', () => {
  assert.equal(breakPairs.length, 256);
});
