import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDocument } from './demo-document.ts';

test('a seed gives one document, another one another', () => {
  assert.deepEqual(demoDocument('a'), demoDocument('a'));
  assert.notEqual(demoDocument('a').text, demoDocument('b').text);
});

test('each fact stands in the document once, is asked for by its own name, and no other number is there', () => {
  for (const seed of ['1', '2', '3', '4']) {
    const { text, facts } = demoDocument(seed);
    const words = text.split(/\s+/).length;
    assert.equal(words > 4900 && words < 5400, true);
    assert.equal(new Set(facts.map(({ question }) => question)).size, 3);
    for (const { sentence, answer } of facts) {
      assert.equal(text.split(sentence).length, 2);
      assert.equal(sentence.includes(answer), true);
    }
    assert.deepEqual(text.match(/\d+/g)?.sort(), facts.map(({ answer }) => answer).sort());
  }
});
