/** What the recorded exchanges leave out of building a request to the Messages API. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';
import { GlyphError } from '../../base/index.ts';
import { type Message, type Part, type Role, textMessage } from '../message.ts';
import type { GenerateOptions } from '../model.ts';
import { messagesBody } from './request.ts';

/** Typed, so that what is built is what the official client takes. */
const body = (messages: readonly Message[], options: GenerateOptions = {}): MessageCreateParams =>
  messagesBody('claude', messages, options, 'whole');

const call = (json: string): Message => ({
  role: 'assistant',
  parts: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: json }],
});

test('options are sent as they are; what was not asked for is not sent', () => {
  const question = [textMessage('user', 'Hello')];
  const options = {
    maxTokens: 9,
    temperature: 0,
    topP: 0.5,
    topK: 3,
    stop: ['END'],
    toolChoice: 'none',
  } as const;
  assert.deepEqual(messagesBody('claude', question, options, 'stream'), {
    model: 'claude',
    max_tokens: 9,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    stream: true,
    temperature: 0,
    top_p: 0.5,
    top_k: 3,
    stop_sequences: ['END'],
    tool_choice: { type: 'none' },
  });
  assert.deepEqual(Object.keys(body(question)), ['model', 'max_tokens', 'messages', 'stream']);
  assert.throws(() => body(question, { seed: 1 }), /no seed/);
});

test('turns alternate, system texts stand apart wherever they were, empty texts and messages are left out', () => {
  const { system, messages } = body([
    textMessage('system', 'One.'),
    textMessage('user', 'a'),
    textMessage('user', ''),
    textMessage('system', 'Two.'),
    textMessage('user', 'b'),
    { role: 'assistant', parts: [] },
    textMessage('user', 'c'),
    textMessage('assistant', 'd'),
    textMessage('assistant', 'e'),
  ]);
  const texts = (...list: readonly string[]) => list.map(text => ({ type: 'text', text }));
  assert.deepEqual(system, texts('One.', 'Two.'));
  assert.deepEqual(messages, [
    { role: 'user', content: texts('a', 'b', 'c') },
    { role: 'assistant', content: texts('d', 'e') },
  ]);
});

test('a failed call is marked, and its result may be empty', () => {
  const result: Message = {
    role: 'tool',
    parts: [{ type: 'tool-result', id: 'c1', name: 'look', parts: [], outcome: 'error' }],
  };
  assert.deepEqual(body([call('{}'), result]).messages.at(-1), {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: 'c1', is_error: true }],
  });
});

test('arguments are sent as an object, whatever the model wrote', () => {
  const inputOf = (json: string) => {
    const [block] = body([call(json)]).messages[0]?.content ?? [];
    return typeof block === 'object' && block.type === 'tool_use' ? block.input : undefined;
  };
  assert.deepEqual(inputOf('{"a":[1]}'), { a: [1] });
  assert.deepEqual(inputOf(''), {});
  for (const json of ['{"a":', '[1]', 'null', '7']) assert.deepEqual(inputOf(json), { INVALID_JSON: json });
});

test('reasoning of another vendor, or without a signature, is left out', () => {
  const reasoning = (opaque: unknown): Part => ({ type: 'reasoning', text: 'Hm.', opaque });
  const parts = [reasoning(undefined), reasoning({ thoughtSignature: 'x' }), reasoning({ type: 'thinking' })];
  assert.deepEqual(body([textMessage('user', 'a'), { role: 'assistant', parts }]).messages.length, 1);
});

test('a part that its role cannot have is an error', () => {
  const image: Part = { type: 'image', bytes: new Uint8Array(1), mediaType: 'image/png' };
  const result: Part = { type: 'tool-result', id: 'c1', name: 'look', parts: [] };
  const misplaced: readonly (readonly [Role, Part])[] = [
    ['system', image],
    ['assistant', image],
    ['user', { type: 'reasoning', text: 'Hm.' }],
    ['user', result],
    ['user', { type: 'tool-call', id: 'c1', name: 'look', arguments: '{}' }],
    ['tool', { type: 'text', text: 'a' }],
  ];
  for (const [role, part] of misplaced) {
    assert.throws(
      () => body([{ role, parts: [part] }]),
      (error: unknown) =>
        error instanceof GlyphError && error.kind === 'input' && error.actual.includes(part.type),
    );
  }
});
