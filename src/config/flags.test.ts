import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from './flags.ts';
import { configKeys } from './keys.ts';
import { parseConfig } from './read.ts';

test('text becomes values of each kind', () => {
  assert.deepEqual(
    parseFlags({
      dpi: '96',
      'font-size': '8.5',
      'first-line-indent': '-3',
      'bit-depth': '8',
      alignment: 'JUSTIFY',
      'auto-crop-width': false,
      'auto-crop-last-page': 'no',
      'font-fallback': 'Noto Sans Thai, Noto Emoji',
      'page-size': 'a5 landscape',
      'font-color': 'navy',
      'newline-mark': ' \\n ',
    }),
    {
      dpi: 96,
      fontSize: 8.5,
      firstLineIndent: -3,
      bitDepth: 8,
      alignment: 'justify',
      autoCropWidth: false,
      autoCropLastPage: false,
      fontFallback: ['Noto Sans Thai', 'Noto Emoji'],
      pageSize: [595, 420],
      fontColor: '#000080',
      newlineMark: ' \\n ',
    },
  );
});

test('every key has a flag whose example is accepted', () => {
  for (const { flag, example } of configKeys) {
    assert.match(flag, /^[a-z]+(-[a-z]+)*$/);
    parseConfig(parseFlags({ [flag]: example }));
  }
});

test('a wrong flag is named as typed', () => {
  assert.throws(
    () => parseFlags({ 'font-sizes': '9' }),
    /a known flag, got "font-sizes" \(did you mean "font-size"\?\)/,
  );
  assert.throws(
    () => parseFlags({ dpi: 'high' }),
    /read flag "--dpi": expected a number of pixels per inch.*got "high"/,
  );
  assert.throws(() => parseFlags({ dpi: '' }), /read flag "--dpi"/);
  assert.throws(() => parseFlags({ dpi: '0x60' }), /read flag "--dpi"/);
  assert.throws(() => parseFlags({ dpi: true }), /read flag "--dpi".*got true/);
  assert.throws(() => parseFlags({ 'bit-depth': '3' }), /expected one of 1, 2, 4, 8, got "3"/);
  assert.throws(() => parseFlags({ 'auto-crop-width': 'maybe' }), /expected true or false, got "maybe"/);
});
