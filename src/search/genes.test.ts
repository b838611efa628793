/** Children are configs of the space they are bred in, whatever their parents are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/index.ts';
import {
  configHash,
  exclusionReason,
  outsideReason,
  parseConfig,
  preset,
  type SampleOptions,
  sampleConfig,
  spaceOfFamily,
} from '../config/index.ts';
import { crossConfigs, genes, mutateConfig, validConfig } from './genes.ts';

const spaces: Readonly<Record<string, SampleOptions>> = {
  'all of Table 8': {},
  'a held dpi and font': { fixed: { dpi: 72, fontFamily: 'DejaVu Serif' } },
  'the embedded reader’s': spaceOfFamily('embedded'),
};

for (const [name, space] of Object.entries(spaces)) {
  test(`mutants and crossings stay within ${name}, and most are new`, () => {
    const random = createRandom('genes');
    const parents = Array.from({ length: 20 }, () => sampleConfig(random, space));
    let changed = 0;
    for (let i = 0; i < 100; i++) {
      const [first, second] = [random.pick(parents), random.pick(parents)];
      const child =
        i % 2 === 0 ? mutateConfig(first, random, space) : crossConfigs(first, second, random, space);
      assert.equal(outsideReason(child, space), undefined);
      assert.equal(exclusionReason(child), undefined);
      assert.deepEqual(parseConfig(child), child);
      if (configHash(child) !== configHash(first)) changed++;
    }
    assert.ok(changed > 40, `${changed} of 100`);
  });
}

test('a mutant keeps most genes; a crossing has each from one of both', () => {
  const random = createRandom('few');
  const different = (a: object, b: object, keys: readonly string[]) =>
    keys.some(key => JSON.stringify(Reflect.get(a, key)) !== JSON.stringify(Reflect.get(b, key)));
  for (let i = 0; i < 50; i++) {
    const [a, b] = [sampleConfig(random), sampleConfig(random)];
    const mutant = mutateConfig(a, random, {});
    assert.ok(genes.filter(({ keys }) => different(a, mutant, keys)).length <= 4);
    const child = crossConfigs(a, b, random, {});
    for (const { keys } of genes.filter(({ name }) => name !== 'leading' && name !== 'size'))
      assert.ok(!different(child, a, keys) || !different(child, b, keys), keys.join());
  }
});

test('nothing to vary, and what lies outside, are told', () => {
  const fixed = preset('glyph-en');
  assert.throws(() => mutateConfig(fixed, createRandom(1), { fixed }), /at least one key that is not held/);
  for (const [input, reason] of [
    [{ dpi: 20 }, /dpi must lie within 45 and 400/],
    [{ fontFamily: 'Verdana' }, /fontFamily must be one of/],
    [{ fontSize: 9, lineHeight: 20 }, /lineHeight must lie within/],
    [{ marginX: 2 }, /marginX must lie within 10 and 40/],
    [{ fontColor: '#EEEEEE' }, /contrast/],
    [{ dpl: 72 }, /did you mean "dpi"/],
  ] as const)
    assert.match(String(validConfig(input, {})), reason);
  assert.match(String(validConfig({ dpi: 96 }, { fixed: { dpi: 72 } })), /dpi is held at 72/);
  assert.equal(typeof validConfig(preset('embedded'), spaceOfFamily('embedded')), 'object');
  assert.equal(typeof validConfig({ dpi: 73, fontSize: 8.25, lineHeight: 9 }, {}), 'object');
});
