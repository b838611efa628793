/**
 * The layout against the published renderer's: short texts with what reportlab 3.6.12 drew of them, and whole files
 * where a folder with its output lies beside the repository.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultConfig, parseConfig, type RenderConfig } from '../../config/index.ts';
import { openFont, prepareHarfBuzz } from '../../font/index.ts';
import type { PageBox } from '../page-box.ts';
import { layoutReference, type ReferenceFonts } from './index.ts';

/** Page, x and baseline from the page's bottom, pt, added word space, pt, and the text drawn. */
type DrawnLine = readonly [page: number, x: number, baseline: number, wordSpace: number, text: string];

const repository = new URL('../../../', import.meta.url);
const noBreakSpace = '\xa0';

await prepareHarfBuzz();

/** Glyph keys are code points, so that tests can read them. */
function fontsOf(file: string): ReferenceFonts {
  const face = openFont(readFileSync(new URL(`fonts/${file}`, repository)), { name: file });
  return {
    advanceEm: codePoint => face.advance(face.glyphId(codePoint)),
    keyOf: codePoint => codePoint,
    covers: codePoint => face.glyphId(codePoint) !== 0,
  };
}

const sans = fontsOf('DejaVuSans.ttf');
const chinese = fontsOf('DroidSansFallbackFull.ttf');

/** Eighteen letters wide and five lines high. */
const smallPage: RenderConfig = {
  ...defaultConfig,
  pageSize: [120, 72],
  marginX: 0,
  marginY: 0,
  fontSize: 10,
  lineHeight: 12,
  compat: 'reference',
};

function pagesOf(text: string, config: RenderConfig, fonts = sans): PageBox[] {
  return [...layoutReference(text, config, fonts)];
}

/** Compares lines one by one, and every glyph with where the line's text puts it. */
function assertDrawn(
  pages: readonly PageBox[],
  expected: readonly DrawnLine[],
  config: RenderConfig,
  fonts: ReferenceFonts,
) {
  const heightPt = config.pageSize[1];
  const lines = pages.flatMap(page => page.lines.map(line => ({ page, line })));
  assert.equal(lines.length, expected.length, 'number of lines');
  const drawn = new Map(pages.map(page => [page, 0]));
  for (const [index, [pageNumber, x, baseline, wordSpace, text]] of expected.entries()) {
    const { page, line } = lines[index]!;
    const where = `line ${index} "${text}"`;
    assert.equal(page.number, pageNumber, `page of ${where}`);
    assertNear(line.xPt, x, 0.01, `x of ${where}`);
    assertNear(heightPt - line.baselinePt, baseline, 0.01, `baseline of ${where}`);
    assertNear(line.wordSpacePt, wordSpace, 0.001, `word space of ${where}`);
    const { glyphs } = page;
    let glyph = drawn.get(page)!;
    let pen = x;
    for (const character of text) {
      const isSpace = character === ' ' || character === noBreakSpace;
      const codePoint = isSpace ? 0x20 : character.codePointAt(0)!;
      if (!isSpace) {
        assert.equal(String.fromCodePoint(glyphs.key[glyph]!), character, where);
        assertNear(glyphs.xPt[glyph]!, pen, 0.02, `x of "${character}" in ${where}`);
        assertNear(heightPt - glyphs.yPt[glyph]!, baseline, 0.01, `baseline of "${character}" in ${where}`);
        glyph++;
      }
      pen += fonts.advanceEm(codePoint) * config.fontSize + (isSpace ? wordSpace : 0);
    }
    drawn.set(page, glyph);
  }
  for (const page of pages) assert.equal(drawn.get(page), page.glyphs.count, `glyphs of page ${page.number}`);
}

function assertNear(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);
}

interface Case {
  readonly name: string;
  readonly text: string;
  readonly config?: Partial<RenderConfig>;
  readonly fonts?: ReferenceFonts;
  readonly pages: number;
  readonly lines: readonly DrawnLine[];
}

function linesFrom(baseline: number, page: number, texts: readonly string[]): DrawnLine[] {
  return texts.map((text, index) => [page, 6, baseline - 12 * index, 0, text]);
}

const numbers = Array.from({ length: 30 }, (_, index) => String(index + 1));

const cases: readonly Case[] = [
  {
    name: 'white space folds, runs of spaces stay, one leading space is lost',
    text: ' a\tb  c\n d \n  e\n\nsoft\u00adhyphen, zero\u200bwidth \n',
    pages: 2,
    lines: [
      ...linesFrom(56, 1, ['a b\xa0\xa0c', 'd', '\xa0\xa0e', '', 'softhyphen,']),
      ...linesFrom(56, 2, ['zerowidth']),
    ],
  },
  {
    name: 'a page end at a source line end makes an empty line on the next page',
    text: 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight',
    pages: 2,
    lines: [
      ...linesFrom(56, 1, ['one', 'two', 'three', 'four', 'five']),
      ...linesFrom(56, 2, ['', 'six', 'seven', 'eight']),
    ],
  },
  {
    name: 'an empty line at a page end goes to the next page',
    text: 'one\ntwo\nthree\nfour\n\nsix\nseven',
    pages: 2,
    lines: [...linesFrom(56, 1, ['one', 'two', 'three', 'four']), ...linesFrom(56, 2, ['', 'six', 'seven'])],
  },
  {
    name: 'the text after thirty lines that fill a page starts a page, be it empty',
    text: `${numbers.join('\n')}\n`,
    config: { pageSize: [120, 372] },
    pages: 2,
    lines: linesFrom(356, 1, numbers),
  },
  {
    name: 'an empty thirtieth line is lost',
    text: `${numbers.slice(0, 29).join('\n')}\n\nafter`,
    config: { pageSize: [120, 400] },
    pages: 1,
    lines: linesFrom(384, 1, [...numbers.slice(0, 29), 'after']),
  },
  {
    name: 'space before and after collapse between blocks and vanish at a page top',
    text: [...numbers, 'b', ...numbers.slice(0, 29), 'd'].join('\n'),
    config: { pageSize: [120, 400], spaceBefore: 9, spaceAfter: 4 },
    pages: 2,
    lines: [
      ...linesFrom(384, 1, numbers),
      ...linesFrom(384, 2, ['b', ...numbers.slice(0, 29)]),
      ...linesFrom(15, 2, ['d']),
    ],
  },
  {
    name: 'justified lines spread, but not before a line break of the source',
    text: 'Some words to spread over lines, and a few\nmore & more of them to come: the end of a page is\nnot the end.',
    config: { alignment: 'justify', firstLineIndent: 15 },
    pages: 2,
    lines: [
      [1, 21, 56, 9.13916, 'Some words to'],
      [1, 6, 44, 9.30518, 'spread over lines,'],
      [1, 6, 32, 0, 'and a few'],
      [1, 6, 20, -0.13745, 'more & more of them'],
      [1, 6, 8, 0.03457, 'to come: the end of a'],
      [2, 6, 56, 0, 'page is'],
      [2, 6, 44, 0, 'not the end.'],
    ],
  },
  {
    name: 'a squeezed first line set to the right loses its indent and moves the others',
    text: 'wide it & co of more alpha of and beta',
    config: { alignment: 'right', firstLineIndent: 7.5 },
    pages: 1,
    lines: [
      [1, 6, 56, -0.14512, 'wide it & co of more'],
      [1, 18.243, 44, 0, 'alpha of and beta'],
    ],
  },
  {
    name: 'a squeezed first line set centred does too',
    text: 'beta wide & co & co it wide it and to',
    config: { alignment: 'center', firstLineIndent: 7.5 },
    pages: 1,
    lines: [
      [1, 6, 56, -0.04551, 'beta wide & co & co'],
      [1, 13.289, 44, 0, 'it wide it and to'],
    ],
  },
  {
    name: 'a word wider than a line is cut from where it stands',
    text: `ab ${'x'.repeat(95)} yz & so`,
    pages: 2,
    lines: [
      ...linesFrom(56, 1, [`ab ${'x'.repeat(15)}`, ...Array.from({ length: 4 }, () => 'x'.repeat(18))]),
      ...linesFrom(56, 2, ['xxxxxxxx yz & so']),
    ],
  },
  {
    name: 'where nothing of it fits, a text of one fragment counts one more space',
    text: 'abcdefghijklmnopq wwwwwwwwwwwwwwwwww end',
    config: { alignment: 'right', pageSize: [113, 72] },
    pages: 1,
    lines: [
      [1, 8.123, 56, 0, 'abcdefghijklmnopq'],
      [1, 8.855, 44, 0, 'wwwwwwwwwwww'],
      [1, 35.911, 32, 0, 'wwwwww end'],
    ],
  },
  {
    name: 'a cut word at a page end may be put together again',
    text: 'beta it more of wide iiiiiiwwwwwwwwwwwwmmmmmm & end',
    config: { pageSize: [120, 36] },
    pages: 2,
    lines: [
      ...linesFrom(20, 1, ['beta it more of wide', 'iiiiiiwwwwwwwwwww']),
      ...linesFrom(20, 2, ['wmmmmmm & end']),
    ],
  },
  {
    name: 'newline marks flow with the text',
    text: 'one\ntwo three\n\nfour five six\nseven',
    config: { newlineMark: ' \\n ' },
    pages: 1,
    lines: [
      [1, 6, 56, -0.10312, 'one \\n two three \\n \\n'],
      [1, 6, 44, 0, 'four five six \\n seven'],
    ],
  },
  {
    name: 'each page end tears Chinese text further apart',
    text: '天地玄黄，宇宙洪荒。日月盈昃……Hello world...辰宿列张。寒来暑往，秋收冬藏... 闰馀成岁，律吕调阳。云腾致雨，露结为霜。\n金生丽水。\n玉出昆冈。剑号巨阙，珠称夜光。果珍李柰，菜重芥姜。',
    fonts: chinese,
    pages: 3,
    lines: [
      ...linesFrom(56, 1, [
        '天地玄黄，宇宙洪荒。 ',
        '日月盈昃……Hell ',
        'o world...辰 ',
        '宿列张。寒来暑往，秋 ',
        '收冬藏... 闰馀成岁',
      ]),
      ...linesFrom(56, 2, [
        '，律吕调阳。云腾致雨 ',
        '，露结为霜。 ',
        '金生丽水。 ',
        '玉出昆冈。剑号巨阙， ',
        '珠称夜光。果珍李柰， ',
      ]),
      ...linesFrom(56, 3, ['菜重芥姜。']),
    ],
  },
];

for (const { name, text, config, fonts = sans, pages, lines } of cases) {
  test(name, () => {
    const whole = { ...smallPage, ...config };
    const drawn = pagesOf(text, whole, fonts);
    assert.equal(drawn.length, pages, 'number of pages');
    assertDrawn(drawn, lines, whole, fonts);
  });
}

test('lines say what of the source they show', () => {
  const text = ' a\tb  c\n d\n\nsoft\u00adhyphen \n';
  const [page] = pagesOf(text, smallPage);
  assert.deepEqual(
    page!.lines.map(({ start, end, gap }) => [text.slice(start, end), gap]),
    [
      ['a\tb  c', 'newline'],
      ['d', 'newline'],
      ['', 'newline'],
      ['soft\u00adhyphen', 'end'],
    ],
  );
});

test('the newline mark is inked apart and stands for its line break', () => {
  const text = 'one\ntwo';
  const [page] = pagesOf(text, { ...smallPage, newlineMark: ' \\n ' });
  assert.deepEqual([...page!.glyphs.ink.subarray(0, page!.glyphs.count)], [0, 0, 0, 1, 1, 0, 0, 0]);
  assert.deepEqual(
    page!.lines.map(({ start, end }) => [start, end]),
    [[0, 7]],
  );
});

test('a paragraph has a background where it differs from the page, and a border around its padding', () => {
  const box = { leftIndent: 10, rightIndent: 5, borderPadding: 3, paraBorderColor: '#0000FF' };
  const [plain] = pagesOf('a\nb', { ...smallPage, ...box, paraBgColor: '#EEEEEE' });
  assert.deepEqual(plain!.rects, [{ xPt: 13, yPt: 3, widthPt: 99, heightPt: 30, color: '#EEEEEE' }]);
  const [bordered] = pagesOf('a\nb', { ...smallPage, ...box, borderWidth: 2 });
  assert.deepEqual(
    bordered!.rects.map(({ xPt, yPt, widthPt, heightPt }) => [xPt, yPt, widthPt, heightPt]),
    [
      [12, 2, 101, 2],
      [12, 32, 101, 2],
      [12, 2, 2, 32],
      [111, 2, 2, 32],
    ],
  );
});

test('a text without characters is one empty page', () => {
  const [page, ...more] = pagesOf('', smallPage);
  assert.deepEqual(
    { ...page, glyphs: page!.glyphs.count },
    {
      number: 1,
      isLast: true,
      span: { start: 0, end: 0 },
      lines: [],
      glyphs: 0,
      rects: [],
      missing: new Map(),
    },
  );
  assert.equal(more.length, 0);
});

test('characters without a glyph are counted and as wide as glyph 0', () => {
  const [page] = pagesOf('a\u4dff\ue000\ue000 b', smallPage);
  assert.deepEqual(
    [...page!.missing],
    [
      [0x4dff, 1],
      [0xe000, 2],
    ].filter(([code]) => !sans.covers(code!)) as [number, number][],
  );
});

const shared = new URL('../shared/reference/', repository);

interface SharedReference {
  readonly config: Record<string, unknown>;
  readonly pages: number;
  readonly lines: readonly DrawnLine[];
}

test('whole files', {
  skip: existsSync(shared) ? false : 'no ../shared/reference beside the repository',
}, async context => {
  const names = readdirSync(shared).filter(name => name.endsWith('.json'));
  assert.ok(names.length >= 12);
  for (const name of names) {
    await context.test(name, () => {
      const expected = JSON.parse(readFileSync(new URL(name, shared), 'utf8')) as SharedReference;
      const text = readFileSync(new URL(name.replace(/json$/, 'txt'), shared), 'utf8');
      const config = parseConfig(expected.config);
      const fonts = fontsOf(String(expected.config['font-path']));
      const pages = pagesOf(text, config, fonts);
      assert.equal(pages.length, expected.pages, 'number of pages');
      assertDrawn(pages, expected.lines, config, fonts);
    });
  }
});
