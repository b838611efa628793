import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultConfig } from './defaults.ts';
import { preset } from './presets.ts';
import { parseConfig, readConfig } from './read.ts';

/** The keys of the paper's best English config (Figure 6), as its repository publishes them. */
const bestEnglish = {
  'page-size': '595,842',
  dpi: 72,
  'margin-x': 10,
  'margin-y': 10,
  'font-path': '../config/Verdana.ttf',
  'font-size': 9,
  'line-height': 10,
  'font-color': '#000000',
  alignment: 'LEFT',
  'horizontal-scale': 1.0,
  'first-line-indent': 0,
  'left-indent': 0,
  'right-indent': 0,
  'space-after': 0,
  'space-before': 0,
  'border-width': 0,
  'border-padding': 0,
  'page-bg-color': '#FFFFFF',
  'para-bg-color': '#FFFFFF',
  'auto-crop-width': true,
  'auto-crop-last-page': true,
};

test('the best published configs are our presets, except that lines are never joined', () => {
  const unlike = { reflow: 'off', paraBorderColor: '#FFFFFF' };
  const english = readConfig(bestEnglish);
  assert.deepEqual(english.config, { ...preset('glyph-en'), ...unlike });
  assert.match(english.notes.join(), /"Verdana.ttf" is not shipped: drawn with DejaVu Sans/);
  const chinese = readConfig({ ...bestEnglish, 'font-path': '../config/SourceHanSansHWSC-VF.ttf' });
  assert.deepEqual(chinese.config, { ...preset('glyph-zh'), ...unlike });
  assert.match(chinese.notes.join(), /drawn with Droid Sans Fallback/);
});

test('what a published file leaves out is as in the published renderer, whatever the base', () => {
  const config = parseConfig({ 'font-path': '/fonts/a.ttf' }, preset('claude'));
  assert.deepEqual(config, {
    ...defaultConfig,
    pageSize: [595.2756, 841.8898],
    marginX: 20,
    marginY: 20,
    alignment: 'justify',
    paraBorderColor: '#FFFFFF',
    autoCropWidth: false,
    autoCropLastPage: false,
    reflow: 'off',
    fontPath: '/fonts/a.ttf',
  });
  assert.equal(parseConfig({ 'font-size': 12 }).lineHeight, 13);
});

test('a font by a path of its own stays a file, a shipped one by name becomes its family', () => {
  for (const path of ['./Verdana.ttf', '/usr/share/fonts/Verdana.ttf', 'fonts/Verdana.ttf', 'Other.ttf']) {
    const { config, notes } = readConfig({ 'font-path': path });
    assert.equal(config.fontPath, path);
    assert.deepEqual(notes, []);
  }
  const { config, notes } = readConfig({ 'font-path': 'DejaVuSansMono.ttf' });
  assert.deepEqual([config.fontFamily, config.fontPath, notes], ['DejaVu Sans Mono', '', []]);
  assert.equal(parseConfig({ fontPath: 'Verdana.ttf' }).fontPath, 'Verdana.ttf');
});

test('newline markup becomes a mark and its colour', () => {
  for (const [markup, mark, color] of [
    ['<br/>', '', '#FF0000'],
    ['<BR />', '', '#FF0000'],
    ['<font color="#FF0000"> \\n </font>', ' \\n ', '#FF0000'],
    ["<font color='blue'>&lt;n&gt;</font>", '<n>', '#0000FF'],
    [' ¶ ', ' ¶ ', '#112233'],
    ['&amp;lt;', '&lt;', '#112233'],
  ] as const) {
    const config = parseConfig({ 'newline-markup': markup, 'font-color': '#112233' });
    assert.deepEqual([config.newlineMark, config.newlineMarkColor], [mark, color], markup);
  }
});

test('wrong published keys and values are named as the file spells them', () => {
  for (const [input, message] of [
    [{ 'font-sise': 9 }, /a known key, got "font-sise" \(did you mean "font-size"\?\)/],
    [{ 'newline-marcup': '<br/>' }, /did you mean "newline-markup"\?/],
    [{ 'font-size': '9' }, /read config key "font-size": expected a number of pt from 1 to 1000, got "9"/],
    [{ 'page-size': '595' }, /read config key "page-size": expected width and height.*got "595"/],
    [{ 'margin-x': 1, marginX: 1 }, /expected each key once, got both "marginX" and "margin-x"/],
    [{ 'newline-markup': '<b>x</b>' }, /"newline-markup": expected "<br\/>", a mark as plain text/],
    [{ 'newline-markup': '<font color="#FF0000">x</font><br/>' }, /"newline-markup"/],
    [
      { 'newline-markup': '<font color="redd">x</font>' },
      /"newline-markup": expected a colour.*did you mean "red"/,
    ],
    [{ 'newline-markup': '' }, /"newline-markup"/],
    [{ 'newline-markup': 5 }, /"newline-markup".*got 5/],
  ] as const) {
    assert.throws(() => parseConfig(input), message);
  }
});

test('keys of ours may stand in a published file', () => {
  const config = parseConfig({ 'margin-x': 5, 'tab-width': 8, bitDepth: 8, compat: 'reference' });
  assert.deepEqual([config.marginX, config.tabWidth, config.bitDepth, config.compat], [5, 8, 8, 'reference']);
});

const folder = join(import.meta.dirname, '../../../shared/reference');

test('the configs of the reference pages', {
  skip: existsSync(folder) ? false : 'no ../shared/reference',
}, () => {
  const configOf = (name: string) =>
    parseConfig(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).config);
  const names = readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length));
  assert.ok(names.length > 0);
  const unlike: Record<string, object> = {
    hongloumeng: { fontFamily: 'Droid Sans Fallback' },
    'mixed-zh-en': { fontFamily: 'Droid Sans Fallback' },
    'jane-96dpi': { dpi: 96 },
    'jane-justify-serif': {
      marginX: 24,
      marginY: 36,
      fontFamily: 'DejaVu Serif',
      fontSize: 10.5,
      lineHeight: 12,
      alignment: 'justify',
      firstLineIndent: 18,
      autoCropWidth: false,
    },
    'moby-centre-spaced': {
      fontSize: 8,
      lineHeight: 11,
      alignment: 'center',
      leftIndent: 30,
      rightIndent: 12,
      spaceBefore: 4,
      spaceAfter: 6,
    },
    'moby-dark-mono': {
      fontFamily: 'DejaVu Sans Mono',
      fontSize: 8,
      lineHeight: 9,
      fontColor: '#D4D4D4',
      pageBgColor: '#1E1E1E',
      paraBgColor: '#1E1E1E',
    },
    'moby-hscale': { dpi: 80, horizontalScale: 0.85 },
    'moby-red-newline': { newlineMark: ' \\n ', newlineMarkColor: '#FF0000' },
    'moby-right-narrow': { pageSize: [300, 420], fontSize: 7, lineHeight: 7, alignment: 'right' },
  };
  for (const name of names) {
    assert.deepEqual(configOf(name), { ...parseConfig(bestEnglish), ...unlike[name] }, name);
  }
});
