import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { builtInFamilies } from './families.ts';
import { modelTable } from './model-table.ts';
import type { VisionSettings } from './resolve-rule.ts';
import { snapPage } from './snap-page.ts';
import { modelLimits, visionTokens } from './vision-tokens.ts';

const workedSizes = [
  [595, 842],
  [560, 842],
  [1024, 1024],
  [1120, 1120],
  [1568, 728],
  [1928, 1928],
  [2480, 3508],
] as const;

/** `rule`: without the markers around an image. `whole`: with them. */
type Worked = readonly [
  model: string,
  settings: VisionSettings,
  counts: 'rule' | 'whole',
  tokens: readonly number[],
];

const eachSize = (tokens: number) => workedSizes.map(() => tokens);

const worked: readonly Worked[] = [
  ['glm-4.1v', {}, 'rule', [630, 600, 1369, 1600, 1456, 4761, 6045]],
  ['glm-4.1v', { variant: 'class-default' }, 'rule', [630, 600, 1369, 1600, 1456, 4761, 7344]],
  ['qwen2.5-vl', {}, 'rule', [630, 600, 1369, 1600, 1456, 4761, 11125]],
  ['qwen2-vl', { variant: 'library-default' }, 'rule', [630, 600, 1225, 1225, 1248, 1225, 1260]],
  ['qwen3-vl', {}, 'rule', [494, 468, 1024, 1225, 1127, 3600, 8580]],
  ['deepseek-ocr', { mode: 'tiny' }, 'whole', eachSize(73)],
  ['deepseek-ocr', { mode: 'small' }, 'whole', eachSize(111)],
  ['deepseek-ocr', { mode: 'base' }, 'whole', eachSize(273)],
  ['deepseek-ocr', { mode: 'large' }, 'whole', eachSize(421)],
  ['deepseek-ocr', {}, 'whole', [903, 903, 693, 693, 483, 693, 903]],
  ['deepseek-ocr-2', {}, 'whole', [1121, 1121, 833, 833, 545, 833, 1121]],
  ['internvl3', {}, 'whole', [1794, 1794, 2562, 2562, 2306, 2562, 1794]],
  ['minicpm-v', {}, 'whole', [202, 202, 466, 466, 466, 665, 600]],
  ['pixtral-12b', {}, 'whole', [2067, 1908, 4160, 4160, 1950, 4160, 3008]],
  ['mistral-small-3.1', {}, 'whole', [713, 651, 1406, 1640, 1456, 3080, 2200]],
  ['gemma-3', {}, 'whole', eachSize(260)],
  ['gemma-4', {}, 'whole', [268, 262, 258, 258, 266, 258, 268]],
  ['gemma-4', { mode: '1120' }, 'whole', [1094, 1109, 1091, 1091, 1080, 1091, 1094]],
  ['gemini-3', { mediaResolution: 'low' }, 'whole', [266, 260, 256, 256, 264, 256, 266]],
  ['gemini-3', { mediaResolution: 'medium' }, 'whole', [532, 551, 529, 529, 544, 529, 532]],
  ['gemini-3', {}, 'whole', [1092, 1107, 1089, 1089, 1078, 1089, 1092]],
  ['gemini-3', { mediaResolution: 'ultra-high' }, 'whole', [2184, 2204, 2209, 2209, 2208, 2209, 2184]],
  ['llama-4', {}, 'whole', [1017, 1017, 2467, 2467, 2322, 2467, 2322]],
  ['kimi-vl', {}, 'rule', [682, 620, 1089, 1024, 1034, 1089, 1053]],
  ['kimi-k2.5', {}, 'rule', [682, 620, 1369, 1600, 1456, 4225, 4158]],
  ['HuggingFaceTB/SmolVLM-500M-Instruct', {}, 'whole', [864, 864, 1128, 1128, 598, 1128, 864]],
  ['gpt-4o', {}, 'whole', [765, 765, 765, 765, 1445, 765, 1105]],
  ['gpt-5.1', {}, 'whole', [630, 630, 630, 630, 1190, 630, 910]],
  ['gpt-5.2', { variant: 'documented' }, 'whole', [513, 486, 1024, 1225, 1127, 1521, 1472]],
  ['gpt-5.2', { variant: 'measured' }, 'whole', [616, 584, 1229, 1470, 1353, 1826, 1767]],
  ['gpt-4.1-mini', {}, 'whole', [832, 788, 1659, 1985, 1826, 2465, 2385]],
  ['o4-mini', {}, 'whole', [883, 836, 1762, 2107, 1939, 2617, 2532]],
  ['gpt-5-nano', {}, 'whole', [1262, 1196, 2520, 3014, 2773, 3742, 3622]],
  ['gpt-5.4', {}, 'whole', [616, 584, 1229, 1470, 1353, 2882, 2974]],
  ['gpt-5.5', {}, 'whole', [616, 584, 1229, 1470, 1353, 4466, 10296]],
  ['claude-sonnet-4-5', {}, 'whole', [682, 620, 1369, 1521, 1456, 1521, 1551]],
  ['claude-opus-4-7', {}, 'whole', [682, 620, 1369, 1600, 1456, 4761, 4756]],
  ['gemini-2.5-flash', {}, 'whole', [516, 516, 1032, 1032, 774, 2322, 5160]],
  ['gemini-2.5-flash', { variant: 'crop-unit' }, 'whole', [1548, 1548, 1032, 1032, 2064, 2322, 5160]],
];

describe('the worked sizes', () => {
  for (const [model, settings, counts, tokens] of worked) {
    it(`${model} ${JSON.stringify(settings)}`, () => {
      const found = workedSizes.map(([width, height]) => {
        const result = visionTokens(model, width, height, settings);
        return result.tokens + (counts === 'whole' ? result.perImageOverhead : 0);
      });
      assert.deepEqual(found, tokens);
    });
  }

  it('minicpm-v-4.6, pictures only, by the vLLM port', () => {
    const pictures = [192, 191, 442, 442, 448, 640, 576];
    const markers = [3 * 2 + 1, 3 * 2 + 1, 7 * 2 + 1, 7 * 2 + 1, 7 * 2 + 1, 10 * 2 + 2, 9 * 2 + 3];
    workedSizes.forEach(([width, height], i) => {
      const { tokens } = visionTokens('minicpm-v-4.6', width, height, { variant: 'vllm' });
      assert.equal(tokens, pictures[i]! + markers[i]!, `${width}x${height}`);
    });
  });

  it('figures seen in runs and bills', () => {
    assert.equal(visionTokens('zai-org/Glyph', 589, 566).tokens, 420);
    assert.equal(visionTokens('claude-opus-4-8', 1920, 1080).tokens, 2691);
    assert.equal(visionTokens('claude-sonnet-4-5', 1920, 1080).tokens, 1560);
    assert.equal(visionTokens('gpt-5.5', 4032, 3024, { detail: 'original' }).tokens, 11_868);
    assert.equal(visionTokens('gpt-6', 2560, 1440, { detail: 'high' }).tokens, 2931);
    assert.equal(visionTokens('gpt-5.4', 2560, 1440, { detail: 'high' }).tokens, 2765);
    assert.equal(visionTokens('gpt-4.1-mini', 4000, 1474, { variant: 'documented' }).tokens, 2348);
    assert.equal(visionTokens('gpt-5.2', 1800, 2400, { variant: 'documented' }).tokens, 1452);
  });

  it('deepseek-ocr: the published figure and the prompt count side by side', () => {
    const of = (mode: string) => visionTokens('deepseek-ai/DeepSeek-OCR', 595, 842, { mode });
    assert.deepEqual(
      ['tiny', 'small', 'base', 'large', 'gundam'].map(mode => [of(mode).nominalTokens, of(mode).tokens]),
      [
        [64, 73],
        [100, 111],
        [256, 273],
        [400, 421],
        [856, 903],
      ],
    );
  });
});

describe('cells that are no squares', () => {
  it('a page of the embedded reader is 10 x 64, a shorter last one has fewer rows', () => {
    const { tokens, perImageOverhead, resizedTo } = visionTokens('embedded', 640, 768);
    assert.deepEqual([tokens, perImageOverhead, resizedTo], [640, 2, { widthPx: 640, heightPx: 768 }]);
    assert.equal(visionTokens('embedded', 640, 23).tokens, 20);
    assert.equal(visionTokens('embedded', 65, 12).tokens, 2);
    assert.ok(visionTokens('embedded', 768, 100).resizedTo.widthPx <= 640, 'no wider than its widest');
  });

  it('a page snaps to the largest of its price and shape', () => {
    assert.deepEqual(snapPage('embedded', 640, 768), {
      widthPx: 640,
      heightPx: 768,
      tokens: 640,
      perImageOverhead: 2,
      isResampled: false,
    });
    const { widthPx, heightPx, tokens } = snapPage('embedded', 500, 600);
    assert.deepEqual([widthPx, heightPx, tokens], [504, 600, 400]);
  });
});

describe('what a result says of itself', () => {
  it('the basis follows the variant', () => {
    assert.equal(visionTokens('gpt-5-mini', 100, 100).basis, 'measured');
    assert.equal(visionTokens('gpt-5-mini', 100, 100, { variant: 'documented' }).basis, 'documented');
    assert.equal(visionTokens('glm-4.6v', 100, 100).basis, 'exact');
    assert.equal(visionTokens('gemini-2.0-flash', 100, 100).basis, 'estimated');
  });

  it('the measured variant of Claude adds the tokens around an image block', () => {
    assert.equal(visionTokens('claude-sonnet-4-5', 100, 100).perImageOverhead, 0);
    assert.equal(visionTokens('claude-sonnet-4-5', 100, 100, { variant: 'measured' }).perImageOverhead, 4);
  });

  it('the size after resampling', () => {
    assert.deepEqual(visionTokens('glm-4.1v', 595, 842).resizedTo, { widthPx: 588, heightPx: 840 });
    assert.deepEqual(visionTokens('claude-sonnet-4-5', 595, 842).resizedTo, { widthPx: 595, heightPx: 842 });
    assert.deepEqual(visionTokens('gpt-4o', 1800, 2400).resizedTo, { widthPx: 768, heightPx: 1024 });
  });
});

describe('what is refused', () => {
  const badSides = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, 1.5];
  for (const side of badSides) {
    it(`a side of ${side}`, () => {
      assert.throws(() => visionTokens('glm-4.1v', side, 100), isTokensError(/whole pixels/, String(side)));
      assert.throws(() => visionTokens('gpt-4o', 100, side), isTokensError(/whole pixels/, String(side)));
    });
  }

  it('a shape over the family’s limit', () => {
    assert.throws(() => visionTokens('qwen2.5-vl', 20_100, 100), isTokensError(/200 times/, '201.0 times'));
    assert.throws(() => visionTokens('glm-4.1v', 28, 5700), isTokensError(/200 times/, '203.6 times'));
    assert.throws(() => visionTokens('kimi-vl', 28, 7200), isTokensError(/512 patches/, '7200'));
    assert.throws(() => visionTokens('claude-opus-4-7', 8001, 100), isTokensError(/8000 px/, '8001x100'));
  });

  it('a page longer than the embedded reader looks at', () => {
    assert.throws(() => visionTokens('embedded', 640, 780), isTokensError(/768 px/, '640x780'));
  });

  it('a setting or value the family does not have', () => {
    assert.throws(
      () => visionTokens('glm-4.1v', 9, 9, { detail: 'low' }),
      isTokensError(/variant/, 'detail'),
    );
    assert.throws(() => visionTokens('gemma-4', 9, 9, { mode: '281' }), isTokensError(/70, 140, 280/, '281'));
  });

  it('an unknown model, with the nearest known ones', () => {
    assert.throws(() => visionTokens('gpt-4.1-mimi', 9, 9), isTokensError(/model id/, 'gpt-4.1-mini'));
  });
});

describe('the table', () => {
  it('prices a page under every choice of every setting', () => {
    for (const row of modelTable()) {
      for (const { name, values } of row.settings) {
        for (const value of values) {
          const { tokens } = visionTokens(row.family, 600, 760, { [name]: value });
          assert.ok(Number.isInteger(tokens) && tokens > 0, `${row.family} ${name} ${value}`);
        }
      }
      assert.ok(visionTokens(row.family, 600, 760).tokens > 0);
      assert.ok(row.source.length > 0);
    }
  });

  it('has no id or prefix twice', () => {
    const ids = builtInFamilies.families.flatMap(({ id, models }) => [...new Set([id, ...models])]);
    const prefixes = builtInFamilies.families.flatMap(family => family.prefixes);
    for (const names of [ids, prefixes]) assert.deepEqual(names, [...new Set(names)]);
  });

  it('knows the limits of a request, by model where they differ', () => {
    assert.deepEqual(modelLimits('claude-sonnet-4-5-20250929'), {
      requestBytes: 32_000_000,
      maxSidePx: 8000,
      manyImages: { above: 20, maxSidePx: 2000 },
      contextTokens: 200_000,
      imagesPerRequest: 100,
    });
    assert.equal(modelLimits('anthropic/claude-opus-4.6').imagesPerRequest, 600);
    assert.equal(modelLimits('gpt-4.1-2025-04-14').contextTokens, 1_047_576);
    assert.equal(modelLimits('zai-org/Glyph').contextTokens, 131_072);
    assert.deepEqual(modelLimits('embedded:reader-1'), {
      contextTokens: 2048,
      imagesPerRequest: 8,
      maxSidePx: 768,
    });
  });
});

function isTokensError(expected: RegExp, actual: string) {
  return (error: unknown) => {
    assert.ok(error instanceof GlyphError);
    assert.equal(error.kind, 'tokens');
    assert.match(error.expected, expected);
    assert.ok(error.message.includes(actual), error.message);
    return true;
  };
}
