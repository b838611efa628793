import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { textOf } from '../../bench/texts.ts';
import { sha256Hex } from '../base/index.ts';
import { defaultConfig, parseConfig, preset, presetNames } from '../config/index.ts';
import type { TextSource } from '../layout/index.ts';
import { loadFont } from '../node/load-font.ts';
import { spawnWorker } from '../node/spawn-worker.ts';
import { type RenderedPage, type RenderOptions, type RenderWorker, renderPages } from './index.ts';

async function render(source: TextSource, config = defaultConfig, options: Partial<RenderOptions> = {}) {
  const pages: RenderedPage[] = [];
  for await (const page of renderPages(source, config, { loadFont, ...options })) pages.push(page);
  return pages;
}

const hashes = (pages: readonly RenderedPage[]) => pages.map(page => sha256Hex(page.png));

test('bytes are pinned: they change only with a commit that says why', async () => {
  const pages = await render(textOf('prose', 12_000));
  assert.deepEqual([pages[0]!.widthPx, pages[0]!.heightPx], [589, 842]);
  assert.equal(hashes(pages)[0], 'bf52f5e201ad6a1ef3d3d79bdd7e8e296b9b86fdcaa03ef9f4295b4aef2cf95c');
});

test('threads change nothing but the time', async () => {
  const text = textOf('prose', 260_000);
  assert.deepEqual(
    hashes(await render(text, defaultConfig, { jobs: 2, spawnWorker })),
    hashes(await render(text)),
  );
});

test('the plain twins of the kernels draw the same bytes', async () => {
  const text = textOf('mixed', 3000);
  for (const config of [
    defaultConfig,
    parseConfig({ bitDepth: 8 }),
    preset('dark'),
    parseConfig({ bitDepth: 1 }),
  ]) {
    assert.deepEqual(hashes(await render(text, config, { wasm: 'off' })), hashes(await render(text, config)));
  }
});

test('a stream of pieces gives the pages of the whole', async () => {
  const text = textOf('mixed', 5000);
  async function* stream() {
    for (let i = 0; i < text.length; i += 101) yield text.slice(i, i + 101);
  }
  assert.deepEqual(hashes(await render(stream())), hashes(await render(text)));
});

test('every preset draws, and its pages keep inside their size', async () => {
  for (const name of presetNames) {
    const config = preset(name);
    for (const page of await render(textOf('mixed', 600), config)) {
      assert.ok(page.widthPx <= Math.ceil((config.pageSize[0] * config.dpi) / 72));
      const ink = page.inkBox;
      assert.ok(
        ink &&
          ink.rightPx <= page.widthPx &&
          ink.bottomPx <= page.heightPx &&
          ink.leftPx >= 0 &&
          ink.topPx >= 0,
      );
    }
  }
});

test('an empty text has no pages', async () => {
  assert.deepEqual(await render(''), []);
});

test('memory is freed when the caller stops early', async () => {
  const closed: string[] = [];
  const spawn = (): RenderWorker => ({
    post: () => {},
    listen: () => {},
    rest: () => {},
    close: async () => void closed.push('closed'),
  });
  const text = textOf('prose', 200_000);
  for await (const page of renderPages(text, defaultConfig, { loadFont, jobs: 2, spawnWorker: spawn })) {
    assert.equal(page.number, 1);
    break;
  }
  assert.deepEqual(closed, ['closed', 'closed']);
});

test('a worker that dies fails the rendering instead of hanging it', async () => {
  const spawn = (): RenderWorker => {
    let fail: (error: unknown) => void = () => {};
    return {
      post: () => void nextTurn().then(() => fail(new Error('out of memory'))),
      listen: (_, onError) => {
        fail = onError;
      },
      rest: () => {},
      close: async () => {},
    };
  };
  const text = textOf('prose', 400_000);
  await assert.rejects(render(text, defaultConfig, { jobs: 2, spawnWorker: spawn }), /out of memory/);
});

test('a signal stops between pages', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const run = async () => {
    for await (const page of renderPages(textOf('prose', 100_000), defaultConfig, {
      loadFont,
      signal: controller.signal,
    })) {
      seen.push(page.number);
      controller.abort();
    }
  };
  await assert.rejects(run(), { name: 'GlyphError', kind: 'aborted' });
  assert.deepEqual(seen, [1]);
});

test('a missing font is an error before any page', async () => {
  await assert.rejects(render('text', parseConfig({ fontFamily: 'No Such Family' })), { kind: 'font' });
});

test('chosen pages are the same as when all are drawn, at any dpi with the same spans', async () => {
  const text = textOf('prose', 40_000);
  const all = await render(text);
  const some = await render(text, defaultConfig, { only: new Set([2, 5]) });
  assert.deepEqual(
    some,
    all.filter(page => page.number === 2 || page.number === 5),
  );
  const sharp = await render(text, parseConfig({ dpi: 120 }), { only: new Set([5]) });
  assert.deepEqual(sharp[0]?.span, all[4]?.span);
  assert.deepEqual(await render(text, defaultConfig, { only: new Set() }), []);
});
