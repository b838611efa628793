/** What holds for any text and any config: nothing is lost or drawn twice, and every case comes to an end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultConfig, type RenderConfig } from '../../config/index.ts';
import { layoutReference, type ReferenceFonts } from './index.ts';

/** Widths as real fonts have them, marks of no width and characters wider than an em among them. */
const fonts: ReferenceFonts = {
  advanceEm: codePoint => (codePoint >= 0x300 && codePoint < 0x370 ? 0 : 0.3 + (codePoint % 11) / 7),
  keyOf: codePoint => codePoint,
  covers: codePoint => codePoint % 5 !== 0,
};

const fragments = [
  ...[' ', '  ', '   ', '\n', '\n\n', '\t', '\r\n', '\xa0', '\u3000', '\u200b', '\xad'],
  ...[
    'a',
    'word',
    'x'.repeat(60),
    '&',
    '<b>',
    '...',
    '!',
    'e\u0301',
    '\u0301',
    '\ud83d\ude00',
    '\ud800',
    '\0',
  ],
];
const latinText = fc.array(fc.constantFrom(...fragments), { maxLength: 150 }).map(parts => parts.join(''));
const chineseText = fc
  .array(fc.constantFrom(...fragments, '中', '文字', '。', '、', '“', '的'.repeat(40)), { maxLength: 100 })
  .map(parts => parts.join(''));
const anyText = fc.oneof(latinText, chineseText, fc.string({ unit: 'binary', maxLength: 200 }));

const length = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyConfig: fc.Arbitrary<RenderConfig> = fc
  .record({
    width: length(30, 400),
    height: length(20, 400),
    fontSize: length(4, 30),
    lineHeight: length(1, 40),
    alignment: fc.constantFrom('left', 'right', 'center', 'justify' as const),
    indents: fc.tuple(length(-20, 20), length(0, 12), length(0, 12)),
    spaces: fc.tuple(length(0, 30), length(0, 30)),
    borderWidth: fc.constantFrom(0, 2),
    newlineMark: fc.constantFrom('', ' \\n ', '|', '  ', ' & \u3000', 'a long mark'),
    newlineMarkColor: fc.constantFrom('#FF0000', '#000000'),
  })
  .map(({ width, height, indents, spaces, ...rest }) => ({
    ...defaultConfig,
    ...rest,
    pageSize: [width, height] as const,
    marginX: 2,
    marginY: 2,
    framePadding: 3,
    firstLineIndent: indents[0],
    leftIndent: indents[1],
    rightIndent: indents[2],
    spaceBefore: spaces[0],
    spaceAfter: spaces[1],
    compat: 'reference',
  }));

/** White space, and what the published renderer takes out or loses for want of width. */
const undrawn = /^(?:[\s\x1c-\x1f\x85\xad\u200b]|[\u0300-\u036f])*$/;

test('pages and lines tile the source in order; gaps hold nothing that shows', () => {
  fc.assert(
    fc.property(anyText, anyConfig, (text, config) => {
      let at = 0;
      let lineAt = 0;
      let gap: string = 'none';
      let count = 0;
      let isLast = false;
      for (const page of layoutReference(text, config, fonts)) {
        assert.equal(isLast, false);
        isLast = page.isLast;
        assert.equal(page.number, ++count);
        assert.equal(page.span.start, at);
        assert.ok(page.span.end >= at);
        for (const line of page.lines) {
          const between = text.slice(lineAt, line.start);
          assert.match(between, undrawn);
          if (lineAt > 0)
            assert.equal(gap, between === '' ? 'none' : between.includes('\n') ? 'newline' : 'space');
          assert.ok(line.start >= page.span.start && line.end >= line.start && line.end <= page.span.end);
          lineAt = line.end;
          gap = line.gap;
        }
        at = page.span.end;
      }
      assert.match(text.slice(lineAt), undrawn);
      assert.ok(isLast);
      assert.equal(at, text.length);
    }),
    { numRuns: 2000 },
  );
});

test('every character that shows is drawn once', () => {
  fc.assert(
    fc.property(anyText, anyConfig, (text, config) => {
      const mark = Array.from(config.newlineMark.replace(/\s/g, ''));
      const drawn: string[] = [];
      const missing = new Map<number, number>();
      for (const { glyphs, missing: missed } of layoutReference(text, config, fonts)) {
        for (let i = 0; i < glyphs.count; i++) {
          const codePoint = glyphs.key[i]!;
          if (glyphs.ink[i] === 0) drawn.push(String.fromCodePoint(codePoint));
          if (!fonts.covers(codePoint)) missing.set(codePoint, (missing.get(codePoint) ?? 0) - 1);
          else if (glyphs.ink[i] === 1) assert.ok(mark.includes(String.fromCodePoint(codePoint)));
        }
        for (const [codePoint, times] of missed)
          missing.set(codePoint, (missing.get(codePoint) ?? 0) + times);
      }
      const shows = (character: string) => !undrawn.test(character);
      assert.deepEqual(drawn.filter(shows), Array.from(text).filter(shows));
      assert.ok([...missing.values()].every(times => times === 0));
    }),
    { numRuns: 1000 },
  );
});

test('long texts of the awkward kinds take time in proportion', () => {
  const kinds = ['x', '\n', ' ', '& ', '\xa0 a', '中', '中... a', '中\n', '\u0301中', 'word '];
  for (const kind of kinds) {
    const text = kind.repeat(200_000 / kind.length);
    let pages = 0;
    let end = 0;
    for (const page of layoutReference(text, defaultConfig, fonts)) {
      pages++;
      end = page.span.end;
    }
    assert.equal(end, text.length, kind);
    assert.ok(pages > 1, kind);
  }
});

test('a page of less than two lines gets one', () => {
  const config = { ...defaultConfig, pageSize: [60, 40] as const };
  const pages = [...layoutReference('one\n\ntwo\nthree', config, fonts)];
  assert.deepEqual(
    pages.map(page => page.lines.length),
    pages.map(() => 1),
  );
});
