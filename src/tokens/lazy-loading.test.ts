import assert from 'node:assert/strict';
import { it } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { countTokensSync, loadTextTokenizer } from './index.ts';

it('importing the folder loads no vocabulary; the first load does, once', async () => {
  assert.throws(
    () => countTokensSync('Hello world'),
    (error: unknown) =>
      error instanceof GlyphError && /loadTextTokenizer\("o200k_base"\)/.test(error.message),
  );
  const [first, second] = await Promise.all([loadTextTokenizer(), loadTextTokenizer('o200k_base')]);
  assert.equal(first, second);
  assert.equal(countTokensSync('Hello world'), 2);
  assert.throws(() => countTokensSync('Hello world', 'cl100k_base'), /cl100k_base/);
});
