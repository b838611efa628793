/** What the panel's sliders read and set. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../config/index.ts';
import { pageSliders, patchOf, typeSliders } from './config-sliders.ts';

const sliders = [...typeSliders, ...pageSliders];
const set = (name: string, value: number) =>
  patchOf(sliders.find(slider => slider.name === name)!, value, defaultConfig);

test('a slider reads what it set, within what may be typed', () => {
  for (const slider of sliders) {
    const [least, most] = slider.typed;
    for (const [value, taken] of [
      [slider.ends[0], slider.ends[0]],
      [slider.ends[1], slider.ends[1]],
      [least - 1, least],
      [most + 1, most],
    ] as const) {
      const patch = patchOf(slider, value, defaultConfig);
      assert.equal(slider.read({ ...defaultConfig, ...patch }), taken, slider.name);
    }
  }
});

test('lines stay as far apart as type grows, a page keeps its other side, columns are whole', () => {
  const { fontSize, lineHeight, pageSize } = defaultConfig;
  assert.deepEqual(set('fontSize', fontSize + 2), { fontSize: fontSize + 2, lineHeight: lineHeight + 2 });
  assert.deepEqual(set('pageWidth', 300), { pageSize: [300, pageSize[1]] });
  assert.deepEqual(set('pageHeight', 300), { pageSize: [pageSize[0], 300] });
  assert.deepEqual(set('columns', 2.4), { columns: 2 });
});
