import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ImagePart, textMessage } from '../model/index.ts';
import { askedOf } from './asked.ts';

const page: ImagePart = { type: 'image', bytes: new Uint8Array(1), mediaType: 'image/png' };
const text = (words: string) => ({ type: 'text', text: words }) as const;

test('pages: the question is what stands after them, or else around them', () => {
  const asked = askedOf([{ role: 'user', parts: [text('Read this.\n'), page, page, text('\nWho?')] }], 40);
  assert.deepEqual(asked, { from: 'pages', question: 'Who?', pages: [page, page] });
  const before = askedOf([{ role: 'user', parts: [text('Who?'), page] }], 40);
  assert.deepEqual(before, { from: 'pages', question: 'Who?', pages: [page] });
  assert.equal(askedOf([{ role: 'user', parts: [page] }], 40), undefined);
});

test('text: its last line is the question, the others are rows', () => {
  const asked = askedOf([textMessage('user', 'one two three\nfour\n\nWho?')], 8);
  assert.deepEqual(asked, { from: 'text', question: 'Who?', rows: ['one two ', 'three\n', 'four\n', '\n'] });
  assert.equal(askedOf([textMessage('user', 'Who?')], 8), undefined);
});

test('a conversation that goes on is no first question; a system turn before it is nothing to find in', () => {
  const question = textMessage('user', 'one\nWho?');
  assert.equal(askedOf([question, textMessage('assistant', 'I'), question], 8), undefined);
  assert.equal(askedOf([textMessage('system', 'Be kind.'), question], 8)?.question, 'Who?');
  assert.equal(askedOf([], 8), undefined);
});

test('rows of a text are the text, none too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 80 }), words => {
      const asked = askedOf([textMessage('user', `x${words}x\nWho?`)], 9);
      assert.equal(asked?.from, 'text');
      const { rows } = asked as Extract<typeof asked, { from: 'text' }>;
      assert.equal(rows.join(''), `x${words}x\n`);
      assert.ok(rows.every(row => row.length <= 9));
    }),
  );
});
