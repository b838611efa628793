import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageSizePx, preset } from '../config/index.ts';
import { builtInFamilies, visionTokens } from '../tokens/index.ts';
import { pageConfigFor } from './geometry.ts';

test('every family of the table has a page that it sees as drawn, but for two', () => {
  const resampled: string[] = [];
  for (const { id } of builtInFamilies.families) {
    const [widthPx, heightPx] = pageSizePx(pageConfigFor(id));
    const { resizedTo } = visionTokens(id, widthPx, heightPx);
    if (resizedTo.widthPx !== widthPx || resizedTo.heightPx !== heightPx) resampled.push(id);
  }
  // Glyph was trained on a page off the grid; DeepSeek-OCR's page is that of its base mode.
  assert.deepEqual(resampled, ['glyph', 'deepseek-ocr']);
});

test('a served Glyph gets the page it was trained on, a caller’s own config stays', () => {
  assert.deepEqual(pageConfigFor('zai-org/Glyph'), preset('glyph-en'));
  assert.equal(pageConfigFor('claude-sonnet-4-5', preset('glyph-zh')).fontFamily, 'Droid Sans Fallback');
  assert.throws(() => pageConfigFor('no-such-model'), /find the model family/);
});
