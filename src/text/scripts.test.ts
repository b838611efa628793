/** Script lookup against the run-time's Unicode data where it is of the same version, and runs by example. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { scriptOf } from './scripts.ts';

test('scripts by example', () => {
  const examples =
    'a Latn,я Cyrl,ω Grek,ש Hebr,ب Arab,न Deva,ก Thai,က Mymr,中 Hani,か Hira,カ Kana,한 Hang,ა Geor';
  for (const example of examples.split(',')) {
    const [character = '', script] = example.split(' ');
    assert.equal(scriptOf(character.codePointAt(0)!), script, character);
  }
  assert.equal(scriptOf(0x20), 'Zyyy');
  assert.equal(scriptOf(0x301), 'Zinh');
  assert.equal(scriptOf(0x1f600), 'Zsye');
  assert.equal(scriptOf(0x1f1e9), 'Zsye');
  assert.equal(scriptOf(0x2a9), 'Latn');
  assert.equal(scriptOf(0x20000), 'Hani');
  assert.equal(scriptOf(0x10ffff), 'Zzzz');
  assert.equal(scriptOf(0xd800), 'Zzzz');
});

test('the table agrees with the Unicode data it was made from', context => {
  const source = readFileSync('src/text/generated/script-ranges.ts', 'utf8');
  const version = /from Unicode ([\d.]+)/.exec(source)?.[1];
  const { unicode } = process.versions;
  if (version !== unicode) {
    context.skip(`this Node has Unicode ${unicode}, the table ${version}`);
    return;
  }
  for (const script of ['Latn', 'Cyrl', 'Arab', 'Deva', 'Hani', 'Hang', 'Thai', 'Adlm', 'Zinh']) {
    const pattern = new RegExp(`\\p{Script=${script}}`, 'u');
    for (let codePoint = 0; codePoint < 0x30000; codePoint += codePoint < 0x3000 ? 1 : 7) {
      const character = String.fromCodePoint(codePoint);
      if (!/[\p{Cn}\p{Cs}\p{Co}]/u.test(character) && !/\p{Extended_Pictographic}/u.test(character)) {
        assert.equal(
          scriptOf(codePoint) === script,
          pattern.test(character),
          `U+${codePoint.toString(16)} ${script}`,
        );
      }
    }
  }
});
