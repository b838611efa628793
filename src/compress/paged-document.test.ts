import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compress } from './index.ts';
import { pageText, spansOn, wholeText } from './paged-document.ts';
import { effects, prose } from './test/harness.ts';

test('an exact string that goes on overleaf stays whole where its page is given as text', async () => {
  // Too long for the rest of a page, so it is cut somewhere; tried at many places, since pages end where they do.
  const long = Array.from({ length: 40 }, (_, i) => `${i}aB3dE5fG7hJ9kL1mN`).join('');
  const text = Array.from({ length: 60 }, (_, i) => `${prose(i, 700)} ${long}`).join('\n');
  const { documents } = await compress(text, { model: 'zai-org/Glyph', pages: 'always', ...effects });
  const [document] = documents;
  let cut = 0;
  for (const page of document!.pages) {
    const shown = wholeText(document!, page);
    for (const { start, end } of spansOn(document!, [page]))
      assert.ok(shown.includes(text.slice(start, end)));
    assert.ok(shown.startsWith(pageText(document!, page)));
    if (shown !== pageText(document!, page)) cut++;
  }
  assert.ok(cut > 0, 'no string was cut');
});
