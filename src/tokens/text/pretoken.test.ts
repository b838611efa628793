import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sampleTexts } from '../test/sample-texts.ts';
import { cl100kPretokenEnd, o200kPretokenEnd, type PretokenEnd, undecided } from './pretoken.ts';
import type { Tail } from './text-tokenizer.ts';

// tiktoken 0.14's patterns; \s is Rust's (White_Space), an s without regard to case is also U+017F.
const s = '\\p{White_Space}';
const contraction = "'(?:[sS\u017fdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])";
const wordPrefix = '[^\\r\\n\\p{L}\\p{N}]?';
const head = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const tail = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
const o200k = [
  `${wordPrefix}${head}*${tail}+(?:${contraction})?`,
  `${wordPrefix}${head}+${tail}*(?:${contraction})?`,
  '\\p{N}{1,3}',
  ` ?[^${s}\\p{L}\\p{N}]+[\\r\\n/]*`,
  `${s}*[\\r\\n]+`,
  `${s}+(?!\\P{White_Space})`,
  `${s}+`,
].join('|');
const cl100k = [
  contraction,
  `${wordPrefix}\\p{L}+`,
  '\\p{N}{1,3}',
  ` ?[^${s}\\p{L}\\p{N}]+[\\r\\n]*`,
  `${s}+$`,
  `${s}*[\\r\\n]`,
  `${s}+(?!\\P{White_Space})`,
  s,
].join('|');

const atoms = [
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\u0085',
    '\ufeff',
    '\u00a0',
    '\u3000',
    '.',
    '/',
    '.\n/',
    '!?',
    "'",
  ],
  ...[
    "'s",
    "'S",
    "'\u017f",
    "'re",
    "'RE",
    "'ll",
    "'v",
    'a',
    'word',
    'ABC',
    'Aa',
    'iPhone',
    'É',
    'e\u0301',
    '\u0301',
  ],
  ...[
    'ǅ',
    'ʰ',
    'ª',
    '漢',
    '中文',
    '한',
    'ー',
    'ไท',
    'א',
    'ा',
    '1',
    '22',
    '4444',
    '½',
    '𝟘',
    '👍',
    '\u200d',
    '𐐀',
    '𐐨',
  ],
  ...['\ud83d', '\ude00', '\u{20000}', '\0', '<|endoftext|>', '_'],
];
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...atoms), { maxLength: 24 }).map(parts => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 24 }) },
);

const encodings: readonly (readonly [string, PretokenEnd, string])[] = [
  ['o200k_base', o200kPretokenEnd, o200k],
  ['cl100k_base', cl100kPretokenEnd, cl100k],
];
for (const [name, pretokenEnd, pattern] of encodings) {
  describe(`the pieces of ${name}`, () => {
    const byPattern = (whole: string) =>
      [...whole.matchAll(new RegExp(pattern, 'gu'))].map(match => match.index + match[0].length);

    it('are those of the pattern, on adversarial text', () => {
      fc.assert(
        fc.property(text, whole => {
          assert.deepEqual(ends(pretokenEnd, whole, 'end-of-text'), byPattern(whole));
        }),
        { numRuns: 5000 },
      );
    });

    it('are those of the pattern, on sample texts', () => {
      for (const sample of Object.values(sampleTexts)) {
        const whole = sample.slice(0, 100_000);
        assert.deepEqual(ends(pretokenEnd, whole, 'end-of-text'), byPattern(whole));
      }
    });

    it('decided early stay the same whatever follows', () => {
      fc.assert(
        fc.property(text, text, (before, after) => {
          // Half a surrogate pair is held back by the caller.
          fc.pre(!/[\ud800-\udbff]$/.test(before));
          const early = ends(pretokenEnd, before, 'more-may-come');
          const whole = ends(pretokenEnd, before + after, 'end-of-text');
          assert.deepEqual(early, whole.slice(0, early.length));
        }),
        { numRuns: 5000 },
      );
    });

    it('cover the whole text', () => {
      fc.assert(
        fc.property(text, whole => {
          assert.equal(ends(pretokenEnd, whole, 'end-of-text').at(-1) ?? 0, whole.length);
        }),
      );
    });

    it('of a million characters take one pass', () => {
      for (const unit of ['a', 'A', '漢', ' ', '\n', '.', '\u0301']) {
        assert.equal(pretokenEnd(unit.repeat(1_000_000), 0, 'end-of-text') > 0, true);
      }
    });
  });
}

function ends(pretokenEnd: PretokenEnd, whole: string, tail: Tail): number[] {
  const found: number[] = [];
  for (let at = 0; at < whole.length; ) {
    at = pretokenEnd(whole, at, tail);
    if (at === undecided) break;
    found.push(at);
  }
  return found;
}
