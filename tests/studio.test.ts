/**
 * The studio in a real browser, served as `glyph serve` does: its views at work, nothing asked of any other server, and
 * nothing serious that axe finds, by day and by night. Pictures of what it looked like are in `tests/artefacts/studio`.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { unzipSync } from 'fflate';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import { parseArguments } from '../src/cli/parse-arguments.ts';
import { serveCommand } from '../src/cli/serve.ts';
import { type EmbeddedModel, makeEmbeddedModel } from '../src/cli/test/embedded-model.ts';
import { fakeTerminal } from '../src/cli/test/fake-terminal.ts';
import { parseConfig } from '../src/config/index.ts';
import { loadFont } from '../src/node/index.ts';
import { warmUp } from '../src/proxy/index.ts';
import { lessons } from '../src/reader/test/train-answers.ts';
import { renderPages } from '../src/render/index.ts';
import { buildStudio } from './support/build-studio.ts';
import { launchChromium, patienceMs, withoutChromium } from './support/chromium.ts';
import { type FakeModels, startFakeModels } from './support/fake-models.ts';

const skip = withoutChromium;
const pictures = 'tests/artefacts/studio';

const document = [
  'Invoice INV-2024-00817 of 4,213.50 EUR was paid to DE89 3704 0044 0532 0130 00.',
  ...Array.from(
    { length: 150 },
    (_, i) => `Line ${i}: the lamps along the quay were lit before the ferry came.`,
  ),
].join('\n\n');

let folder = '';
let models: FakeModels;
let reader: EmbeddedModel;
let browser: Browser;
let origin = '';
let stop = async () => {};

before(async () => {
  if (skip) return;
  mkdirSync(pictures, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'glyph-studio-'));
  mkdirSync(join(folder, 'search-1'));
  const report = '<h1>Front of the search</h1><p id="p"></p><script>p.textContent = origin</script>';
  writeFileSync(join(folder, 'search-1', 'report.html'), report);
  writeFileSync(join(folder, 'search-1', 'best.json'), '{}');
  await buildStudio();
  await warmUp({ loadFont }); // the proxy's limit of time is not that of a loaded machine
  reader = await makeEmbeddedModel();
  [models, browser] = await Promise.all([startFakeModels(), launchChromium()]);
  [origin, stop] = await serve(['--port', '0', '--runs', folder, '--keep-bodies']);
});

after(async () => {
  if (skip) return;
  await browser.close();
  await stop();
  await models.close();
  reader.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(words: readonly string[]): Promise<[origin: string, stop: () => Promise<void>]> {
  const controller = new AbortController();
  const env = { OPENAI_BASE_URL: models.origin, OPENAI_API_KEY: 'none', GLYPH_MODEL: reader.spec };
  let code: Promise<number> = Promise.resolve(0);
  const heard = new Promise<string>((resolve, reject) => {
    const world = { signal: controller.signal, env, out: (text: string) => resolve(text.trim()) };
    const flags = serveCommand.groups.flatMap(group => group.flags);
    code = serveCommand.run(parseArguments(words, flags), fakeTerminal(world));
    code.catch(reject);
  });
  const end = async () => {
    controller.abort();
    assert.equal(await code, 0);
  };
  return [await heard, end];
}

interface OpenPage {
  readonly page: Page;
  /** What the console said, and addresses that are not the studio's. */
  readonly said: string[];
}

async function open(view: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', message => said.push(message.text()));
  page.on('pageerror', error => said.push(String(error)));
  page.on('request', request => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`))
      said.push(request.url());
  });
  await page.goto(`${origin}/#${view}`);
  return { page, said };
}

const close = ({ page }: OpenPage) => page.context().close();

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste' }).click();
  await page.getByRole('textbox', { name: 'Text of the document' }).fill(text);
  await page.getByRole('button', { name: 'Draw it' }).click();
}

/** All pages of the config in force are on the desk. */
const drawn = (page: Page) => page.locator('[data-drawn="drawn"]').waitFor();

/** From here, frame by frame: the page's own policy lets nothing in it evaluate text, as `waitForFunction` would. */
async function shown(page: Page, condition: string): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  while (!(await page.evaluate(condition))) {
    signal.throwIfAborted();
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: `${pictures}/${name}.png` });

async function saved(page: Page, name: string): Promise<Buffer> {
  const waiting: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  return readFileSync(await (await waiting).path());
}

test('Try: sliders redraw pages that are those of Node, and lines lead to their text and back', {
  skip,
}, async () => {
  const opened = await open('try');
  const { page, said } = opened;
  await page.locator('.page img').first().waitFor();
  await paste(page, document);
  await page.getByText(/exact strings found/).waitFor();
  await drawn(page);
  const before = await page.locator('.page img').first().getAttribute('src');
  const size = page.getByRole('slider', { name: 'Size' });
  await size.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await shown(page, `document.querySelector('.page img').getAttribute('src') !== ${JSON.stringify(before)}`);
  assert.equal(await size.inputValue(), '10');
  await drawn(page);
  await page.evaluate("document.querySelector('.page img').decode()");

  const picture = page.locator('.page .picture').first();
  const box = (await picture.boundingBox())!;
  await page.mouse.move(box.x + 100, box.y + 70);
  const line = page.getByRole('option', { selected: true });
  const mark = page.locator('.line-mark');
  await mark.waitFor();
  const pointed = await line.locator('.line-text').textContent();
  assert.match(pointed ?? '', /^Line \d+: the lamps/);
  await page.getByRole('listbox', { name: 'Lines of the page' }).focus();
  const top = (await mark.boundingBox())!.y;
  await page.keyboard.press('ArrowDown');
  await shown(page, `document.querySelector('.line-mark').getBoundingClientRect().top > ${top + 5}`);
  await shoot(page, 'try');

  const zip = unzipSync(new Uint8Array(await saved(page, 'Pages as ZIP')));
  const config = parseConfig(JSON.parse(String(await saved(page, 'Config'))) as object);
  assert.deepEqual([config.fontSize, config.lineHeight], [10, 11]);
  const expected: Record<string, Uint8Array> = {};
  for await (const { number, png } of renderPages(document, config, { loadFont, title: 'Pasted text' })) {
    expected[`page-${String(number).padStart(4, '0')}.png`] = png;
  }
  assert.deepEqual(Object.keys(zip), Object.keys(expected));
  for (const [name, png] of Object.entries(expected)) assert.ok(Buffer.from(png).equals(zip[name]!), name);
  const request = JSON.parse(String(await saved(page, 'Request as JSON'))) as { model: string };
  assert.equal(request.model, 'glm-4.1v');
  assert.match(
    JSON.stringify(request),
    /INV-2024-00817.*data:image\/png;base64,|data:image\/png;base64,.*INV-2024-00817/,
  );

  await page.getByRole('slider', { name: 'Resolution' }).fill('48');
  await page.getByText(/Below 8 px they are misread/).waitFor();
  await page.getByRole('tab', { name: 'Models' }).click();
  await page.getByRole('button', { name: 'claude-sonnet-4-5' }).click();
  assert.equal(await page.getByLabel('Read by').inputValue(), 'claude-sonnet-4-5');
  assert.deepEqual(said, []);

  await page.getByRole('button', { name: '中文' }).click();
  const noText = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(zip['page-0001.png']!) };
  await page.locator('input[type="file"]').setInputFiles(noText);
  await page.getByText('读取 "a.png" 时出错：应为文本，实为 PNG 图片').waitFor();
  await shoot(page, 'try-failure-zh');
  await close(opened);
});

test('Ask: two answers side by side, the embedded reader’s and a served model’s, cited on the page', {
  skip,
}, async () => {
  const opened = await open('ask');
  const { page, said } = opened;
  await page.locator('.suggestion').first().waitFor();
  await paste(page, readFileSync(reader.file, 'utf8'));
  await page.getByRole('textbox', { name: 'Question' }).fill(lessons.supported[0]);
  const [left, right] = [
    page.getByRole('region', { name: 'Answer A' }),
    page.getByRole('region', { name: 'Answer B' }),
  ];
  await left.getByLabel('Model').selectOption('openai:gpt-4.1');
  await left.getByLabel('Reads').selectOption({ label: 'Pages, as set under Try' });
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await left.getByText('It is told in the first person').waitFor();
  await right.getByRole('heading', { name: 'Where it stands' }).waitFor();
  assert.match(
    (await left.getByRole('definition').allTextContents()).join(' '),
    /^[\d.]+ s [\d.]+ s 700 9 \$0\.0015 \d/,
  );
  await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
  assert.equal(await right.locator('.answer-text').textContent(), 'had it');
  const quote = await right.locator('.citations q').first().textContent();
  assert.match(quote ?? '', /^the cat sat on the mat, the hat had it/);
  await shoot(page, 'ask');
  await right.locator('.citations .cite').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.line-mark').first().waitFor();
  await page.evaluate("document.querySelector('dialog img').decode()");
  await shoot(page, 'ask-page');
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  await left.locator('.answer-text .cite').click();
  await dialog.locator('.line-mark').first().waitFor();
  assert.deepEqual(said, []);
  await close(opened);
});

test('Runs: a report is shown in a sandbox that reaches nothing', { skip }, async () => {
  const opened = await open('runs');
  const frame = opened.page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Front of the search' }).waitFor();
  assert.equal(await frame.locator('#p').textContent(), 'null', 'an origin of its own');
  await shoot(opened.page, 'runs');
  assert.deepEqual(opened.said, []);
  await close(opened);
});

test('Traffic: a request appears with its text and pages, and the switch stops the next', {
  skip,
}, async () => {
  const opened = await open('traffic');
  const { page, said } = opened;
  const content = [document.repeat(3), 'Why?'].map(text => ({ type: 'text', text }));
  const body = JSON.stringify({ model: 'gpt-4.1', messages: [{ role: 'user', content }] });
  const post = async () => (await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body })).text();
  await page.getByText('No request yet').waitFor();
  await post();
  await page.getByRole('button', { name: 'Text and pages' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Invoice INV-2024-00817').first().waitFor();
  await page.evaluate("document.querySelector('dialog img').decode()");
  await shoot(page, 'traffic-pages');
  await page.keyboard.press('Escape');
  await page.getByRole('switch', { name: 'Compression' }).click();
  await page.getByText('Off: every request goes as it came').waitFor();
  await post();
  await page.getByText('switched off').waitFor();
  await shoot(page, 'traffic');
  assert.deepEqual(said, []);
  await close(opened);
});

test('axe finds nothing serious, by day and by night, in both languages, narrow and wide', {
  skip,
}, async () => {
  const looks = [
    { view: 'try', colorScheme: 'light', language: 'en', width: 1440 },
    { view: 'try', colorScheme: 'dark', language: 'zh', width: 390 },
    { view: 'ask', colorScheme: 'dark', language: 'en', width: 1440 },
    { view: 'ask', colorScheme: 'light', language: 'zh', width: 390 },
    { view: 'runs', colorScheme: 'dark', language: 'zh', width: 1440 },
    { view: 'traffic', colorScheme: 'light', language: 'zh', width: 1440 },
    { view: 'traffic', colorScheme: 'dark', language: 'en', width: 390 },
  ] as const;
  const opened = await open('try');
  const { page } = opened;
  await drawn(page);
  await page.evaluate(axe.source);
  for (const { view, colorScheme, language, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const other = page.getByRole('button', { name: language === 'zh' ? '中文' : 'English' });
    if ((await other.count()) > 0) await other.click();
    await page.evaluate(`location.hash = '${view}'`);
    await page.locator(`main[data-view="${view}"]`).waitFor();
    const name = `${view}-${colorScheme}-${language}-${width}`;
    await shoot(page, name);
    const found = (await page.evaluate('axe.run()')) as axe.AxeResults;
    const serious = found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    assert.deepEqual(serious, [], name);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    assert.equal(await page.evaluate(overflow), 0, `${name} is as wide as its window`);
  }
  await close(opened);
});

test('a token is asked for once', { skip }, async () => {
  const [locked, end] = await serve(['--port', '0', '--token', 'open sesame']);
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(locked);
  await page.getByLabel('Token').fill('guess');
  await page.getByRole('button').click();
  await page.getByText('That is not the token').waitFor();
  await page.getByLabel('Token').fill('open sesame');
  await page.getByRole('button').click();
  await page.locator('.page img').first().waitFor();
  await page.context().close();
  await end();
});
