import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { countTokens as referenceCount } from 'gpt-tokenizer/encoding/o200k_base';
import { GlyphError } from '../../base/index.ts';
import { sampleTexts } from '../test/sample-texts.ts';
import { countTextTokens, countTokensSync, loadTextTokenizer } from './count-text.ts';

const encodings = ['o200k_base', 'cl100k_base'] as const;

/** Counts of tiktoken 0.14 (Python), o200k_base then cl100k_base. */
const small: readonly (readonly [text: string, o200k: number, cl100k: number])[] = [
  ['Hello world', 2, 2],
  ["I'M sure they'LL say it'ſ 'tis we've", 13, 16],
  ['iPhone HTTPServer ABC漢A ǅ eΑß', 13, 14],
  ['1234567 ½ Ⅷ ٣٤٥٦ 𝟘𝟙𝟚𝟛', 26, 30],
  ['a  b\t\tc \n\n  d\r\n\r\n e   ', 11, 11],
  ['a\n  ', 3, 3],
  ['x.\n//y./\n/', 6, 7],
  ['a\u0085b\ufeffc\u00a0\u3000d', 9, 9],
  ['e\u0301 \u0301\u0301A ा क्ष', 8, 11],
  ['<|endoftext|><|im_start|>system', 13, 13],
  ['红楼梦第一回，甄士隐梦幻识通灵。', 16, 28],
  ['👨\u200d👩\u200d👧 🇩🇪!', 13, 20],
];
const megabytes = {
  english: [204_904, 222_631],
  chinese: [330_793, 358_886],
  code: [333_929, 333_929],
  emoji: [384_458, 564_669],
  specials: [425_164, 428_570],
  loneSurrogates: [382_436, 491_933],
} as const satisfies Record<keyof typeof sampleTexts, readonly [number, number]>;
const books: Readonly<Record<string, readonly [number, number]>> = {
  'moby-dick': [305_432, 307_582],
  'hongloumeng-zh': [485_275, 687_152],
  middlemarch: [435_554, 440_189],
};
const bookFolder = new URL('../../../../shared/texts/', import.meta.url);

before(async () => {
  for (const encoding of encodings) await loadTextTokenizer(encoding);
});

describe('text counts equal the reference tokenizer’s', () => {
  for (const [text, ...expected] of small) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        encodings.map(encoding => countTokensSync(text, encoding)),
        expected,
      );
    });
  }

  for (const [name, text] of Object.entries(sampleTexts)) {
    it(`a megabyte of ${name}`, async () => {
      const expected = megabytes[name as keyof typeof sampleTexts];
      for (const [i, tokenizer] of encodings.entries()) {
        const count = await countTextTokens(text, { tokenizer });
        assert.deepEqual(count, { tokens: expected[i], tokenizer, basis: 'exact' });
      }
    });
  }

  it('whole books', { skip: existsSync(bookFolder) ? false : 'needs the shared texts' }, async () => {
    for (const [name, expected] of Object.entries(books)) {
      const text = readFileSync(new URL(`${name}.txt`, bookFolder), 'utf8');
      for (const [i, tokenizer] of encodings.entries()) {
        assert.equal((await countTextTokens(text, { tokenizer })).tokens, expected[i], name);
      }
    }
  });

  it('and another implementation’s, on text both split alike', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter(t => !/[\u0085\ufeff\u017f]/.test(t));
    fc.assert(
      fc.property(text, sample => {
        assert.equal(countTokensSync(sample), referenceCount(sample, { disallowedSpecial: new Set() }));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('counting', () => {
  it('a stream in any chunks is counting the whole', async () => {
    const atoms = [
      'word ',
      '  ',
      '.\n/',
      '\r\n',
      '12',
      "'s",
      'A漢',
      '👍',
      '\ud83d',
      '\ude00',
      '<|im_end|>',
      '\n\n',
    ];
    const chunks = fc.array(
      fc.array(fc.constantFrom(...atoms), { maxLength: 8 }).map(a => a.join('')),
      {
        maxLength: 12,
      },
    );
    for (const tokenizer of encodings) {
      await fc.assert(
        fc.asyncProperty(chunks, fc.integer({ min: 1, max: 1500 }), async (parts, repeats) => {
          const all = Array.from({ length: repeats }, () => parts).flat();
          const { tokens } = await countTextTokens(stream(all), { tokenizer });
          assert.equal(tokens, countTokensSync(all.join(''), tokenizer));
        }),
        { numRuns: 40 },
      );
    }
  });

  it('takes chunks of one unit, surrogate pairs cut in two', async () => {
    const text = 'a👍 𝟘1 it’s\r\n\n  x漢字 𐐀𐐨'.repeat(400);
    assert.equal((await countTextTokens(stream(text.split('')))).tokens, countTokensSync(text));
  });

  it('an empty text is no tokens', async () => {
    assert.equal((await countTextTokens('')).tokens, 0);
    assert.equal((await countTextTokens(stream([]))).tokens, 0);
  });

  it('pauses within endless pieces, and within ordinary text', async () => {
    for (const [text, tokens] of [
      ['a'.repeat(1_000_000), 125_000],
      [' '.repeat(1_000_000), 7813],
      [sampleTexts.english, 204_904],
    ] as const) {
      let pauses = 0;
      const onProgress = () => {
        pauses += 1;
      };
      assert.equal((await countTextTokens(text, { onProgress })).tokens, tokens);
      assert.ok(pauses > 40, String(pauses));
    }
  });

  it('reports progress that grows to the whole', async () => {
    const seen: number[] = [];
    const text = sampleTexts.code;
    await countTextTokens(text, { onProgress: ({ characters }) => seen.push(characters) });
    assert.equal(seen.at(-1), text.length);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
  });

  it('ends when the signal fires, also within one piece', async () => {
    for (const text of [sampleTexts.english, 'a'.repeat(2_000_000)]) {
      const controller = new AbortController();
      let pauses = 0;
      const onProgress = () => {
        pauses += 1;
        if (pauses === 3) controller.abort();
      };
      const counting = countTextTokens(text, { signal: controller.signal, onProgress });
      await assert.rejects(counting, isGlyphError('aborted', /cancellation/));
      assert.equal(pauses, 3);
    }
    await assert.rejects(
      countTextTokens('a', { signal: AbortSignal.abort() }),
      isGlyphError('aborted', /cancellation/),
    );
  });
});

describe('what is refused', () => {
  it('an unknown tokenizer', async () => {
    for (const tokenizer of ['p50k', 7, null] as never[]) {
      await assert.rejects(countTextTokens('a', { tokenizer }), isGlyphError('tokens', /o200k_base/));
    }
    assert.throws(() => countTokensSync('a', 'gpt2' as never), isGlyphError('tokens', /o200k_base/));
  });

  it('what is not text', async () => {
    for (const text of [new Uint8Array(3), 7, null, undefined] as never[]) {
      await assert.rejects(countTextTokens(text), isGlyphError('input', /stream of strings/));
    }
    await assert.rejects(
      countTextTokens(stream([Buffer.from('x')] as never[])),
      isGlyphError('input', /decode/),
    );
  });
});

async function* stream(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

function isGlyphError(kind: string, message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof GlyphError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  };
}
