/** Wrong options and messages are refused before anything is sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { checkMessages, checkOptions } from './check-options.ts';
import { type Message, type Part, textMessage } from './message.ts';
import type { Abilities } from './model.ts';

const abilities: Abilities = { task: 'answer', tools: 'yes', partOrder: 'as-given' };
const tool = { name: 'f', about: 'does', parameters: { type: 'object' } };

test('what is right comes back', () => {
  const { signal } = new AbortController();
  const options = {
    maxTokens: 1,
    temperature: 0,
    topP: 1,
    topK: 1,
    stop: ['x'],
    seed: -3,
    tools: [tool],
    signal,
  };
  assert.deepEqual(checkOptions(options, abilities), options);
  assert.deepEqual(checkOptions({ maxTokens: undefined }, abilities), { maxTokens: undefined });
});

test('what is wrong says what and what would be right', () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [{ maxToken: 5 }, /a known option, got "maxToken" \(did you mean "maxTokens"\?\)/],
    [{ zzz: 5 }, /one of maxTokens, temperature/],
    [{ maxTokens: 0 }, /option "maxTokens".*>=1.*got 0/],
    [{ maxTokens: 1.5 }, /option "maxTokens"/],
    [{ temperature: 'hot' }, /option "temperature".*number.*got "hot"/],
    [{ temperature: 3 }, /option "temperature".*<=2.*got 3/],
    [{ topP: Number.NaN }, /option "topP"/],
    [{ stop: 'x' }, /option "stop".*Array/],
    [{ stop: [''] }, /option "stop.0"/],
    [{ toolChoice: 'maybe' }, /option "toolChoice".*"auto"/],
    [{ tools: [{ ...tool, description: 'x' }] }, /"tools.0.description"/],
    [{ signal: {} }, /option "signal".*AbortSignal/],
    [5, /options of a generation.*Object.*got 5/],
  ];
  for (const [options, message] of cases) {
    assert.throws(
      () => checkOptions(options, abilities),
      (error: unknown) =>
        error instanceof GlyphError && error.kind === 'config' && message.test(error.message),
      `${JSON.stringify(options)} ${message}`,
    );
  }
});

test('tools for a model that calls none', () => {
  const none: Abilities = { ...abilities, tools: 'no' };
  assert.throws(() => checkOptions({ tools: [tool] }, none), /this model calls no tools/);
  assert.deepEqual(checkOptions({ tools: [] }, none), { tools: [] });
});

test('no message, and more images than the model takes', () => {
  const image: Part = { type: 'image', bytes: new Uint8Array(1), mediaType: 'image/png' };
  const twice: Message[] = [
    { role: 'user', parts: [image] },
    { role: 'tool', parts: [{ type: 'tool-result', id: 'a', name: 'f', parts: [image] }] },
  ];
  const one: Abilities = { ...abilities, imagesPerRequest: 1 };
  assert.throws(() => checkMessages([], abilities), /at least one message/);
  assert.throws(() => checkMessages(twice, one), /at most one image a request, got 2/);
  checkMessages(twice, { ...one, imagesPerRequest: 2 });
  checkMessages([textMessage('user', 'x')], one);
});
