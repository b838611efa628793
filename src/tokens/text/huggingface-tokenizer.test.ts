import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { countTextTokens } from './count-text.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyz', '\u0120', '\u010a', '.'];
const merges = ['a b', 'ab c', '\u0120 ab', '\u010a \u010a'];
const vocab = Object.fromEntries(
  [...letters, ...merges.map(merge => merge.replace(' ', ''))].map((t, i) => [t, i]),
);
const shared = {
  normalizer: null,
  post_processor: null,
  decoder: null,
  added_tokens: [{ id: 900, content: '<end>', special: true }],
};

/** Byte-level, split like GPT-2. */
const byteLevel = {
  ...shared,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  model: { type: 'BPE', vocab, merges },
};
/** The same with a token that reaches from a line break to a letter, and no split between them. */
const reaching = {
  ...shared,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
  model: {
    type: 'BPE',
    vocab: { ...vocab, '\u010aa': 500 },
    merges: ['\u010a a', ...merges],
  },
};
/** A pattern for the start of the text: a cut would make another start. */
const anchored = {
  ...byteLevel,
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      { type: 'Split', pattern: { Regex: '^ab' }, behavior: 'Isolated', invert: false },
      byteLevel.pre_tokenizer,
    ],
  },
};
/** A space in front of every text: a cut would add one. */
const prefixed = { ...byteLevel, pre_tokenizer: { ...byteLevel.pre_tokenizer, add_prefix_space: true } };

// abc, " ab", ".", line break, abc, "<end>", line break twice as one: a line of seven tokens.
const line = 'abc ab.\nabc<end>\n\n';
const lineTokens = 7;

async function count(tokenizerJson: unknown, text: string | AsyncIterable<string>) {
  let pauses = 0;
  const onProgress = () => {
    pauses += 1;
  };
  const { tokens, tokenizer } = await countTextTokens(text, {
    tokenizer: { tokenizerJson, name: 'tiny' },
    onProgress,
  });
  return { tokens, tokenizer, pauses };
}

describe('a Hugging Face tokenizer file', () => {
  it('counts, under its name', async () => {
    assert.deepEqual(await count(byteLevel, 'abc ab'), { tokens: 2, tokenizer: 'tiny', pauses: 1 });
    assert.equal((await count(byteLevel, line)).tokens, lineTokens);
    assert.equal((await count(byteLevel, '')).tokens, 0);
  });

  it('counts long texts and streams in pieces', async () => {
    const text = `${line}b\nb`.repeat(5000);
    const { tokens, pauses } = await count(byteLevel, text);
    // Before a letter the two line breaks are two pieces.
    assert.equal(tokens, 5000 * (lineTokens + 1 + 3));
    assert.ok(pauses > 10, String(pauses));
    const chunks = text.match(/[\s\S]{1,777}/g)!;
    assert.equal((await count(byteLevel, stream(chunks))).tokens, tokens);
  });

  it('counts a text whole where a cut could change the count', async () => {
    const text = 'b\nab'.repeat(5000);
    assert.deepEqual(await count(reaching, text), { tokens: 5000 * 3, tokenizer: 'tiny', pauses: 1 });
    const words = 'ab ab\nab '.repeat(2000);
    const whole = await count(prefixed, words);
    assert.equal(whole.pauses, 1);
    assert.equal(whole.tokens, 1 + 2000 * 4);
    assert.equal((await count(anchored, words)).pauses, 1);
  });

  const broken: readonly (readonly [what: string, json: unknown, message: RegExp])[] = [
    ['null', null, /expected Object, got null/],
    ['an empty object', {}, /field "model"/],
    ['a list', [], /field "model"/],
    ['text', '', /expected Object/],
    ['a model without vocabulary', { model: { type: 'BPE' } }, /field "model\.vocab"/],
    ['a vocabulary of the wrong type', { model: { vocab: 'abc' } }, /field "model\.vocab"/],
    ['an unknown component', { ...byteLevel, pre_tokenizer: { type: 'Magic' } }, /Magic/],
    [
      'a merge list of the wrong type',
      { ...byteLevel, model: { type: 'BPE', vocab, merges: 7 } },
      /tokenizer\.json/,
    ],
  ];
  for (const [what, json, message] of broken) {
    it(`that is ${what} is refused`, async () => {
      await assert.rejects(count(json, 'abc'), (error: unknown) => {
        assert.ok(error instanceof GlyphError);
        assert.equal(error.kind, 'tokens');
        assert.match(error.message, message);
        assert.match(error.message, /"tiny"/);
        return true;
      });
    });
  }
});

async function* stream(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}
