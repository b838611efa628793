/** A reader that has learnt what to say is believed only where the document says it too. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import { answerFromPages, type PagedText } from './answer-from-pages.ts';
import { createReader, type Reader } from './reader-model.ts';
import { drawText, lessons, text, trainAnswers } from './test/train-answers.ts';

let reader: Reader;
let document: PagedText;
before(async () => {
  reader = createReader({ checkpoint: await trainAnswers(), runtime });
  document = await drawText();
});
after(() => reader.close());

const ask = ([question]: readonly [string, string]) => answerFromPages(reader, document, question);

test('an answer that stands in the lines read is supported; quotes are lines of the source', async () => {
  const found = await ask(lessons.supported);
  assert.deepEqual([found.answer, found.supported, found.finishReason], ['had it', true, 'stop']);
  const [quote, more] = found.quotes;
  assert.equal(more, undefined);
  assert.deepEqual([quote!.page, quote!.line, quote!.start], [1, 1, 0]);
  assert.equal(quote!.text, text.slice(quote!.start, quote!.end));
  assert.equal(quote!.read, 'the cat sat on the mat, the hat had it.\nat the');
  assert.equal(found.shown[0]!.page, 1);
  assert.ok(found.inputTokens > 3 * 8 && found.outputTokens > 10);
});

test('of a list each item must stand there', async () => {
  const found = await ask(lessons.list);
  assert.deepEqual([found.answer, found.supported], ['the mat, he had', true]);
  assert.ok(found.quotes.length > 1);
});

test('where it does not, the nearest lines are given as read', async () => {
  const elsewhere = await ask(lessons.unsupported);
  assert.equal(elsewhere.supported, false);
  assert.notEqual(elsewhere.answer, 'the dog', 'which stands nowhere');
  assert.notEqual(elsewhere.quotes.length, 0);
  for (const { start, end, text: line } of elsewhere.quotes) assert.equal(line, text.slice(start, end));
});

test('the same question put as a message is answered from the pages alone', async () => {
  const [question, answer] = lessons.supported;
  const [page] = document.pages;
  const image = { type: 'image', bytes: page!.png, mediaType: 'image/png' } as const;
  const asked = [{ role: 'user', parts: [image, { type: 'text', text: question }] }] as const;
  const { text: written, reasoning, usage } = await reader.generate(asked);
  assert.equal(written, answer);
  assert.match(reasoning[0]!.text, /^\[p1:1\] the cat sat on the mat, the hat had it\./);
  assert.ok(usage!.outputTokens > 20 && usage!.inputTokens === reader.countTokens(asked));
});

test('an empty document is refused', async () => {
  await assert.rejects(answerFromPages(reader, { text: ' \n', pages: [] }, 'the?'), { kind: 'input' });
});
