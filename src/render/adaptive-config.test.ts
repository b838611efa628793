/** What is an adaptive preset and what is none, and how one is named. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configHash, defaultConfig, parseConfig } from '../config/index.ts';
import { documentHash, isAdaptiveInput, mapConfigs, parseAdaptive, readAdaptive } from './adaptive-config.ts';

test('each kind has its config over the base; without prose the first stands in for it', () => {
  const base = parseConfig({ marginX: 3, fontSize: 8 });
  const { config, notes } = readAdaptive(
    { code: { dpi: 90 }, chinese: { 'font-path': 'Verdana.ttf' } },
    base,
  );
  assert.deepEqual(config.prose, parseConfig({ dpi: 90 }, base));
  assert.deepEqual(config.code, config.prose);
  assert.equal(config.table, undefined);
  assert.match(notes.join(), /^chinese: font "Verdana\.ttf" is not shipped/);
});

test('what is wrong is named, with its kind and the nearest name', () => {
  for (const [input, message] of [
    [null, /read an adaptive preset: expected configs under prose, code, table, chinese, got object/],
    [[], /got object/],
    [{}, /got none/],
    [{ prose: {}, chines: {} }, /got "chines" \(did you mean "chinese"\?\)/],
    [{ prose: {}, poetry: {} }, /got "poetry"/],
    [{ code: { dpl: 72 } }, /read config of code: expected a known key, got "dpl" \(did you mean "dpi"\?\)/],
    [{ table: { dpi: 'high' } }, /config key "dpi" of table: expected a number/],
  ] as const)
    assert.throws(() => parseAdaptive(input), { kind: 'config', message });
});

test('a file is told by the name of a kind, also a misspelt one; a config is none', () => {
  for (const input of [{ prose: {} }, { code: 3 }, { proze: {} }]) assert.ok(isAdaptiveInput(input));
  for (const input of [null, [], {}, 'prose', defaultConfig, { dpl: 72 }, { 'font-size': 9 }])
    assert.ok(!isAdaptiveInput(input));
});

test('presets that draw every kind alike are named alike, others are not', () => {
  const preset = parseAdaptive({ prose: { dpi: 90 }, code: { dpi: 80 } });
  assert.equal(documentHash(defaultConfig), configHash(defaultConfig));
  assert.equal(
    documentHash(preset),
    documentHash(parseAdaptive({ code: { dpi: 80 }, table: { dpi: 90 }, prose: { dpi: 90 } })),
  );
  assert.notEqual(
    documentHash(preset),
    documentHash(parseAdaptive({ prose: { dpi: 80 }, code: { dpi: 90 } })),
  );
  const larger = mapConfigs(preset, config => parseConfig({ dpi: config.dpi + 1 }, config));
  assert.deepEqual(larger, parseAdaptive({ prose: { dpi: 91 }, code: { dpi: 81 } }));
});
