/** The accents in which servers speak the Chat format, and what it cannot say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { createAssembly } from '../assemble.ts';
import type { Message, Part, Role, ToolCallPart } from '../message.ts';
import { ModelError } from '../model-error.ts';
import { createOpenaiChatWire, openaiChatWire } from './chat.ts';

function read(events: readonly (object | string)[]) {
  const reader = openaiChatWire.startReading();
  const assembly = createAssembly('asked');
  for (const event of events) {
    const data = typeof event === 'string' ? event : JSON.stringify(event);
    for (const piece of reader.readEvent({ data })) assembly.add(piece);
  }
  return assembly.completion();
}

const delta = (fields: object, finish_reason?: string) => ({
  choices: [{ delta: fields, ...(finish_reason === undefined ? {} : { finish_reason }) }],
});
const stopped = delta({}, 'stop');
const fragment = (call: object) => delta({ tool_calls: [call] });
const callsOf = (...fragments: object[]) =>
  read([...fragments, delta({}, 'tool_calls')]).toolCalls.map(({ id, name, arguments: text }) => [
    id,
    name,
    text,
  ]);

test('the least an answer may hold', () => {
  const { text, usage, finishReason, model } = read([delta({ content: 'Hi' }), stopped]);
  assert.deepEqual([text, usage, finishReason, model], ['Hi', undefined, 'stop', 'asked']);
});

test('content null, in parts, and reasoning under both names', () => {
  assert.equal(read([delta({ content: null }), stopped]).text, '');
  const parts = [{ type: 'text', text: 'a' }, { type: 'other' }, { type: 'text', text: 'b' }];
  assert.equal(read([delta({ content: parts }), stopped]).text, 'ab');
  for (const name of ['reasoning', 'reasoning_content']) {
    const { reasoning, text } = read([
      delta({ [name]: 'hm' }),
      delta({ [name]: null, content: 'x' }),
      stopped,
    ]);
    assert.deepEqual([reasoning, text], [[{ type: 'reasoning', text: 'hm' }], 'x']);
  }
  const both = read([delta({ reasoning: 'hm', reasoning_content: 'hm' }), stopped]);
  assert.deepEqual(both.reasoning, [{ type: 'reasoning', text: 'hm' }]);
});

test('tool calls without index, without id, without both, and numbered alike', () => {
  const first = { id: 'a', function: { name: 'f', arguments: '{"x"' } };
  assert.deepEqual(callsOf(fragment(first), fragment({ function: { arguments: ':1}' } })), [
    ['a', 'f', '{"x":1}'],
  ]);
  assert.deepEqual(
    callsOf(
      fragment(first),
      fragment({ id: 'a', function: { arguments: ':1}' } }),
      fragment({ ...first, id: 'b' }),
    ),
    [
      ['a', 'f', '{"x":1}'],
      ['b', 'f', '{"x"'],
    ],
  );
  assert.deepEqual(
    callsOf(
      fragment({ index: 0, function: { name: 'f', arguments: '{' } }),
      fragment({ index: 0, function: { arguments: '}' } }),
      fragment({ index: 1, function: { name: 'g', arguments: '{}' } }),
    ),
    [
      ['call-0', 'f', '{}'],
      ['call-1', 'g', '{}'],
    ],
  );
  assert.deepEqual(
    callsOf(
      delta({
        tool_calls: [
          { function: { name: 'f', arguments: '{}' } },
          { function: { name: 'g', arguments: '{}' } },
        ],
      }),
    ),
    [
      ['call-0', 'f', '{}'],
      ['call-1', 'g', '{}'],
    ],
  );
  assert.deepEqual(
    callsOf(
      fragment({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }),
      fragment({ index: 0, id: 'b', function: { name: 'f', arguments: '{}' } }),
    ),
    [
      ['a', 'f', '{}'],
      ['b', 'f', '{}'],
    ],
  );
});

test('arguments as an object, and a finish reason that says stop', () => {
  const call = { id: 'a', function: { name: 'f', arguments: { x: 1 } } };
  const { toolCalls, finishReason } = read([fragment(call), stopped]);
  const expected: ToolCallPart = { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}' };
  assert.deepEqual([toolCalls, finishReason], [[expected], 'tool-calls']);
});

test('only [DONE], without a finish reason', () => {
  const { toolCalls, finishReason } = read([
    fragment({ id: 'a', function: { name: 'f', arguments: '{}' } }),
    '[DONE]',
  ]);
  assert.deepEqual([toolCalls.length, finishReason], [1, 'unknown']);
});

test('a refusal', () => {
  const { text, finishReason } = read([delta({ refusal: 'I will ' }), delta({ refusal: 'not.' }), stopped]);
  assert.deepEqual([text, finishReason], ['I will not.', 'refusal']);
  assert.equal(read([delta({ content: 'x' }, 'content_filter')]).finishReason, 'refusal');
});

test('other choices than the first are left alone; the last usage counts', () => {
  const { text, usage } = read([
    { choices: [{ index: 1, delta: { content: 'no' } }], usage: { prompt_tokens: 3, completion_tokens: 0 } },
    { choices: [{ index: 0, delta: { content: 'yes' } }], usage: { prompt_tokens: 3, completion_tokens: 1 } },
    stopped,
  ]);
  assert.deepEqual([text, usage?.inputTokens, usage?.outputTokens], ['yes', 3, 1]);
});

test('errors inside of a stream by their code', () => {
  const cases = [
    [{ message: 'x', code: 429 }, 'rate-limit'],
    [{ message: 'x', code: '502' }, 'server'],
    [{ message: 'x', type: 'insufficient_quota' }, 'rate-limit'],
    [{ message: 'Input is longer than the context length', code: 400 }, 'too-large'],
    [{ message: 'x', code: 'invalid_api_key' }, 'credentials'],
    [{ message: 'x', type: 'invalid_request_error' }, 'request'],
    [{}, 'server'],
    ['busy', 'server'],
  ] as const;
  for (const [error, failure] of cases) {
    assert.throws(
      () => read([delta({ content: 'a' }), { error }]),
      (thrown: unknown) => thrown instanceof ModelError && thrown.failure === failure,
      JSON.stringify(error),
    );
  }
});

test('the limit of tokens and the detail of images as a server wants them', () => {
  const wire = createOpenaiChatWire({ maxTokensField: 'max_completion_tokens', imageDetail: 'high' });
  const image: Part = { type: 'image', bytes: new Uint8Array([1]), mediaType: 'image/jpeg' };
  const { body } = wire.request('m', [{ role: 'user', parts: [image] }], { maxTokens: 5, topK: 3 }, 'whole');
  assert.deepEqual(body, {
    model: 'm',
    messages: [
      {
        role: 'user',
        content: [{ type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AQ==', detail: 'high' } }],
      },
    ],
    stream: false,
    max_completion_tokens: 5,
    top_k: 3,
  });
});

test('images of several results follow after all of them', () => {
  const result = (id: string): Part => ({
    type: 'tool-result',
    id,
    name: 'look',
    parts: [{ type: 'image', bytes: new Uint8Array([1]), mediaType: 'image/png' }],
  });
  const messages: Message[] = [
    { role: 'tool', parts: [result('a')] },
    { role: 'tool', parts: [result('b')] },
    { role: 'user', parts: [{ type: 'text', text: 'go on' }] },
  ];
  const { body } = openaiChatWire.request('m', messages, {}, 'whole');
  const sent = body['messages'] as { role: string; content: unknown }[];
  assert.deepEqual(
    sent.map(({ role }) => role),
    ['tool', 'tool', 'user', 'user'],
  );
  assert.equal((sent[2]!.content as unknown[]).length, 4);
});

test('a part where its role cannot have one is refused', () => {
  const image: Part = { type: 'image', bytes: new Uint8Array([1]), mediaType: 'image/png' };
  const call: Part = { type: 'tool-call', id: 'a', name: 'f', arguments: '{}' };
  const cases: (readonly [Role, Part])[] = [
    ['system', image],
    ['assistant', image],
    ['user', call],
    ['tool', { type: 'text', text: 'x' }],
  ];
  for (const [role, part] of cases) {
    assert.throws(
      () => openaiChatWire.request('m', [{ role, parts: [part] }], {}, 'stream'),
      (thrown: unknown) => thrown instanceof GlyphError && thrown.kind === 'input',
      role,
    );
  }
});
