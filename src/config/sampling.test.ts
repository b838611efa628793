import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { exclusionLimits, exclusionReason } from './exclusion.ts';
import { configHash } from './hash.ts';
import { preset, presetNames } from './presets.ts';
import { parseConfig } from './read.ts';
import { sampleConfig } from './sampling.ts';

test('every sampled config is valid, not excluded and frozen', () => {
  fc.assert(
    fc.property(fc.integer(), seed => {
      const config = sampleConfig(createRandom(seed));
      assert.deepEqual(parseConfig(config), config);
      assert.equal(exclusionReason(config), undefined);
      assert.ok(Object.isFrozen(config));
    }),
    { numRuns: 1000 },
  );
});

test('pinned: a seed gives the same configs on every machine', () => {
  const random = createRandom('pinned');
  assert.deepEqual([sampleConfig(random), sampleConfig(random)].map(configHash), [
    'fcacf7730bd79e95',
    '25f38e01979fdadd',
  ]);
});

test('the whole of Table 8 is reached', () => {
  const random = createRandom('coverage');
  const configs = Array.from({ length: 3000 }, () => sampleConfig(random));
  const share = (holds: (config: (typeof configs)[number]) => boolean) =>
    configs.filter(holds).length / configs.length;
  assert.ok(share(config => config.dpi < 60) > 0.01);
  assert.ok(share(config => config.dpi > 300) > 0.001);
  assert.ok(share(config => config.dpi >= 72 && config.dpi <= 150) > 0.7);
  assert.ok(share(config => config.alignment === 'left' || config.alignment === 'justify') > 0.85);
  assert.ok(share(config => config.alignment === 'center') > 0.02);
  assert.ok(share(config => config.firstLineIndent > 0) > 0.1);
  assert.ok(share(config => config.firstLineIndent < 0) > 0.02);
  assert.ok(share(config => config.newlineMark !== '') > 0.05);
  assert.ok(share(config => config.borderWidth > 0) > 0.03);
  assert.ok(share(config => config.horizontalScale < 1) > 0.2);
  assert.equal(new Set(configs.map(config => config.fontFamily)).size, 4);
  assert.equal(new Set(configs.map(config => config.fontSize)).size, 9);
  assert.ok(
    configs.every(
      config => config.lineHeight - config.fontSize >= 0 && config.lineHeight - config.fontSize <= 3,
    ),
  );
  assert.ok(configs.every(config => config.marginX >= 10 && config.marginY <= 40));
});

test('options hold keys, replace ranges and supply the rest', () => {
  const random = createRandom(1);
  const base = parseConfig({ bitDepth: 8, reflow: 'off' });
  for (let draw = 0; draw < 50; draw++) {
    const config = sampleConfig(random, {
      base,
      fixed: { dpi: 72, fontSize: 20 },
      ranges: { fontFamily: [[1, 'Inter']] },
    });
    assert.deepEqual(
      [config.bitDepth, config.reflow, config.dpi, config.fontFamily],
      [8, 'off', 72, 'Inter'],
    );
    assert.ok(config.lineHeight >= 20 && config.lineHeight <= 23);
  }
});

test('options that rule each other out are refused, not searched for ever', () => {
  assert.throws(
    () => sampleConfig(createRandom(1), { fixed: { fontSize: 20, lineHeight: 10 } }),
    /within 1000 draws, got none; the last one: line height below font size/,
  );
  assert.throws(
    () => sampleConfig(createRandom(1), { fixed: { marginX: 5000 } }),
    /room for at least one character/,
  );
});

test('each exclusion rule names its reason', () => {
  for (const [input, reason] of [
    [{ lineHeight: 8 }, 'line height below font size'],
    [{ pageSize: [130, 842] }, 'text box too narrow'],
    [{ firstLineIndent: 500 }, 'text box too narrow'],
    [{ pageSize: [595, 80] }, 'text box too low'],
    [{ fontColor: '#999' }, 'too little contrast between font and paragraph'],
    [
      { newlineMark: '¶', newlineMarkColor: 'yellow' },
      'too little contrast between newline mark and paragraph',
    ],
    [{ dpi: 450 }, 'page has too many pixels'],
    [{ fontSize: 7, horizontalScale: 0.8 }, 'small type squeezed too far'],
  ] as const) {
    assert.equal(exclusionReason(parseConfig(input)), reason);
  }
  assert.ok(exclusionLimits.maxPagePixels > 0);
});

test('no preset is excluded', () => {
  for (const name of presetNames) assert.equal(exclusionReason(preset(name)), undefined, name);
});
