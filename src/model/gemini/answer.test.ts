/** What the recorded exchanges leave out of reading answers of generateContent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAssembly } from '../assemble.ts';
import { ModelError } from '../model-error.ts';
import type { WirePiece } from '../wire.ts';
import { readWhole, startReading } from './answer.ts';
import { answerOf } from './test/events.ts';
import { geminiExchanges } from './test/exchanges.ts';

function read(events: readonly object[]): readonly WirePiece[] {
  const reader = startReading();
  return events.flatMap(event => reader.readEvent({ data: JSON.stringify(event) }));
}

function completionOf(pieces: readonly WirePiece[]) {
  const assembly = createAssembly('asked');
  for (const piece of pieces) assembly.add(piece);
  return assembly.completion();
}

test('every reason to finish', () => {
  const reasons = {
    STOP: 'stop',
    MAX_TOKENS: 'length',
    CONTINUATION: 'length',
    SAFETY: 'refusal',
    RECITATION: 'refusal',
    BLOCKLIST: 'refusal',
    PROHIBITED_CONTENT: 'refusal',
    SPII: 'refusal',
    IMAGE_SAFETY: 'refusal',
    LANGUAGE: 'unknown',
    OTHER: 'unknown',
    constructor: 'unknown',
  };
  for (const [reason, expected] of Object.entries(reasons)) {
    const answer = answerOf([], {}, reason);
    assert.equal(completionOf(readWhole(answer)).finishReason, expected);
    assert.equal(completionOf(read([answer])).finishReason, expected);
  }
  assert.deepEqual(read([answerOf([], {}, 'FINISH_REASON_UNSPECIFIED')]).slice(1), []);
});

test('a call that the server could not read is an error worth another try, in its words', () => {
  const broken = {
    candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'Malformed: print(' }],
  };
  for (const attempt of [() => readWhole(broken), () => read([broken])]) {
    assert.throws(
      attempt,
      (error: unknown) =>
        error instanceof ModelError && error.isRetryable && error.message.includes('Malformed: print('),
    );
  }
});

test('a prompt that was blocked is a refusal', () => {
  const blocked = {
    promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
    usageMetadata: { promptTokenCount: 12 },
  };
  for (const pieces of [readWhole(blocked), read([blocked])]) {
    const { finishReason, text, usage } = completionOf(pieces);
    assert.deepEqual([finishReason, text, usage?.inputTokens, usage?.outputTokens], ['refusal', '', 12, 0]);
    assert.equal(pieces.at(-1)?.type, 'end');
  }
});

test('errors inside of an answer are called as outside of it', () => {
  const failures = [
    [400, 'request'],
    [403, 'credentials'],
    [429, 'rate-limit'],
    [503, 'server'],
    ['news', 'server'],
    [undefined, 'server'],
  ];
  for (const [code, failure] of failures) {
    const answer = { error: { code, message: 'It said so.' } };
    for (const attempt of [() => read([answer]), () => readWhole(answer)]) {
      assert.throws(
        attempt,
        (error: unknown) =>
          error instanceof ModelError && error.failure === failure && error.message.includes('It said so.'),
      );
    }
  }
});

test('parts and events of an unknown kind are passed over', () => {
  const parts = [{ executableCode: { code: '1' } }, { inlineData: { data: '' } }, {}, { text: 'A' }];
  const pieces = read([{ news: 1 }, { candidates: [] }, answerOf(parts, {}, 'STOP')]);
  assert.deepEqual(
    pieces.filter(piece => piece.type === 'text' || piece.type === 'reasoning'),
    [{ type: 'text', text: 'A' }],
  );
});

test('calls without an id get one, numbered within the answer and alike each time', () => {
  const call = { functionCall: { name: 'look' } };
  const events = [
    answerOf([call, { functionCall: { id: 'own', name: 'look' } }], {}),
    answerOf([call], {}, 'STOP'),
  ];
  const { toolCalls } = completionOf(read(events));
  const { responseId } = events[0] as { responseId: string };
  assert.deepEqual(
    toolCalls.map(({ id, arguments: text }) => [id, text]),
    [
      [`${responseId}-0`, '{}'],
      ['own', '{}'],
      [`${responseId}-1`, '{}'],
    ],
  );
  assert.deepEqual(completionOf(read(events)).toolCalls, toolCalls);
  const nameless = { candidates: [{ content: { parts: [call] }, finishReason: 'STOP' }] };
  assert.equal(completionOf(readWhole(nameless)).toolCalls[0]?.id, 'call-0');
});

test('a signature of thoughts stays with them', () => {
  const events = [
    answerOf([{ text: 'Hm', thought: true }], {}),
    answerOf(
      [
        { thought: true, thoughtSignature: 'x' },
        { text: 'A', thoughtSignature: 'y' },
      ],
      {},
      'STOP',
    ),
  ];
  assert.deepEqual(completionOf(read(events)).reasoning, [
    { type: 'reasoning', text: 'Hm', opaque: { thoughtSignature: 'x' } },
    { type: 'reasoning', text: '', opaque: { thoughtSignature: 'y' } },
  ]);
});

test('usage is what was told last, and undefined where nothing was', () => {
  assert.equal(completionOf(read([answerOf([], { trafficType: 'ON_DEMAND' }, 'STOP')])).usage, undefined);
  const thinking = { promptTokenCount: 5, thoughtsTokenCount: 4, candidatesTokenCount: null };
  assert.deepEqual(
    completionOf(read([answerOf([], { promptTokenCount: 5 }), answerOf([], thinking, 'MAX_TOKENS')])).usage,
    {
      inputTokens: 5,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 4,
      reasoningTokens: 4,
    },
  );
});

test('any events in any order, and any JSON, give pieces or a ModelError', () => {
  const { answer, toolCall, reasoning } = geminiExchanges;
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
  const { stream, expected } = geminiExchanges.answer;
  const events = [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]) => ({ data: data! }));
  for (let count = 0; count <= events.length; count++) {
    const reader = startReading();
    const pieces = events.slice(0, count).flatMap(event => reader.readEvent(event));
    assert.ok(expected.text.startsWith(completionOf(pieces).text));
    assert.equal(pieces.at(-1)?.type === 'end', count === events.length);
  }
});
