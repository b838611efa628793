import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { configWith, layoutAll, lineTexts } from '../../tests/support/layout.ts';
import { createRandom } from '../base/index.ts';
import { parseConfig, type RenderConfig, sampleConfig } from '../config/index.ts';
import type { PageBox } from './index.ts';

/** Everything that may stand between two lines: white space and characters that draw nothing. */
const blank = /^[\s\u0085\u00ad\u200b\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8]*$/;

function assertTiles(pages: readonly PageBox[], text: string): void {
  let at = 0;
  for (const page of pages) {
    assert.equal(page.span.start, at, 'a page begins where the one before ended');
    for (const line of page.lines) {
      assert.ok(line.start >= at && line.end >= line.start, 'lines go forward');
      assert.match(text.slice(at, line.start), blank, 'only white space between lines');
      at = line.end;
    }
    assert.ok(page.span.end >= at);
    assert.match(text.slice(at, page.span.end), blank);
    at = page.span.end;
  }
  if (pages.length > 0) assert.equal(at, text.length, 'the last page ends with the text');
  else assert.match(text, blank, 'no page only for a text without visible characters');
  assert.deepEqual(
    pages.map(page => page.isLast),
    pages.map((_, i) => i === pages.length - 1),
  );
}

function assertInside(pages: readonly PageBox[], config: RenderConfig): void {
  for (const { lines } of pages) {
    for (const line of lines) {
      assert.ok(line.baselinePt > 0 && line.baselinePt <= config.pageSize[1]);
      assert.ok(Number.isFinite(line.xPt) && Number.isFinite(line.wordSpacePt));
    }
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'word ',
          'a  b',
          '\n',
          '\r\n',
          '\t',
          '  ',
          'e\u0301',
          '中文，字',
          'مرحبا ',
          'שלום',
          'हिन्दी',
          'ไทย',
        ),
        fc.constantFrom(
          '\ud800',
          '\udc00',
          '\0',
          '\u200d',
          '👨‍👩‍👧',
          '\u202e',
          '\u2066',
          '\u00ad',
          '\u200b',
          'x'.repeat(200),
        ),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
      ),
      { maxLength: 60 },
    )
    .map(parts => parts.join('')),
);

test('lines and pages tile any text under any sampled config', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.integer({ min: 0, max: 1e6 }), async (text, seed) => {
      const config = sampleConfig(createRandom(seed));
      const pages = await layoutAll(text, config);
      assertTiles(pages, text);
      assertInside(pages, config);
    }),
    { numRuns: 150 },
  );
});

test('the reference layout tiles any text too', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async text => {
      for (const page of await layoutAll(text, configWith({ compat: 'reference' })))
        assert.ok(page.span.end <= text.length);
    }),
    { numRuns: 40 },
  );
});

test('the same text in other pieces gives the same pages', async () => {
  const text = 'Some words in a line.\nA second — “quoted” — one 👍🏽 with 中文 and עברית.\n\nThird.'.repeat(
    40,
  );
  const whole = await layoutAll(text);
  const pieces = await layoutAll(text.match(/[\s\S]{1,7}/g)!);
  assert.deepEqual(pieces, whole);
});

test('a text of lines breaks at single spaces and squeezes by up to 5 % of each', async () => {
  const config = configWith({ pageSize: [200, 200], reflow: 'off' });
  const text = 'The quick brown fox jumps over the lazy dog and runs away.';
  const [page] = await layoutAll(text, config);
  assert.deepEqual(lineTexts([page!], text), [
    ['The quick brown fox jumps over the', 'lazy dog and runs away.'],
  ]);
});

test('leading and repeated spaces keep their width', async () => {
  const [page] = await layoutAll('a\n b\n   c  d', configWith({ reflow: 'off' }));
  const space = (await layoutAll('x x'))[0]!.glyphs;
  const spacePt = space.xPt[1]! - space.xPt[0]!;
  assert.equal(page!.lines.length, 3);
  assert.equal(page!.lines[2]!.start, 5);
  const lastLine = Array.from(page!.glyphs.xPt.subarray(page!.glyphs.count - 7, page!.glyphs.count));
  assert.ok(lastLine[3]! - lastLine[0]! > 2.9 * (lastLine[1]! - lastLine[0]!) && spacePt > 0);
});

test('a word wider than the line is cut between graphemes, from where it stands', async () => {
  const config = configWith({ pageSize: [120, 200] });
  const text = `ab ${'x'.repeat(60)}`;
  const [lines] = lineTexts(await layoutAll(text, config), text);
  assert.ok(lines!.length > 2 && lines![0]!.startsWith('ab xx'));
  const marked = `${'e\u0301'.repeat(60)}`;
  for (const line of lineTexts(await layoutAll(marked, config), marked)[0]!) assert.equal(line.length % 2, 0);
});

test('kinsoku: no line of Chinese begins with closing or ends with opening punctuation', async () => {
  const text = '他说：“你好（世界），再见。”然后走了，没有回头。'.repeat(30);
  const [lines] = lineTexts(await layoutAll(text, configWith({ pageSize: [180, 800] })), text);
  assert.ok(lines!.length > 20);
  for (const line of lines!) {
    assert.doesNotMatch(line, /^[，。：）”]/);
    assert.doesNotMatch(line, /[（“]$/);
  }
});

test('right-to-left paragraphs stand at the right and run to the left', async () => {
  const [page] = await layoutAll('אבג');
  const { count, xPt } = page!.glyphs;
  assert.equal(count, 3);
  assert.ok(page!.lines[0]!.xPt > 500);
  assert.ok(xPt[2]! > xPt[0]!, 'glyphs come in visual order');
});

test('justified lines fill the width except at the end of a paragraph', async () => {
  const config = configWith({ alignment: 'justify', pageSize: [200, 400] });
  const [page] = await layoutAll('word '.repeat(60), config);
  const spaces = page!.lines.map(line => line.wordSpacePt);
  assert.ok(spaces.slice(0, -1).every(space => space !== 0));
  assert.equal(spaces.at(-1), 0);
});

test('a newline mark flows on and is drawn in its own ink', async () => {
  const config = configWith({ newlineMark: ' \\n ', newlineMarkColor: '#FF0000' });
  const [page] = await layoutAll('one\ntwo\n\nthree', config);
  assert.equal(page!.lines.length, 1);
  const inks = page!.glyphs.ink.subarray(0, page!.glyphs.count);
  assert.equal(inks.filter(ink => ink === 1).length, 6, 'three marks of two characters');
});

/** Of the first such letter, from the left, in pt. */
async function placeOf(letter: string, text: string, config: RenderConfig): Promise<number> {
  const wanted = (await layoutAll(letter))[0]!.glyphs.key[0]!;
  const { key, xPt } = (await layoutAll(text, config))[0]!.glyphs;
  return xPt[key.indexOf(wanted)]!;
}

test('newline marks have the same width whether or not a paragraph needs shaping', async () => {
  for (const newlineMark of ['¶', ' \\n ']) {
    const config = configWith({ newlineMark });
    const placeOfH = (text: string) => placeOf('h', text, config);
    const plain = await placeOfH('one\ntwo \n\r\nthree');
    const shaped = await placeOfH('one\ntwo \n\r\nthre\u0065\u0301');
    assert.ok(Math.abs(plain - shaped) < 1e-3, `${newlineMark}: ${plain} and ${shaped}`);
  }
});

test('spaces that a line begins with stay after a newline mark, whether or not a paragraph needs shaping', async () => {
  for (const newlineMark of ['¶', ' \\n ']) {
    const config = configWith({ newlineMark });
    const placeOfH = (text: string) => placeOf('h', text, config);
    for (const end of ['e', 'e\u0301']) {
      const one = await placeOfH(`f {\n hre${end}`);
      const four = await placeOfH(`f {  \n    hre${end}`);
      const trailing = newlineMark === '¶' ? 1 : 0;
      const spacePt = (await placeOfH(`a  hre${end}`)) - (await placeOfH(`a hre${end}`));
      assert.ok(Math.abs(four - one - (3 + trailing) * spacePt) < 1e-3, `${newlineMark}: ${one} and ${four}`);
    }
  }
});

test('the last line says that the source ends after it', async () => {
  for (const text of ['abc', 'abc\n', 'a\n\nb  ']) {
    const lines = (await layoutAll(text)).flatMap(page => page.lines);
    assert.equal(lines.at(-1)!.gap, 'end');
    assert.ok(lines.slice(0, -1).every(line => line.gap === 'newline'));
  }
});

test('columns fill one after the other', async () => {
  const config = configWith({ pageSize: [300, 100], columns: 2, columnGap: 12 });
  const [page] = await layoutAll('line\n'.repeat(20), config);
  assert.equal(new Set(page!.lines.map(line => line.xPt)).size, 2);
});

test('the header names title, page, source lines and a checksum of the page', async () => {
  const text = 'a\n\nb\nc\nd\ne\nf';
  const small = { pageSize: [400, 80], reflow: 'off' };
  const plain = await layoutAll(text, configWith(small));
  const pages = await layoutAll(
    text,
    configWith({ ...small, header: '{title} p{page} L{firstLine}-{lastLine} {checksum}' }),
    'T',
  );
  assert.ok(pages.length > plain.length, 'the header takes a line');
  const shown = await Promise.all(pages.map(page => headerText(page)));
  // The checksum is the CRC-32 of the page's lines, each with a line feed.
  assert.deepEqual(shown, ['Tp1L1-3b7442c69', 'Tp2L4-6349e5788', 'Tp3L7-792ab37c0']);
});

/** What the header of a page shows, spaces aside: its glyphs are the last ones of a page. */
async function headerText(page: PageBox): Promise<string> {
  const alphabet = 'TpL0123456789abcdef-';
  const [sample] = await layoutAll(alphabet);
  const characterOf = new Map([...alphabet].map((character, i) => [sample!.glyphs.key[i], character]));
  const { count, key } = page.glyphs;
  const drawn = page.lines.reduce((sum, line) => sum + line.end - line.start, 0);
  return Array.from(key.subarray(drawn, count), glyph => characterOf.get(glyph) ?? '').join('');
}

test('100,000 blank lines make no empty pages', async () => {
  const text = `top${'\n'.repeat(100_000)}bottom`;
  const pages = await layoutAll(text);
  assertTiles(pages, text);
  assert.ok(pages.length <= 3);
});

test('a line of a million characters is laid out', async () => {
  const text = 'lorem ipsum dolor '.repeat(60_000);
  assertTiles(await layoutAll(text), text);
});

test('characters no font has are counted', async () => {
  const [page] = await layoutAll('a\u{10fffe}b\u{10fffe}');
  assert.deepEqual([...page!.missing], [[0x10fffe, 2]]);
});

test('an aborted layout stops with a clear error', async () => {
  const { layoutPages } = await import('./index.ts');
  const { loadFont } = await import('../node/load-font.ts');
  const { openFonts } = await import('../render/fonts.ts');
  const config = parseConfig({});
  const fonts = await openFonts(config, loadFont);
  const pages = layoutPages('text', config, fonts, { signal: AbortSignal.abort() });
  await assert.rejects(pages.next(), { name: 'GlyphError', kind: 'aborted' });
});
