import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCitations } from './cite.ts';
import { compress, joinTexts } from './index.ts';
import { effects, prose } from './test/harness.ts';

test('each text after a line with its name, an empty line between', () => {
  const joined = joinTexts([
    { name: 'a.txt', text: 'one' },
    { name: 'b.txt', text: 'two\n' },
    { name: 'c.txt', text: '' },
  ]);
  assert.equal(joined.text, '=== a.txt ===\none\n\n=== b.txt ===\ntwo\n\n=== c.txt ===\n');
  assert.deepEqual(
    joined.parts?.map(({ name, start, end }) => [name, joined.text.slice(start, end)]),
    [
      ['a.txt', 'one'],
      ['b.txt', 'two\n'],
      ['c.txt', ''],
    ],
  );
  assert.deepEqual(joinTexts([{ name: 'a', text: 'x' }]), { name: 'a', text: 'x' });
});

test('a citation names the file and the offset in it, whatever was redacted before', async () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  const texts = [
    { name: 'a.txt', text: `token ${secret}\n${prose(1, 9000)}` },
    { name: 'b.txt', text: prose(2, 9000) },
  ];
  const { documents } = await compress([joinTexts(texts)], {
    model: 'zai-org/Glyph',
    redact: 'secrets',
    ...effects,
  });
  const lines = documents[0]!.pages[1]!.lines.length;
  const { citations } = findCitations(`[p2:${lines - 3}-${lines - 2}] [p1:5]`, documents);
  assert.deepEqual(
    citations.map(({ document }) => document),
    ['b.txt', 'a.txt'],
  );
  for (const { document, start, end, text } of citations) {
    const given = texts.find(each => each.name === document)!.text;
    assert.equal(given.slice(start, end), text);
  }
});
