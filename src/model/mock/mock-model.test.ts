/** The mock as a model: pieces, completions, errors, what it remembers, and that it can be cancelled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { messageText, textMessage } from '../message.ts';
import type { Delta, Generation } from '../model.ts';
import { ModelError } from '../model-error.ts';
import { createMockModel } from './mock-model.ts';

const question = [textMessage('user', 'What?')];
const isKind = (kind: string) => (error: unknown) => error instanceof GlyphError && error.kind === kind;

async function deltasOf(generation: Generation): Promise<Delta[]> {
  const deltas: Delta[] = [];
  for await (const delta of generation) deltas.push(delta);
  return deltas;
}

test('one text answers every call, in pieces that cut no character', async () => {
  const text = 'A naïve 日本 🙂 answer\nof two lines.';
  const model = createMockModel(text);
  for (let count = 0; count < 2; count++) {
    const generation = model.generate(question);
    const deltas = await deltasOf(generation);
    assert.ok(deltas.length > 2);
    assert.ok(deltas.every(delta => delta.type === 'text' && !/\p{Surrogate}/u.test(delta.text)));
    assert.deepEqual(await generation, {
      text,
      reasoning: [],
      toolCalls: [],
      usage: undefined,
      finishReason: 'stop',
      timing: { firstTokenMs: 0, totalMs: 0, attempts: 1 },
      model: 'mock',
    });
  }
});

test('any text comes back whole', async () => {
  for (const text of ['', ' ', '\r\n\u2028\0', '\ud800 half a character', 'e\u0301'.repeat(100)]) {
    assert.equal((await createMockModel(text).generate(question)).text, text);
  }
});

test('a list answers call by call, and says when it has run out', async () => {
  const model = createMockModel(['one', { text: 'two' }]);
  assert.equal((await model.generate(question)).text, 'one');
  assert.equal((await model.generate(question)).text, 'two');
  await assert.rejects(Promise.resolve(model.generate(question)), /at most 2 calls.* call 3/);
});

test('a function answers what it was asked', async () => {
  const model = createMockModel(
    async (messages, { maxTokens }) => `${messageText(messages[0]!)} ${maxTokens}`,
  );
  assert.equal((await model.generate(question, { maxTokens: 5 })).text, 'What? 5');
});

test('everything a completion holds may be told', async () => {
  const call = { type: 'tool-call', id: 'c1', name: 'look', arguments: '{}' } as const;
  const usage = { inputTokens: 1, cachedInputTokens: 2, cacheWriteTokens: 3, outputTokens: 4 };
  const model = createMockModel({ reasoning: 'I had better look.', toolCalls: [call], usage });
  const generation = model.generate(question);
  const deltas = await deltasOf(generation);
  assert.deepEqual([...new Set(deltas.map(delta => delta.type))], ['reasoning', 'tool-call']);
  const completion = await generation;
  assert.deepEqual(completion.reasoning, [{ type: 'reasoning', text: 'I had better look.' }]);
  assert.deepEqual(completion.toolCalls, [call]);
  assert.deepEqual(completion.usage, usage);
  assert.equal(completion.finishReason, 'tool-calls');
  const cut = await createMockModel({ text: 'A', finishReason: 'length' }).generate(question);
  assert.equal(cut.finishReason, 'length');
});

test('an error comes after what was written before it', async () => {
  const error = new ModelError({
    failure: 'server',
    operation: 'ask',
    expected: 'an answer',
    actual: 'none',
  });
  const generation = createMockModel({ text: 'A', error }).generate(question);
  const deltas: Delta[] = [];
  await assert.rejects(
    async () => {
      for await (const delta of generation) deltas.push(delta);
    },
    (thrown: unknown) => thrown === error,
  );
  assert.deepEqual(deltas, [{ type: 'text', text: 'A' }]);
});

test('calls are remembered when they are sent, once each', async () => {
  const model = createMockModel('A');
  const generation = model.generate(question, { temperature: 0 });
  assert.deepEqual(model.calls, []);
  await Promise.all([generation, deltasOf(generation)]);
  await generation;
  assert.deepEqual(model.calls, [{ messages: question, options: { temperature: 0 } }]);
});

test('wrong requests are refused as by every model', async () => {
  const model = createMockModel('A', { abilities: { tools: 'no', imagesPerRequest: 0 } });
  const tool = { name: 'look', about: '', parameters: {} };
  const image = { type: 'image', bytes: new Uint8Array(1), mediaType: 'image/png' } as const;
  await assert.rejects(Promise.resolve(model.generate(question, { tools: [tool] })), isKind('config'));
  await assert.rejects(Promise.resolve(model.generate([])), isKind('input'));
  await assert.rejects(Promise.resolve(model.generate([{ role: 'user', parts: [image] }])), isKind('input'));
  assert.deepEqual(model.calls, []);
});

test('it can be cancelled before, while it thinks and while it writes', async () => {
  const signal = AbortSignal.abort();
  const model = createMockModel('A long answer of many pieces.');
  await assert.rejects(Promise.resolve(model.generate(question, { signal })), isKind('aborted'));
  assert.equal(model.calls.length, 0);

  const thinking = new AbortController();
  const silent = createMockModel(() => {
    queueMicrotask(() => thinking.abort());
    return new Promise<string>(() => {});
  });
  const unanswered = silent.generate(question, { signal: thinking.signal });
  await assert.rejects(Promise.resolve(unanswered), isKind('aborted'));

  const writing = new AbortController();
  const generation = model.generate(question, { signal: writing.signal });
  await assert.rejects(async () => {
    for await (const _ of generation) writing.abort();
  }, isKind('aborted'));
});

test('leaving the iteration cancels it', async () => {
  const generation = createMockModel('A long answer of many pieces.').generate(question);
  for await (const _ of generation) break;
  await assert.rejects(Promise.resolve(generation), isKind('aborted'));
});

test('it goes by the names and abilities it was given', () => {
  const { id, family, abilities } = createMockModel('A', {
    id: 'mock:reader',
    family: 'zai-org/Glyph',
    abilities: { partOrder: 'images-first' },
  });
  assert.deepEqual(
    { id, family, abilities },
    {
      id: 'mock:reader',
      family: 'zai-org/Glyph',
      abilities: { task: 'answer', tools: 'yes', partOrder: 'images-first' },
    },
  );
});
