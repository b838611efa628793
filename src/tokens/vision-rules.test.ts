import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VisionSettings } from './resolve-rule.ts';
import * as published from './test/published-rules.ts';
import { halfWaySides, sizes } from './test/sizes.ts';
import { visionTokens } from './vision-tokens.ts';

type Count = (widthPx: number, heightPx: number) => number;
type Case = readonly [model: string, settings: VisionSettings, rule: Count];

const always =
  (tokens: number): Count =>
  () =>
    tokens;
const measured = { variant: 'measured' };
const documented = { variant: 'documented' };

const cases: readonly Case[] = [
  ['zai-org/Glyph', {}, published.glm],
  ['glm-4.1v', { variant: 'class-default' }, (w, h) => published.glm(w, h, 11_760_000)],
  ['qwen2-vl', {}, published.qwen(28, 3136, 12_845_056)],
  ['qwen2.5-vl', { variant: 'library-default' }, published.qwen(28, 3136, 1_003_520)],
  ['qwen3-vl', {}, published.qwen(32, 65_536, 16_777_216)],
  ['Qwen/Qwen3-VL-Embedding-2B', {}, published.qwen(32, 65_536, 1_310_720)],
  ['deepseek-ocr', { mode: 'tiny' }, always(73)],
  ['deepseek-ocr', { mode: 'small' }, always(111)],
  ['deepseek-ocr', { mode: 'base' }, always(273)],
  ['deepseek-ocr', { mode: 'large' }, always(421)],
  ['deepseek-ocr', {}, published.deepseekGundam(6)],
  ['deepseek-ocr', { mode: 'gundam-9' }, published.deepseekGundam(9)],
  ['deepseek-ocr-2', {}, published.deepseekOcr2],
  ['internvl3', {}, published.internvl],
  ['minicpm-v-2.5', {}, published.minicpm(98)],
  ['minicpm-v', {}, published.minicpm(66)],
  ['minicpm-v-4.6', {}, published.minicpm46(56, 16)],
  ['minicpm-v-4.6', { mode: '4x' }, published.minicpm46(56, 4)],
  ['minicpm-v-4.6', { variant: 'vllm' }, published.minicpm46(14, 16)],
  ['pixtral-12b', {}, published.pixtral(16, 1024)],
  ['mistral-small-3.1', {}, published.pixtral(28, 1540)],
  ['gemma-3', {}, always(256)],
  ['gemma-4', { mode: '70' }, published.gemma4(70)],
  ['gemma-4', {}, published.gemma4(280)],
  ['gemma-4', { mode: '1120' }, published.gemma4(1120)],
  ['gemini-3', { mediaResolution: 'low' }, published.gemma4(280)],
  ['gemini-3', { mediaResolution: 'medium' }, published.gemma4(560)],
  ['gemini-3', {}, published.gemma4(1120)],
  ['gemini-3', { mediaResolution: 'ultra-high' }, published.gemma4(2240)],
  ['llama-4', {}, published.llama4],
  ['kimi-vl', {}, published.kimiVl(4096)],
  ['kimi-vl-2506', {}, published.kimiVl(16_384)],
  ['kimi-k2.5', {}, published.kimiK25],
  ['smolvlm', {}, published.idefics3(512, 2048, 64)],
  ['smolvlm-2.2b', {}, published.idefics3(384, 1536, 81)],
  ['idefics3', {}, published.idefics3(364, 1456, 169)],
  ['gpt-4o', {}, published.openaiTiles(85, 170)],
  ['gpt-4o', { detail: 'low' }, always(85)],
  ['gpt-4o-mini', {}, published.openaiTiles(2833, 5667)],
  ['gpt-5', {}, published.openaiTiles(70, 140)],
  ['o3', {}, published.openaiTiles(75, 150)],
  ['computer-use-preview', {}, published.openaiTiles(65, 129)],
  ['gpt-image-1', {}, published.openaiTiles(65, 129, 512)],
  ['gpt-4.1-mini', {}, published.openaiPatches(1536, 1.62)],
  ['gpt-4.1-nano', {}, published.openaiPatches(1536, 2.46)],
  ['o4-mini', {}, published.openaiPatches(1536, 1.72)],
  ['gpt-5-mini', documented, published.openaiPatches(1536, 1.62)],
  ['gpt-5-mini', measured, published.openaiPatches(1536, 1.2)],
  ['gpt-5-nano', {}, published.openaiPatches(1536, 2.46)],
  ['gpt-5.2', documented, published.openaiPatches(1536, 1)],
  ['gpt-5.4', measured, published.openaiPatches(2500, 1.2, 2048)],
  ['gpt-5.5', documented, published.openaiPatches(10_000, 1, 6000)],
  ['gpt-6', {}, published.openaiPatches(Number.POSITIVE_INFINITY, 1.2)],
  ['gpt-6', { detail: 'high' }, published.openaiPatches(2500, 1.2)],
  ['claude-sonnet-4-5', {}, published.claude(1568, 1568)],
  ['claude-opus-4-7', {}, published.claude(2576, 4784)],
  ['gemini-2.5-pro', {}, published.gemini2Tiles],
  ['gemini-2.5-pro', { variant: 'crop-unit' }, published.gemini2CropUnit],
  ['gemini-2.5-pro', { mediaResolution: 'low' }, always(64)],
];

describe('every family against the published rule', () => {
  it('looks at enough sizes, every half-way one among them', () => {
    assert.ok(sizes.length >= 2000);
    for (const cellPx of [28, 32]) {
      for (let side = cellPx / 2; side <= 4000; side += cellPx) assert.ok(halfWaySides.includes(side));
    }
  });

  for (const [model, settings, rule] of cases) {
    it(`${model} ${JSON.stringify(settings)}`, () => {
      for (const [width, height] of sizes) {
        assert.equal(
          attempt(() => visionTokens(model, width, height, settings).tokens),
          attempt(() => rule(width, height)),
          `${width}x${height}`,
        );
      }
    });
  }

  it('deepseek-ocr states the published figure beside the prompt count', () => {
    for (const [width, height] of sizes) {
      const { nominalTokens } = visionTokens('deepseek-ocr', width, height);
      assert.equal(nominalTokens, published.deepseekGundamNominal(width, height), `${width}x${height}`);
    }
  });
});

function attempt(count: () => number): number | 'refused' {
  try {
    return count();
  } catch {
    return 'refused';
  }
}
