import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMockModel, type Message, messageText } from '../model/index.ts';
import { type AskEvent, ask } from './index.ts';
import { effects, prose } from './test/harness.ts';

const text = prose(1, 40_000);
const lastText = (messages: readonly Message[]) => messageText(messages.at(-1)!);

test('the answer streams, with tokens, decisions and citations', async () => {
  const model = createMockModel('It is told [p2:1-2].', { family: 'zai-org/Glyph' });
  const events: AskEvent[] = [];
  const onEvent = (event: AskEvent) => void events.push(event);
  const answer = await ask(text, 'What is told?', { model, cite: 'pages', onEvent, ...effects });
  assert.equal(answer.text, 'It is told [p2:1-2].');
  assert.equal(events.map(event => (event.type === 'text-received' ? event.text : '')).join(''), answer.text);
  assert.deepEqual(events[0]!.type, 'request-compressed');
  const [citation] = answer.citations;
  assert.equal(text.slice(citation!.start, citation!.end), citation!.text);
  assert.ok(answer.accounting.pages > 3);
  assert.match(lastText(model.calls[0]!.messages), /What is told\?\n\nAfter each claim name/);
});

test('a model with tools gets exact lines, at most so many rounds', async () => {
  const call = (id: string) =>
    ({ type: 'tool-call', id, name: 'expand', arguments: '{"page":2,"firstLine":3,"lastLine":4}' }) as const;
  const model = createMockModel(
    (_, { toolChoice } = {}) => (toolChoice === 'none' ? 'enough' : { text: '', toolCalls: [call('c')] }),
    { family: 'zai-org/Glyph' },
  );
  const answer = await ask(text, 'What?', { model, expandRounds: 2, ...effects });
  assert.equal(answer.text, 'enough');
  assert.equal(answer.calls, 3);
  assert.deepEqual(answer.expansions, Array(2).fill({ page: 2, firstLine: 3, lastLine: 4 }));
  const result = model.calls[1]!.messages.at(-1)!.parts[0]!;
  assert.ok(result.type === 'tool-result' && result.outcome === 'ok');
  const [shown] = result.parts;
  assert.ok(shown?.type === 'text');
  const lines = shown.text.split('\n').map(line => line.replace(/^\d+: /, ''));
  assert.ok(
    lines.every(line => text.includes(line.trimEnd())),
    shown.text,
  );
  assert.match(shown.text, /^3: .+\n4: /);
});

test('wrong calls are told to the model, not thrown', async () => {
  const wrong = [
    '{',
    '{"page":0}',
    '{"page":99,"firstLine":1,"lastLine":2}',
    '{"page":1,"firstLine":9999,"lastLine":9999}',
    '[]',
  ];
  for (const args of wrong) {
    let result: Message | undefined;
    const model = createMockModel(
      messages => {
        if (messages.length > 1) {
          result = messages.at(-1);
          return 'done';
        }
        return { text: '', toolCalls: [{ type: 'tool-call', id: 'c', name: 'expand', arguments: args }] };
      },
      { family: 'zai-org/Glyph' },
    );
    const answer = await ask(text, 'What?', { model, ...effects });
    assert.equal(answer.text, 'done');
    const [part] = result!.parts;
    assert.ok(part?.type === 'tool-result' && part.outcome === 'error', args);
    assert.deepEqual(answer.expansions, []);
  }
});

test('a document in parts: each is asked, the findings are put together', async () => {
  const model = createMockModel(
    messages => (messages[0]!.parts.some(part => part.type === 'image') ? 'a finding' : 'together'),
    {
      family: 'zai-org/Glyph',
    },
  );
  const answer = await ask(text, 'What?', { model, overflow: 'split', budget: { tokens: 1600 }, ...effects });
  assert.equal(answer.text, 'together');
  assert.equal(answer.calls, answer.accounting.requests + 1);
  assert.match(lastText(model.calls.at(-1)!.messages), /Part 1 of \d+:\na finding/);
});

test('a reader that only transcribes, no question, an abort', async () => {
  const mock = createMockModel('x', { family: 'zai-org/Glyph' });
  const reader = { ...mock, abilities: { ...mock.abilities, task: 'transcribe' as const } };
  await assert.rejects(ask(text, 'What?', { model: reader, ...effects }), /only transcribes pages/);
  await assert.rejects(ask('', 'What?', { model: mock, ...effects }), /only empty ones/);
  await assert.rejects(ask(text, ' ', { model: mock, ...effects }), /expected a question/);
  await assert.rejects(ask(text, 'What?', { model: mock, signal: AbortSignal.abort(), ...effects }), {
    kind: 'aborted',
  });
});
