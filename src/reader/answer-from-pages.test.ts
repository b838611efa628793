/** A reader that has learnt what to say is believed only where the document says it too. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import { answerFromPages } from './answer-from-pages.ts';
import type { PagedText } from './choose-rows.ts';
import { createReader, type Reader } from './reader-model.ts';
import { drawText, lessons, text, trainAnswers } from './test/train-answers.ts';

let reader: Reader;
let document: PagedText;
before(async () => {
  const checkpoint = await trainAnswers();
  reader = createReader({ checkpoint, runtime });
  document = await drawText();
});
after(() => reader.close());

const rank = () => [{ index: 0 }];
const ask = ([question]: readonly [string, string]) => answerFromPages(reader, document, question, { rank });

test('an answer that stands in its quotes is supported; quotes are lines of the source', async () => {
  const found = await ask(lessons.supported);
  assert.deepEqual([found.answer, found.supported, found.finishReason], ['had IT', true, 'stop']);
  const [quote, more] = found.quotes;
  assert.equal(more, undefined);
  assert.deepEqual([quote!.page, quote!.line, quote!.start], [1, 1, 0]);
  assert.equal(quote!.text, text.slice(quote!.start, quote!.end));
  assert.equal(quote!.read, 'the cat sat on the mat, the hat had it.\nat');
  assert.deepEqual(found.shown, [{ page: 1, firstLine: 1, lastLine: 3 }]);
  assert.ok(found.inputTokens > 3 * 8 && found.outputTokens > 10);
});

test('an answer that does not, or that rests on rows not shown, is not: the nearest lines are read out', async () => {
  const elsewhere = await ask(lessons.unsupported);
  assert.deepEqual([elsewhere.answer, elsewhere.supported], ['the hat', false]);
  assert.notEqual(elsewhere.quotes.length, 0);
  for (const { start, end, text: line, read } of elsewhere.quotes) {
    assert.equal(line, text.slice(start, end));
    assert.equal(typeof read, 'string');
  }
  const broken = await ask(lessons.broken);
  assert.deepEqual([broken.supported, broken.brokenMarks], [false, ['[p1:9]']]);
});

test('an empty document is refused', async () => {
  await assert.rejects(answerFromPages(reader, { text: ' \n', pages: [] }, 'the?', { rank }), {
    kind: 'input',
  });
});
