import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastRatio, parseColor } from './colors.ts';

test('every spelling of a colour becomes #RRGGBB', () => {
  for (const [text, color] of [
    ['#1a2b3c', '#1A2B3C'],
    ['1A2B3C', '#1A2B3C'],
    ['#abc', '#AABBCC'],
    ['abc', '#AABBCC'],
    [' Red ', '#FF0000'],
    ['AQUA', '#00FFFF'],
  ] as const) {
    assert.equal(parseColor(text), color, text);
  }
});

test('what is no colour is undefined', () => {
  for (const text of ['', '#', '#12', '#12345', '#1234567', '#GGGGGG', 'redd', 'constructor', 'rgb(1,2,3)']) {
    assert.equal(parseColor(text), undefined, text);
  }
});

test('contrast ratio as WCAG defines it', () => {
  assert.equal(contrastRatio('#000000', '#FFFFFF').toFixed(2), '21.00');
  assert.equal(contrastRatio('#777777', '#FFFFFF').toFixed(2), '4.48');
  assert.equal(contrastRatio('#123456', '#123456'), 1);
  assert.equal(contrastRatio('#FF0000', '#FFFFFF'), contrastRatio('#FFFFFF', '#FF0000'));
});
