import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { parseConfig } from './read.ts';

test('keys that are valid alone but not together are refused with the reason', () => {
  for (const [input, message] of [
    [
      { marginX: 290 },
      /"pageSize": expected room for at least one character of fontSize 9 pt.*got 3 pt of a page 595 pt wide/,
    ],
    [{ leftIndent: 300, rightIndent: 300 }, /got -37 pt of a page 595 pt wide/],
    [{ columns: 8, columnGap: 80 }, /after marginX, framePadding, columns, columnGap/],
    [{ borderWidth: 100, borderPadding: 180 }, /got 3 pt of a page/],
    [
      { marginY: 411 },
      /"pageSize": expected room for at least one line of 10 pt.*got 8 pt of a page 842 pt high/,
    ],
    [{ pageSize: [595, 45], header: '{page}' }, /at least one line/],
    [{ fontSize: 900, pageSize: [1000, 900] }, /room for at least one line of 901 pt/],
    [{ fontSize: 600 }, /room for at least one character/],
    [{ firstLineIndent: -1 }, /"firstLineIndent": expected 0 \(minus leftIndent\) to 554.*got -1/],
    [{ firstLineIndent: 560 }, /"firstLineIndent"/],
    [{ dpi: 1100 }, /"dpi": expected a page of at most 100 megapixels, got 116.9 megapixels/],
    [
      { fontColor: '#fff' },
      /"fontColor": expected a colour that shows on paraBgColor, got #FFFFFF on #FFFFFF/,
    ],
    [
      { header: '{titel}' },
      /"header": expected only the fields \{title\}.*got "\{titel\}" \(did you mean "\{title\}"\?\)/,
    ],
    [{ header: '{}' }, /"header"/],
  ] as const) {
    assert.throws(
      () => parseConfig(input),
      (error: unknown) =>
        error instanceof GlyphError && error.kind === 'config' && message.test(error.message),
      JSON.stringify(input),
    );
  }
});

test('the edge of each rule is accepted', () => {
  parseConfig({ marginX: 287 });
  parseConfig({ marginY: 410 });
  parseConfig({ firstLineIndent: -20, leftIndent: 20 });
  parseConfig({ header: '{title} p. {page}, lines {firstLine}-{lastLine} {checksum} {' });
  parseConfig({ pageSize: [10_000, 10_000] });
});
