import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, GlyphError } from '../base/index.ts';
import { defaultConfig } from './defaults.ts';
import { configKeys } from './keys.ts';
import { preset } from './presets.ts';
import { parseConfig, readConfig } from './read.ts';
import { sampleConfig } from './sampling.ts';

/** The error of a refused input, checked to be one of kind `config`. */
function refusal(input: unknown): GlyphError {
  try {
    parseConfig(input);
  } catch (error) {
    assert.ok(error instanceof GlyphError, String(error));
    assert.equal(error.kind, 'config');
    return error;
  }
  throw new Error(`accepted ${JSON.stringify(input)}`);
}

test('nothing given is the default config, frozen throughout', () => {
  const config = parseConfig({});
  assert.deepEqual(config, defaultConfig);
  assert.ok(
    Object.isFrozen(config) && Object.isFrozen(config.pageSize) && Object.isFrozen(config.fontFallback),
  );
});

test('given keys are brought to normal form and laid over the base', () => {
  const config = parseConfig(
    {
      pageSize: 'letter landscape',
      alignment: 'JUSTIFY',
      fontColor: 'navy',
      paraBgColor: '#eee',
      bitDepth: 8,
    },
    preset('code'),
  );
  assert.deepEqual(config.pageSize, [792, 612]);
  assert.equal(config.alignment, 'justify');
  assert.equal(config.fontColor, '#000080');
  assert.equal(config.paraBgColor, '#EEEEEE');
  assert.equal(config.bitDepth, 8);
  assert.equal(config.fontFamily, 'DejaVu Sans Mono');
});

test('a key that is undefined is not given', () => {
  assert.deepEqual(parseConfig({ dpi: undefined }), defaultConfig);
});

test('font size keeps the leading of the base unless line height is given', () => {
  assert.equal(parseConfig({ fontSize: 12 }).lineHeight, 13);
  assert.equal(parseConfig({ fontSize: 10.1 }, preset('document')).lineHeight, 12.6);
  assert.equal(parseConfig({ fontSize: 12, lineHeight: 12 }).lineHeight, 12);
  assert.throws(
    () => parseConfig({ fontSize: 2 }, parseConfig({ fontSize: 20, lineHeight: 10 })),
    /"lineHeight".*distance from fontSize.*got -8/,
  );
});

test('a font replaces the font file of the base', () => {
  const base = parseConfig({ fontPath: './a.ttc', fontIndex: 2, fontVariations: 'wght=600' });
  const family = parseConfig({ fontFamily: 'VT323' }, base);
  assert.deepEqual(
    [family.fontFamily, family.fontPath, family.fontIndex, family.fontVariations],
    ['VT323', '', 0, ''],
  );
  assert.equal(parseConfig({ dpi: 96 }, base).fontPath, './a.ttc');
});

test('a wrong key or value says the key, what was expected, what came and the nearest name', () => {
  for (const [input, message] of [
    [{ fontsize: 9 }, 'read config: expected a known key, got "fontsize" (did you mean "fontSize"?)'],
    [{ font_size: 9 }, 'read config: expected a known key, got "font_size" (did you mean "fontSize"?)'],
    [
      { alignment: 'lefft' },
      'read config key "alignment": expected one of left, right, center, justify, got "lefft" (did you mean "left"?)',
    ],
    [
      { alignment: 'centre' },
      'read config key "alignment": expected one of left, right, center, justify, got "centre" (did you mean "center"?)',
    ],
    [
      { dpi: '96' },
      'read config key "dpi": expected a number of pixels per inch from 10 to 1200, got "96" (write a bare number, not text)',
    ],
    [
      { dpi: Number.NaN },
      'read config key "dpi": expected a number of pixels per inch from 10 to 1200, got NaN',
    ],
    [{ marginX: -1 }, 'read config key "marginX": expected a number of pt from 0 to 7200, got -1'],
    [{ columns: 1.5 }, 'read config key "columns": expected a whole number from 1 to 8, got 1.5'],
    [{ bitDepth: 3 }, 'read config key "bitDepth": expected one of 1, 2, 4, 8, got 3'],
    [{ autoCropWidth: 'yes' }, 'read config key "autoCropWidth": expected true or false, got "yes"'],
    [
      { fontColor: 'blak' },
      'read config key "fontColor": expected a colour like "#1A2B3C", "#ABC" or "black", got "blak" (did you mean "black"?)',
    ],
    [
      { newlineMark: 'a\nb' },
      'read config key "newlineMark": expected text without line breaks, got "a\\nb"',
    ],
    [
      { fontVariations: 'weight=600' },
      'read config key "fontVariations": expected axes like "wght=600,wdth=90", got "weight=600"',
    ],
    [null, 'read config: expected an object of config keys, got null'],
    ['A4', 'read config: expected an object of config keys, got "A4"'],
    [[], 'read config: expected an object of config keys, got []'],
  ] as const) {
    assert.equal(refusal(input).message, message);
  }
});

test('a misspelt paper is told the nearest, an unheard-of key all of them', () => {
  assert.equal(refusal({ pageSize: 'leter landscape' }).hint, 'did you mean "Letter"?');
  const { hint = '' } = refusal({ colourOfTheSky: 'blue' });
  for (const { name } of configKeys) assert.ok(hint.includes(name), name);
});

test('every number key refuses text, infinity and what lies outside its range', () => {
  for (const key of configKeys) {
    if (key.kind !== 'number') continue;
    for (const value of [
      '9',
      Number.POSITIVE_INFINITY,
      Number.NaN,
      key.min - 1,
      key.max + 1,
      null,
      [9],
      {},
    ]) {
      assert.ok(refusal({ [key.name]: value }).operation.includes(`"${key.name}"`), key.name);
    }
  }
});

test('parsing again changes nothing, whatever the config', () => {
  fc.assert(
    fc.property(fc.integer(), seed => {
      const config = sampleConfig(createRandom(seed));
      assert.deepEqual(parseConfig(config), config);
      assert.deepEqual(parseConfig(JSON.parse(JSON.stringify(config)), preset('claude')), config);
    }),
  );
});

test('any input is read or refused with a config error', () => {
  const names = configKeys.flatMap(key => [key.name, key.flag]);
  const likely = fc.dictionary(fc.constantFrom(...names, 'newline-markup', '__proto__'), fc.anything(), {
    maxKeys: 4,
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), likely), input => {
      try {
        const { config } = readConfig(input);
        assert.deepEqual(parseConfig(config), config);
      } catch (error) {
        assert.ok(error instanceof GlyphError && error.kind === 'config', String(error));
      }
    }),
    { numRuns: 1000 },
  );
});
