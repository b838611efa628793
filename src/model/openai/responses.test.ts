/** What the Responses API cannot say, and what it must not be asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { createAssembly } from '../assemble.ts';
import { textMessage } from '../message.ts';
import { createOpenaiResponsesWire, openaiResponsesWire } from './responses.ts';

const bodyFor = (model: string) =>
  openaiResponsesWire.request(model, [textMessage('user', 'x')], {}, 'whole').body;

test('encrypted reasoning is asked of models that reason', () => {
  for (const model of ['o3', 'o4-mini', 'gpt-5', 'gpt-5.1-codex']) {
    assert.deepEqual(bodyFor(model)['include'], ['reasoning.encrypted_content'], model);
  }
  for (const model of ['gpt-4.1', 'gpt-4o', 'gpt-5-chat-latest', 'zai-org/Glyph']) {
    assert.equal(bodyFor(model)['include'], undefined, model);
  }
});

test('options the format lacks are refused', () => {
  for (const options of [{ stop: ['x'] }, { seed: 1 }, { topK: 4 }]) {
    assert.throws(
      () => openaiResponsesWire.request('gpt-4.1', [textMessage('user', 'x')], options, 'whole'),
      (error: unknown) => error instanceof GlyphError && error.kind === 'config',
    );
  }
});

test('another vendor’s reasoning is left out; a result of texts alone is text', () => {
  const { body } = openaiResponsesWire.request(
    'gpt-5',
    [
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'hm', opaque: { signature: 'x' } }] },
      {
        role: 'tool',
        parts: [{ type: 'tool-result', id: 'a', name: 'f', parts: [{ type: 'text', text: 'done' }] }],
      },
    ],
    {},
    'whole',
  );
  assert.deepEqual(body['input'], [{ type: 'function_call_output', call_id: 'a', output: 'done' }]);
});

test('the detail of images', () => {
  const wire = createOpenaiResponsesWire({ imageDetail: 'low' });
  const image = { type: 'image', bytes: new Uint8Array([1]), mediaType: 'image/png' } as const;
  const { body } = wire.request('m', [{ role: 'user', parts: [image] }], {}, 'whole');
  assert.match(JSON.stringify(body), /"detail":"low"/);
});

test('a refusal, and a filter', () => {
  const reader = openaiResponsesWire.startReading();
  const streamed = createAssembly('m');
  for (const event of [
    { type: 'response.refusal.delta', delta: 'No.' },
    { type: 'response.completed', response: { status: 'completed' } },
  ]) {
    for (const piece of reader.readEvent({ data: JSON.stringify(event) })) streamed.add(piece);
  }
  const whole = createAssembly('m');
  const content = [{ type: 'refusal', refusal: 'No.' }];
  const output = [{ type: 'message', content }];
  for (const piece of openaiResponsesWire.readWhole({ status: 'completed', output })) whole.add(piece);
  for (const { text, finishReason } of [streamed.completion(), whole.completion()]) {
    assert.deepEqual([text, finishReason], ['No.', 'refusal']);
  }
  const filtered = createAssembly('m');
  const incomplete = { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] };
  for (const piece of openaiResponsesWire.readWhole(incomplete)) filtered.add(piece);
  assert.equal(filtered.completion().finishReason, 'refusal');
});
