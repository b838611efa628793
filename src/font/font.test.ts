import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { loadFont } from '../node/load-font.ts';
import { FontChain, fontIndexOf, isMissing, openFont, prepareHarfBuzz } from './index.ts';

const bytesOf = (file: string) => readFileSync(new URL(`../../fonts/${file}`, import.meta.url));

before(prepareHarfBuzz);

test('a font gives glyphs, advances, outlines and extents', () => {
  const font = openFont(bytesOf('DejaVuSans.ttf'), { name: 'DejaVu Sans' });
  const glyphId = font.glyphId(0x41);
  assert.equal(glyphId, 36);
  assert.equal(font.advance(glyphId), 1401 / 2048);
  assert.match(font.outline(glyphId).commands, /^M[LQCMZ]+Z$/);
  assert.equal(font.outline(font.glyphId(0x20)).commands, '');
  assert.equal(font.glyphId(0x4e2d), 0);
  assert.ok(font.ascent > 0.7 && font.descent < -0.1);
});

test('shaping joins Arabic letters, reorders Devanagari and gives visual order', () => {
  const arabic = openFont(bytesOf('NotoSansArabic-Regular.ttf'), { name: 'Noto Sans Arabic' });
  const joined = arabic.shape('بب', 'rtl', 'Arab');
  assert.notEqual(joined.glyphIds[0], joined.glyphIds[1], 'initial and final forms differ');
  assert.ok(
    joined.clusters[0]! > joined.clusters[joined.clusters.length - 1]!,
    'first glyph is the last letter',
  );
  const devanagari = openFont(bytesOf('NotoSansDevanagari-Regular.ttf'), { name: 'Noto Sans Devanagari' });
  const ki = devanagari.shape('कि', 'ltr', 'Deva');
  assert.notEqual(ki.glyphIds[0], devanagari.glyphId(0x915), 'the vowel sign stands first');
});

test('a chain falls back by coverage and counts what no font has', async () => {
  const chain = await FontChain.open(
    [{ family: 'DejaVu Sans' }, { family: 'Droid Sans Fallback' }],
    loadFont,
  );
  assert.deepEqual(chain.loadedIndexes, [0]);
  await chain.ensure('A中\u{10fffe}\ud800');
  assert.deepEqual(chain.loadedIndexes, [0, 1], 'the fallback was read when needed');
  assert.equal(fontIndexOf(chain.keyOf(0x41)), 0);
  assert.equal(fontIndexOf(chain.keyOf(0x4e2d)), 1);
  const missing = chain.keyOf(0x10fffe);
  assert.ok(isMissing(missing) && isMissing(chain.keyOf(0xd800)));
  assert.ok(chain.advance(missing) > 2, 'the box is wide enough for six digits');
  assert.ok(chain.outline(missing).commands.length > 20);
});

const bad: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['empty', new Uint8Array(0), /a TTF, OTF or TTC file, got 0 bytes/],
  ['text', new TextEncoder().encode('this is no font at all'), /another format/],
  ['web font', Uint8Array.from([0x77, 0x4f, 0x46, 0x32, ...new Uint8Array(40)]), /WOFF web font .*convert/],
  ['truncated', bytesOf('DejaVuSans.ttf').subarray(0, 5000), /undamaged|outlines|characters/],
  ['zeroed tables', Uint8Array.from({ length: 4000 }, (_, i) => (i === 1 ? 1 : 0)), /undamaged|outlines/],
];

for (const [what, bytes, message] of bad) {
  test(`a ${what} file is refused with what was expected`, () => {
    assert.throws(() => openFont(bytes, { name: 'x.ttf' }), { name: 'GlyphError', kind: 'font', message });
  });
}

test('wrong faces and variations are refused', () => {
  const bytes = bytesOf('VT323-Regular.ttf');
  assert.throws(() => openFont(bytes, { name: 'VT323', index: 3 }), /a face number below 1, got 3/);
  assert.throws(
    () => openFont(bytes, { name: 'VT323', variations: 'wght=700' }),
    /no variations, got "wght"/,
  );
  assert.throws(() => openFont(bytes, { name: 'VT323', variations: 'bold' }), /variations like/);
});

test('an unknown family names the nearest one', async () => {
  await assert.rejects(loadFont({ family: 'DejaVu Snas' }), /did you mean "DejaVu Sans"/);
  await assert.rejects(loadFont({ path: 'no-such-font.ttf' }), {
    kind: 'font',
    message: /no-such-font\.ttf/,
  });
});
