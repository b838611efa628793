/** What the recorded exchanges leave out of reading answers of the Messages API. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAssembly } from '../assemble.ts';
import { ModelError } from '../model-error.ts';
import type { ServerEvent, WirePiece } from '../wire.ts';
import { readWhole, startReading } from './answer.ts';
import { block, delta, ended, message, started } from './test/events.ts';
import { anthropicExchanges } from './test/exchanges.ts';

const asEvent = (value: object): ServerEvent => ({ data: JSON.stringify(value) });

function read(events: readonly object[]): readonly WirePiece[] {
  const reader = startReading();
  return events.flatMap(event => reader.readEvent(asEvent(event)));
}

function completionOf(pieces: readonly WirePiece[]) {
  const assembly = createAssembly('asked');
  for (const piece of pieces) assembly.add(piece);
  return assembly.completion();
}

test('every reason to stop', () => {
  const reasons = {
    end_turn: 'stop',
    stop_sequence: 'stop',
    max_tokens: 'length',
    model_context_window_exceeded: 'length',
    tool_use: 'tool-calls',
    refusal: 'refusal',
    pause_turn: 'unknown',
    constructor: 'unknown',
  };
  for (const [reason, expected] of Object.entries(reasons)) {
    assert.equal(completionOf(readWhole(message([], reason, {}))).finishReason, expected);
    assert.equal(completionOf(read(ended(reason, {}))).finishReason, expected);
  }
});

test('events, blocks and deltas of an unknown type are passed over, with whatever they hold', () => {
  const pieces = read([
    started({ input_tokens: 1 }),
    { type: 'news', delta: 7, index: 'x' },
    ...block(
      0,
      { type: 'server_tool_use', id: 's', name: 7 },
      delta(0, { type: 'input_json_delta', partial_json: '{}' }),
    ),
    ...block(1, { type: 'text', text: 'A', citations: null }, delta(1, { type: 'citations_delta', text: 7 })),
    delta(9, { type: 'signature_delta', signature: 'x' }),
    ...ended('end_turn', { output_tokens: 2 }),
  ]);
  const { text, toolCalls, reasoning } = completionOf(pieces);
  assert.deepEqual({ text, toolCalls, reasoning }, { text: 'A', toolCalls: [], reasoning: [] });
  assert.deepEqual(completionOf(readWhole(message([{ type: 'news', text: 7 }], 'end_turn', {}))).text, '');
});

test('a call may come with its arguments, without any, or without an end', () => {
  const start = { type: 'tool_use', id: 'c1', name: 'look' };
  const argumentsOf = (events: readonly object[]) => completionOf(read(events)).toolCalls[0]?.arguments;
  assert.equal(argumentsOf(block(0, { ...start, input: { page: 1 } })), '{"page":1}');
  assert.equal(argumentsOf(block(0, start)), '{}');
  assert.equal(argumentsOf([...block(0, start).slice(0, 1), { type: 'message_stop' }]), '{}');
});

test('blocks may be written in turn', () => {
  const call = (index: number) => ({ type: 'tool_use', id: `c${index}`, name: 'look' });
  const [startA, stopA] = block(0, call(0));
  const [startB, stopB] = block(1, call(1));
  const json = (index: number, partial_json: string) =>
    delta(index, { type: 'input_json_delta', partial_json });
  const events = [
    startA!,
    startB!,
    json(0, '{"a"'),
    json(1, '{"b"'),
    json(0, ':1}'),
    stopA!,
    json(1, ':2}'),
    stopB!,
  ];
  assert.deepEqual(
    completionOf(read(events)).toolCalls.map(({ arguments: text }) => text),
    ['{"a":1}', '{"b":2}'],
  );
});

test('hidden thoughts come as a signature alone', () => {
  const hidden = block(
    0,
    { type: 'thinking', thinking: '' },
    delta(0, { type: 'signature_delta', signature: 'x' }),
  );
  assert.deepEqual(completionOf(read(hidden)).reasoning, [
    { type: 'reasoning', text: '', opaque: { type: 'thinking', signature: 'x' } },
  ]);
});

test('counts that are missing or null keep what was told before', () => {
  const pieces = read([
    started({ input_tokens: 5, cache_read_input_tokens: 2, output_tokens: 1 }),
    ...ended('end_turn', { input_tokens: null, output_tokens: 8 }),
  ]);
  assert.deepEqual(completionOf(pieces).usage, {
    inputTokens: 5,
    cachedInputTokens: 2,
    cacheWriteTokens: 0,
    outputTokens: 8,
  });
  assert.equal(completionOf(readWhole(message([], 'end_turn', {}))).usage, undefined);
});

test('errors inside of an answer are called as outside of it', () => {
  const failures = {
    invalid_request_error: 'request',
    authentication_error: 'credentials',
    permission_error: 'credentials',
    not_found_error: 'request',
    request_too_large: 'too-large',
    rate_limit_error: 'rate-limit',
    api_error: 'server',
    timeout_error: 'timeout',
    overloaded_error: 'server',
    news_error: 'server',
    7: 'server',
  };
  for (const [type, failure] of Object.entries(failures)) {
    const event = { type: 'error', error: { type: type === '7' ? 7 : type, message: 'It said so.' } };
    for (const attempt of [() => read([event]), () => readWhole(event)]) {
      assert.throws(
        attempt,
        (error: unknown) =>
          error instanceof ModelError && error.failure === failure && error.message.includes('It said so.'),
      );
    }
  }
});

test('any events in any order, and any JSON, give pieces or a ModelError', () => {
  const { answer, toolCall, reasoning } = anthropicExchanges;
  const recorded = [answer, toolCall, reasoning].flatMap(({ stream }) =>
    [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]) => data!),
  );
  const anyEvent = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...recorded) },
    fc.json(),
    fc.string(),
    fc.constantFrom(...recorded).chain(data => fc.nat(data.length).map(end => data.slice(0, end))),
  );
  const givesPiecesOrModelError = (work: () => readonly WirePiece[]) => {
    try {
      completionOf(work());
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
    }
  };
  fc.assert(
    fc.property(fc.array(anyEvent), events => {
      const reader = startReading();
      for (const data of events) givesPiecesOrModelError(() => reader.readEvent({ data }));
    }),
  );
  fc.assert(fc.property(fc.jsonValue(), json => givesPiecesOrModelError(() => readWhole(json))));
});

test('any beginning of a stream gives the beginning of its text, and the end only when all came', () => {
  const { stream, expected } = anthropicExchanges.answer;
  const events = [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]) => ({ data: data! }));
  for (let count = 0; count <= events.length; count++) {
    const reader = startReading();
    const pieces = events.slice(0, count).flatMap(event => reader.readEvent(event));
    assert.ok(expected.text.startsWith(completionOf(pieces).text));
    assert.equal(pieces.at(-1)?.type === 'end', count === events.length);
  }
});
