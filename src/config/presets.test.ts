import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastRatio } from './colors.ts';
import { defaultConfig } from './defaults.ts';
import { familyPresets } from './family-presets.ts';
import { palettes } from './palettes.ts';
import { preset, presetNames, presetReason } from './presets.ts';
import { parseConfig } from './read.ts';
import { pageSizePx } from './text-box.ts';

test('every preset is a whole, valid config with a reason', () => {
  for (const name of presetNames) {
    const config = preset(name);
    assert.deepEqual(parseConfig(config), config, name);
    assert.deepEqual(Object.keys(config).sort(), Object.keys(defaultConfig).sort(), name);
    assert.match(presetReason(name), /\.$/, name);
  }
  assert.deepEqual(preset('glyph-en'), defaultConfig);
});

test('a family’s page is a whole number of its patches', () => {
  for (const [name, { gridPx }] of Object.entries(familyPresets)) {
    const config = preset(name);
    for (const [side, sidePx] of pageSizePx(config).entries())
      assert.equal(sidePx % gridPx[side]!, 0, `${name}: ${sidePx} px`);
    assert.equal(config.autoCropWidth, false, name);
  }
});

test('family pages in pixels', () => {
  const sizes = Object.keys(familyPresets).map(name => {
    return [name, pageSizePx(preset(name)).join('x')];
  });
  assert.deepEqual(Object.fromEntries(sizes), {
    'glm-4.1v': '588x840',
    'qwen2.5-vl': '588x840',
    'qwen3-vl': '608x864',
    'deepseek-ocr': '1024x1024',
    internvl3: '896x1344',
    gemma3: '896x896',
    llama4: '672x1008',
    'kimi-vl': '588x840',
    claude: '952x1288',
    openai: '608x864',
    'gpt-4o': '512x2048',
    'gemini-3': '1344x1920',
    pixtral: '720x1024',
    'minicpm-v': '896x1344',
    embedded: '640x768',
  });
});

test('an unknown preset is told the nearest', () => {
  assert.throws(
    () => preset('glm-4.1'),
    /choose preset: expected a known preset, got "glm-4.1" \(did you mean "glm-4.1v"\?\)/,
  );
  assert.throws(() => preset('constructor'), /one of glyph-en, glyph-zh, document/);
});

test('every palette can be read', () => {
  for (const { fontColor, paraBgColor } of Object.values(palettes).flat()) {
    assert.ok(contrastRatio(fontColor, paraBgColor) >= 4.5, `${fontColor} on ${paraBgColor}`);
  }
});
