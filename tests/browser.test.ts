/** The same text gives the same bytes in a real browser as in Node: the library without any Node module. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { build } from 'esbuild';
import { sha256Hex } from '../src/base/index.ts';
import { defaultConfig } from '../src/config/index.ts';
import { loadFont } from '../src/node/index.ts';
import { renderPages } from '../src/render/index.ts';
import { launchChromium, patienceMs, withoutChromium } from './support/chromium.ts';

const text = 'Pages in a browser: naïve café, 中文，你好。 مرحبا हिन्दी 👍🏽\n'.repeat(120);

async function bundle(): Promise<Buffer> {
  const entry = `
    import { renderPages, defaultConfig } from './src/browser.ts';
    window.renderHashes = async text => {
      const hashes = [];
      for await (const page of renderPages(text, defaultConfig)) {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', page.png));
        hashes.push(Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join(''));
      }
      return hashes;
    };`;
  const result = await build({
    stdin: { contents: entry, resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    write: false,
    external: ['module'],
    logLevel: 'error',
  });
  return Buffer.from(result.outputFiles[0]!.contents);
}

test('a page drawn in Chromium has the bytes of one drawn in Node', {
  skip: withoutChromium,
}, async () => {
  const expected: string[] = [];
  for await (const page of renderPages(text, defaultConfig, { loadFont })) expected.push(sha256Hex(page.png));
  const script = await bundle();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const font = /^\/fonts\/([\w-]+\.ttf)$/.exec(path)?.[1];
    if (path === '/') {
      response.setHeader('content-type', 'text/html');
      response.end('<script type="module" src="/dist/bundle.js"></script>');
    } else if (path === '/dist/bundle.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
    } else if (path === '/dist/harfbuzz.wasm') {
      response.setHeader('content-type', 'application/wasm');
      response.end(readFileSync('node_modules/harfbuzzjs/dist/harfbuzz.wasm'));
    } else if (font !== undefined) response.end(readFileSync(`fonts/${font}`));
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    const failures: string[] = [];
    page.on('pageerror', error => failures.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.renderHashes !== undefined');
    const hashes = await page.evaluate(`window.renderHashes(${JSON.stringify(text)})`);
    assert.deepEqual(failures, []);
    assert.deepEqual(hashes, expected);
  } finally {
    await browser.close();
    server.close();
  }
});
