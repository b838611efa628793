import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { defaultConfig } from './defaults.ts';
import { configHash } from './hash.ts';
import { configKeys } from './keys.ts';
import { preset } from './presets.ts';
import { parseConfig } from './read.ts';
import type { RenderConfig } from './render-config.ts';
import { sampleConfig } from './sampling.ts';

test('pinned: a changed hash orphans every stored page and cache entry', () => {
  assert.equal(configHash(defaultConfig), '358b52ab3f4eeebc');
  assert.equal(configHash(preset('code')), '8cc67f3fe5efb0e2');
});

test('neither key order nor rounding noise nor spelling changes the hash', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.shuffledSubarray(
        configKeys.map(key => key.name),
        { minLength: configKeys.length },
      ),
      (seed, order) => {
        const config = sampleConfig(createRandom(seed));
        const reordered = Object.fromEntries(
          order.map(name => [name, config[name]]),
        ) as unknown as RenderConfig;
        assert.equal(configHash(reordered), configHash(config));
      },
    ),
  );
  const noisy = { ...defaultConfig, leftIndent: -0, horizontalScale: 0.1 + 0.2 };
  assert.equal(configHash(noisy), configHash({ ...defaultConfig, horizontalScale: 0.3 }));
  assert.equal(configHash(parseConfig({ pageSize: 'A4', fontColor: 'black' })), configHash(defaultConfig));
});

test('a change of any key changes the hash', () => {
  const other = parseConfig({
    pageSize: 'A5',
    dpi: 73,
    marginX: 11,
    marginY: 11,
    framePadding: 5,
    fontFamily: 'VT323',
    fontPath: 'x.ttf',
    fontIndex: 1,
    fontVariations: 'wght=600',
    fontFallback: ['Noto Emoji'],
    fontSize: 8,
    lineHeight: 11,
    alignment: 'right',
    firstLineIndent: 1,
    leftIndent: 1,
    rightIndent: 1,
    spaceBefore: 1,
    spaceAfter: 1,
    horizontalScale: 0.9,
    pageBgColor: 'silver',
    paraBgColor: 'silver',
    fontColor: 'navy',
    paraBorderColor: 'red',
    borderWidth: 1,
    borderPadding: 1,
    newlineMark: '¶',
    newlineMarkColor: 'blue',
    autoCropWidth: false,
    autoCropLastPage: false,
    reflow: 'on',
    tabWidth: 8,
    columns: 2,
    columnGap: 10,
    header: '{page}',
    bitDepth: 8,
    compat: 'reference',
  });
  const hashes = configKeys.map(({ name }) => configHash({ ...defaultConfig, [name]: other[name] }));
  assert.equal(new Set([...hashes, configHash(defaultConfig)]).size, configKeys.length + 1);
});
