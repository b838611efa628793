import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vendorFaults } from './vendor-shapes.ts';

const mark = { cache_control: { type: 'ephemeral' } };
const call = { type: 'tool_use', id: 'a', name: 'read', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a', content: 'done' };
const asked = { role: 'user', content: 'Read it.' };
const called = { role: 'assistant', content: [call] };

const anthropic = (...messages: readonly unknown[]) =>
  vendorFaults('/v1/messages', { model: 'm', max_tokens: 1, messages });

test('what the vendors take is no fault', () => {
  assert.deepEqual(anthropic(asked, called, { role: 'user', content: [result] }), []);
  const output = { type: 'function_call_output', call_id: 'a', output: 'done' };
  assert.deepEqual(vendorFaults('/v1/responses', { model: 'm', input: [asked, output] }), []);
});

test('what they refuse is one', () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/bmp', data: 'AAAA' } };
  const wrong: readonly (readonly [faults: readonly string[], expected: RegExp])[] = [
    [anthropic(asked, called, { role: 'user', content: [{ type: 'text', text: 'Here.' }, result] }), /first/],
    [anthropic(asked, { role: 'user', content: [result] }), /without a call/],
    [anthropic({ role: 'user', content: [{ type: 'text', text: ' ' }] }), /content/],
    [anthropic({ role: 'user', content: [image] }), /content/],
    [
      anthropic({ role: 'user', content: Array(5).fill({ type: 'text', text: 'a', ...mark }) }),
      /cache marks/,
    ],
    [vendorFaults('/v1/messages', { model: 'm', messages: [asked] }), /max_tokens/],
    [
      vendorFaults('/v1/chat/completions', {
        model: 'm',
        messages: [{ role: 'tool', tool_call_id: 'a', content: [image] }],
      }),
      /content/,
    ],
    [vendorFaults('/v1beta/models/m:generateContent', { contents: [{ parts: [] }] }), /parts/],
  ];
  for (const [faults, expected] of wrong) assert.match(faults.join('; '), expected);
});
