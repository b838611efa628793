import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { builtInFamilies } from './families.ts';
import { resolveModel } from './resolve-model.ts';

const families: Readonly<Record<string, string>> = {
  'zai-org/Glyph': 'glyph',
  'zai-org/GLM-4.1V-9B-Thinking': 'glm-4v',
  'glm-4.6v-flash': 'glm-4v',
  'Qwen/Qwen2-VL-7B-Instruct': 'qwen2-vl',
  'Qwen/Qwen2.5-VL-7B-Instruct': 'qwen2.5-vl',
  'unsloth/Qwen2.5-VL-7B-Instruct-bnb-4bit': 'qwen2.5-vl',
  'hosted_vllm/Qwen/Qwen3-VL-8B-Instruct': 'qwen3-vl',
  'Qwen/Qwen3-VL-Reranker-2B': 'qwen3-vl-embedding',
  'deepseek-ai/DeepSeek-OCR': 'deepseek-ocr',
  'deepseek-ai/DeepSeek-OCR-2': 'deepseek-ocr-2',
  'OpenGVLab/InternVL3-8B': 'internvl',
  'openbmb/MiniCPM-V-2_6': 'minicpm-v',
  'openbmb/MiniCPM-V-4_5': 'minicpm-v',
  'openbmb/MiniCPM-V-4_6': 'minicpm-v-4.6',
  'openbmb/MiniCPM-Llama3-V-2_5': 'minicpm-v-2.5',
  'mistralai/Pixtral-12B-2409': 'pixtral',
  'mistralai/Mistral-Small-3.1-24B-Instruct-2503': 'mistral-small-3.1',
  'google/gemma-3-27b-it': 'gemma-3',
  'meta-llama/Llama-4-Scout-17B-16E-Instruct': 'llama-4',
  'moonshotai/Kimi-VL-A3B-Instruct': 'kimi-vl',
  'moonshotai/Kimi-VL-A3B-Thinking-2506': 'kimi-vl-2506',
  'moonshotai/Kimi-K2.5': 'kimi-k2.5',
  'HuggingFaceTB/SmolVLM-Instruct': 'smolvlm-2.2b',
  'HuggingFaceTB/SmolVLM2-500M-Video-Instruct': 'smolvlm',
  'HuggingFaceM4/Idefics3-8B-Llama3': 'idefics3',
  'openai/gpt-4o-2024-08-06': 'gpt-4o',
  'gpt-4o-mini-2024-07-18': 'gpt-4o-mini',
  'azure/gpt-4.1-mini': 'gpt-4.1-mini',
  'gpt-5-mini': 'gpt-5-mini',
  'openrouter/anthropic/claude-sonnet-4.5': 'claude-standard',
  'us.anthropic.claude-3-5-sonnet-20241022-v2:0': 'claude-standard',
  'vertex_ai/claude-opus-4-1@20250805': 'claude-standard',
  'claude-opus-4-7': 'claude-high-resolution',
  'claude-sonnet-5-5': 'claude-high-resolution',
  'models/gemini-2.5-pro': 'gemini-2',
  'gemini-3.6-flash': 'gemini-3',
  ' GLM-4.5V ': 'glm-4v',
  'qwen3-vl': 'qwen3-vl',
  'embedded:reader': 'embedded',
};

describe('model ids', () => {
  for (const [model, family] of Object.entries(families)) {
    it(`${model} is ${family}`, () => {
      assert.equal(resolveModel(model, builtInFamilies).family.id, family);
    });
  }

  for (const model of [
    '',
    '/',
    'gpt',
    'gpt-5.9',
    'gpt-4o-turbo',
    'someone/gpt-4o',
    'claude-opus-4-10',
    'glyphs',
  ]) {
    it(`${JSON.stringify(model)} is no model, not a guess`, () => {
      assert.throws(
        () => resolveModel(model, builtInFamilies),
        (error: unknown) =>
          error instanceof GlyphError && error.kind === 'tokens' && error.hint !== undefined,
      );
    });
  }

  it('names the nearest', () => {
    assert.throws(() => resolveModel('Qwen/Qwen2.5-LV', builtInFamilies), /nearest known: qwen2.5-vl/);
    assert.throws(() => resolveModel('zzzzzzzz', builtInFamilies), /families: glyph, glm-4v, qwen2-vl/);
    assert.throws(() => resolveModel('claud', builtInFamilies), /nearest known: claude-/);
  });
});
