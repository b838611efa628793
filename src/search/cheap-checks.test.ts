/** What is found out before a model is asked: legibility from pixels, compression on full pages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/index.ts';
import { loadFont } from '../node/load-font.ts';
import { compressionOf, firstPageRatio } from './compression.ts';
import { confusionsIn } from './confusions.ts';
import { leastLegiblePixels, legibilityOf } from './legibility.ts';

test('type is told apart less the smaller it is, and less when it is pale', async () => {
  const pixels = async (patch: object) =>
    (await legibilityOf(parseConfig(patch), 'abc', loadFont)).leastPixels;
  const [large, plain, hopeless] = [
    await pixels({ dpi: 120 }),
    await pixels({}),
    await pixels({ fontSize: 6, dpi: 40 }),
  ];
  assert.ok(large > plain && plain > 1 && plain > leastLegiblePixels && leastLegiblePixels > hopeless);
  assert.ok((await pixels({ fontColor: '#808080' })) < 0.6 * plain);
});

test('Chinese pairs count only where a text is Chinese', async () => {
  const config = parseConfig({ fontFamily: 'Droid Sans Fallback', dpi: 40, fontSize: 8 });
  const chinese = await legibilityOf(config, '己已', loadFont);
  assert.match(chinese.pair, /\p{sc=Han}\/\p{sc=Han}/u);
  assert.deepEqual(await legibilityOf(config, '123', loadFont), { leastPixels: Infinity, pair: '' });
});

test('compression is that of full pages, by the tokens of the model', async () => {
  const options = { family: 'glm-4.1v', countTokens: (text: string) => text.length / 4, loadFont };
  const config = parseConfig({ pageSize: [280, 280], framePadding: 0, autoCropWidth: false });
  const text = 'plain words of a book that go on and on. '.repeat(300);
  const { ratio, tokensPerPage, charactersPerPage } = await compressionOf(config, { ...options, text });
  assert.equal(tokensPerPage, 102);
  assert.ok(Math.abs(ratio - charactersPerPage / 4 / 102) < 1e-9);
  const first = await firstPageRatio(config, { ...options, text });
  assert.ok(Math.abs(first - ratio) < 0.1 * ratio);
  const short = await compressionOf(config, { ...options, text: 'A line.' });
  assert.ok(short.ratio < 0.3, 'a text of one page is all there is');
  await assert.rejects(compressionOf(parseConfig({ dpi: 300 }), { ...options, family: 'embedded', text }), {
    kind: 'tokens',
  });
});

test('confusions are what was read for what, without lost lines', () => {
  const target = 'Ill will fill 10 mills; the rest of this line is lost altogether.';
  assert.deepEqual(confusionsIn([{ read: 'lll wi1l fi1l I0 mills; ', target }]), [
    ['l→1', 2],
    ['1→I', 1],
    ['I→l', 1],
  ]);
  assert.deepEqual(confusionsIn([{ read: 'a b\nc', target: 'a  b c' }]), []);
});
