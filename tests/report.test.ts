/** A report in a real browser: it reads without errors, asks the network for nothing and says what it shows. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readReportRun, reportHtml } from '../src/eval/index.ts';
import { createMemoryStore } from '../src/eval/run/run-store.ts';
import { runRuler, smallRun, startRuler } from '../src/eval/run/test/harness.ts';
import { launchChromium, patienceMs, withoutChromium } from './support/chromium.ts';

test('a report opens in Chromium, in light and dark, and its parts have names', {
  skip: withoutChromium,
}, async () => {
  const wide = { ...smallRun, open: { ...smallRun.open, lengths: [1024, 2048] } };
  const server = await startRuler(wide);
  const store = createMemoryStore();
  await runRuler(wide, server, store).finally(() => server.close());
  const folder = mkdtempSync(join(tmpdir(), 'glyph-report-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, reportHtml([await readReportRun('a run', store)]));
  const browser = await launchChromium();
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 800 } });
      page.setDefaultTimeout(patienceMs);
      const said: string[] = [];
      page.on('console', message => said.push(message.text()));
      page.on('pageerror', error => said.push(String(error)));
      page.on('request', request => {
        if (!/^data:/.test(request.url())) said.push(request.url());
      });
      await page.goto(pathToFileURL(file).href);
      assert.deepEqual(said, [pathToFileURL(file).href], 'nothing but the page itself');
      const facts = await page.evaluate(`({
        background: getComputedStyle(document.body).backgroundColor,
        captions: [...document.querySelectorAll('table')].every(each => each.caption !== null),
        scopes: [...document.querySelectorAll('th')].every(each => each.hasAttribute('scope')),
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        scripts: document.scripts.length,
      })`);
      const background = colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 23, 27)';
      assert.deepEqual(facts, { background, captions: true, scopes: true, overflow: 0, scripts: 0 });
      assert.equal(await page.getByRole('img', { name: 'Score against tokens' }).count(), 1);
      assert.equal(await page.getByRole('img', { name: 'Score by length' }).count(), 1);
      await page.locator('summary').first().click();
      const widthPx = await page.evaluate(`(async () => {
        const picture = document.querySelector('details[open] .page img');
        await picture.decode();
        return picture.naturalWidth;
      })()`);
      assert.ok(Number(widthPx) > 300, String(widthPx));
      await page.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
