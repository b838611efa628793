/** What the recorded exchanges leave out of building a request to generateContent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Content } from '@google/genai';
import { GlyphError } from '../../base/index.ts';
import { type Message, type Part, type Role, textMessage } from '../message.ts';
import { generateContentBody } from './request.ts';
import { geminiWire } from './wire.ts';

/** Typed, so that what is built is what the official client takes. */
const contents = (...messages: readonly Message[]): Content[] => generateContentBody(messages, {}).contents;

const call = (json: string): Message => ({
  role: 'assistant',
  parts: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: json }],
});

const result = (id: string): Message => ({
  role: 'tool',
  parts: [{ type: 'tool-result', id, name: 'look', parts: [] }],
});

test('the path names the model and the mode', () => {
  const pathOf = (model: string, mode: 'stream' | 'whole') => geminiWire.request(model, [], {}, mode).path;
  assert.equal(pathOf('gemini-3-pro', 'whole'), '/v1beta/models/gemini-3-pro:generateContent');
  assert.equal(pathOf('tunedModels/a', 'stream'), '/v1beta/tunedModels/a:streamGenerateContent?alt=sse');
  assert.equal(pathOf('a?b=c#d', 'whole'), '/v1beta/models/a%3Fb%3Dc%23d:generateContent');
});

test('what was not asked for is not sent', () => {
  assert.deepEqual(generateContentBody([textMessage('user', 'a')], {}), {
    contents: [{ role: 'user', parts: [{ text: 'a' }] }],
    generationConfig: {},
  });
});

test('system texts stand apart wherever they were, empty texts and messages are left out', () => {
  const messages = [
    textMessage('system', 'One.'),
    textMessage('user', 'a'),
    textMessage('system', 'Two.'),
    textMessage('user', ''),
    { role: 'assistant', parts: [] } as const,
    textMessage('assistant', 'b'),
  ];
  assert.deepEqual(generateContentBody(messages, {}), {
    contents: [
      { role: 'user', parts: [{ text: 'a' }] },
      { role: 'model', parts: [{ text: 'b' }] },
    ],
    systemInstruction: { parts: [{ text: 'One.' }, { text: 'Two.' }] },
    generationConfig: {},
  });
});

test('results of one turn are one content, what the user says then is another', () => {
  const roles = contents(call('{}'), result('c1'), result('c2'), textMessage('user', 'a'), result('c3'));
  assert.deepEqual(
    roles.map(({ role, parts }) => [role, parts?.length]),
    [
      ['model', 1],
      ['user', 2],
      ['user', 1],
      ['user', 1],
    ],
  );
});

test('arguments are sent as an object, whatever the model wrote', () => {
  const argsOf = (json: string) => contents(call(json))[0]?.parts?.[0]?.functionCall?.args;
  assert.deepEqual(argsOf('{"a":[1]}'), { a: [1] });
  assert.deepEqual(argsOf(''), {});
  for (const json of ['{"a":', '[1]', 'null', '7']) assert.deepEqual(argsOf(json), { INVALID_JSON: json });
});

test('reasoning of another vendor, or without a signature, is left out', () => {
  const reasoning = (opaque: unknown): Part => ({ type: 'reasoning', text: 'Hm.', opaque });
  const parts = [reasoning(undefined), reasoning({ type: 'thinking', signature: 'x' })];
  assert.deepEqual(contents({ role: 'assistant', parts }), []);
});

test('a part that its role cannot have is an error', () => {
  const image: Part = { type: 'image', bytes: new Uint8Array(1), mediaType: 'image/png' };
  const misplaced: readonly (readonly [Role, Part])[] = [
    ['system', image],
    ['assistant', image],
    ['user', { type: 'reasoning', text: 'Hm.' }],
    ['user', { type: 'tool-result', id: 'c1', name: 'look', parts: [] }],
    ['user', { type: 'tool-call', id: 'c1', name: 'look', arguments: '{}' }],
    ['tool', { type: 'text', text: 'a' }],
  ];
  for (const [role, part] of misplaced) {
    assert.throws(
      () => generateContentBody([{ role, parts: [part] }], {}),
      (error: unknown) =>
        error instanceof GlyphError && error.kind === 'input' && error.actual.includes(part.type),
    );
  }
});
