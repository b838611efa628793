import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { modelTable } from './model-table.ts';
import { snapPage } from './snap-page.ts';
import { sizes } from './test/sizes.ts';
import { visionTokens } from './vision-tokens.ts';

describe('the page a model wants', () => {
  const pages = [
    ['glm-4.1v', 595, 842, '588x840', 630],
    ['qwen2.5-vl', 595, 842, '588x840', 630],
    ['qwen3-vl', 595, 842, '608x832', 494],
    ['claude-sonnet-4-5', 595, 842, '616x868', 682],
    ['claude-sonnet-4-5', 588, 840, '588x840', 630],
    ['kimi-vl', 588, 840, '588x840', 630],
    ['gpt-5.2', 595, 842, '608x864', 616],
    ['gpt-4o', 595, 842, '768x1024', 765],
    ['pixtral-12b', 595, 842, '608x848', 2067],
    ['gemma-3', 595, 842, '896x896', 256],
    ['gemini-3', 595, 842, '1344x1872', 1092],
    ['deepseek-ocr', 595, 842, '1280x1920', 903],
    ['internvl3', 595, 842, '896x1344', 1792],
    ['llama-4', 595, 842, '672x1008', 1017],
    ['smolvlm', 595, 842, '1536x2048', 864],
    ['glm-4.1v', 2480, 3508, '1820x2604', 6045],
    ['claude-sonnet-4-5', 2480, 3508, '924x1316', 1551],
  ] as const;
  for (const [model, width, height, page, tokens] of pages) {
    it(`${model}: ${width}x${height} becomes ${page}`, () => {
      const snapped = snapPage(model, width, height);
      assert.equal(`${snapped.widthPx}x${snapped.heightPx}`, page);
      assert.equal(snapped.tokens, tokens);
      assert.equal(snapped.isResampled, false);
    });
  }

  const some = sizes
    .filter((_, i) => i % 97 === 0)
    .map(([width, height]) => [width + 27, height + 27] as const);
  for (const { family } of modelTable()) {
    it(`${family}: costs no more, is not resampled, and snaps to itself`, () => {
      for (const [width, height] of some) {
        const asked = visionTokensOrNone(family, width, height);
        if (asked === undefined) continue;
        const page = snapPage(family, width, height);
        const name = `${width}x${height} became ${page.widthPx}x${page.heightPx}`;
        const priced = visionTokens(family, page.widthPx, page.heightPx);
        assert.ok(page.tokens <= asked.tokens, name);
        assert.equal(page.tokens, priced.tokens, name);
        if (page.isResampled) continue;
        assert.deepEqual(priced.resizedTo, { widthPx: page.widthPx, heightPx: page.heightPx }, name);
        const again = snapPage(family, page.widthPx, page.heightPx);
        assert.ok(again.widthPx * again.heightPx >= page.widthPx * page.heightPx, name);
      }
    });
  }

  it('no page of about the shape is larger, at any whole pixel size', () => {
    for (const model of ['glm-4.1v', 'qwen3-vl', 'claude-sonnet-4-5', 'kimi-vl', 'gpt-5.2', 'pixtral-12b']) {
      const [width, height] = [150, 210];
      const asked = visionTokens(model, width, height).tokens;
      const snapped = snapPage(model, width, height);
      for (let w = 60; w <= 300; w += 1) {
        const middle = Math.round((w * height) / width);
        for (let h = Math.max(1, middle - 16); h <= middle + 16; h += 1) {
          if (w * h <= snapped.widthPx * snapped.heightPx) continue;
          const { tokens, resizedTo } = visionTokens(model, w, h);
          const isTaken = resizedTo.widthPx === w && resizedTo.heightPx === h && tokens <= asked;
          assert.ok(!isTaken, `${model} ${w}x${h}`);
        }
      }
    }
  });

  it('keeps under the side limit of a request with many images', () => {
    assert.equal(snapPage('claude-opus-4-7', 2000, 2400).heightPx > 2000, true);
    const page = snapPage('claude-opus-4-7', 2000, 2400, { imagesInRequest: 21 });
    assert.ok(Math.max(page.widthPx, page.heightPx) <= 2000);
    assert.equal(page.isResampled, false);
  });

  it('says so where a model resamples every page of the price', () => {
    const page = snapPage('gemma-4', 60, 700);
    assert.deepEqual([page.widthPx, page.heightPx, page.isResampled], [60, 700, true]);
  });

  it('answers soon for absurd but allowed sizes', () => {
    for (const { family } of modelTable()) {
      for (const [width, height] of [
        [1, 1],
        [1_000_000, 1_000_000],
        [5000, 30],
        [3, 7900],
      ] as const) {
        if (visionTokensOrNone(family, width, height) === undefined) continue;
        assert.ok(snapPage(family, width, height).tokens > 0);
      }
    }
  });
});

function visionTokensOrNone(model: string, width: number, height: number) {
  try {
    return visionTokens(model, width, height);
  } catch {
    return undefined;
  }
}
