/** A proposing model in all its moods: the search ends, at the same number of configs, and says what came of asking. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../eval/index.ts';
import {
  createGeneration,
  createMockModel,
  type Message,
  type MockAnswers,
  messageText,
} from '../model/index.ts';
import { mockSearch, stillClock } from './test/mock-search.ts';

/** Three generations after the first, of each two proposals. */
const settings = { steps: 18, proposer: 'mock', proposeShare: 0.5 };
const search = (answers: MockAnswers, options: Parameters<typeof mockSearch>[1] = {}) =>
  mockSearch(settings, { proposer: createMockModel(answers, { id: 'proposer' }), ...options });

/** Ids of the population, as the prompt lists them. */
const idsIn = (messages: readonly Message[]): string[] =>
  [
    ...messages
      .map(messageText)
      .join('')
      .matchAll(/^\{"id":"([^"]+)"/gm),
  ].map(([, id]) => id!);

test('what it proposes is measured, and the log says that it did, from which parents', async () => {
  let dpi = 60;
  const { candidates, llm } = await search(messages => {
    const [first, second = first] = idsIn(messages);
    const proposals = [
      { kind: 'mutation', parents: [first], changes: { dpi: ++dpi, fontSize: 9.5, lineHeight: 10.5 } },
      {
        kind: 'crossover',
        parents: [first, second],
        take: ['alignment'],
        changes: { dpi: ++dpi, marginX: 11 },
      },
    ];
    return `Here it is:\n\`\`\`json\n${JSON.stringify({ critique: 'Larger type is read better.', proposals })}\n\`\`\``;
  });
  const made = candidates.filter(({ origin }) => origin.startsWith('llm-'));
  assert.equal(made.length, llm!.proposals);
  assert.ok(made.length >= 4, `${made.length} of 6`);
  assert.ok(made.every(({ genome }) => genome.dpi > 60 && genome.dpi <= dpi));
  assert.ok(made.some(({ origin, parents }) => origin === 'llm-crossover' && parents.length === 2));
  assert.equal(llm!.critiques[0]!.text, 'Larger type is read better.');
  assert.equal(llm!.state, 'asked');
});

const ruins: Readonly<Record<string, { readonly answers: MockAnswers; readonly fault: string }>> = {
  garbage: { answers: 'lorem ipsum { dolor', fault: 'unreadable' },
  'JSON of another kind': { answers: '{"proposals": "none"}', fault: 'unreadable' },
  'nothing at all': { answers: '', fault: 'unreadable' },
  'no proposals': { answers: '{"critique": "All is well.", "proposals": []}', fault: 'unreadable' },
  'unknown keys and parents, values out of range': {
    answers: messages =>
      JSON.stringify({
        proposals: [
          { kind: 'mutation', parents: [idsIn(messages)[0]], changes: { dpi: 9000 } },
          { kind: 'mutation', parents: [idsIn(messages)[0]], changes: { fontFamily: 'Verdana' } },
          { kind: 'mutation', parents: [idsIn(messages)[0]], changes: { fontSzie: 8 } },
          { kind: 'mutation', parents: ['9-9'], changes: { dpi: 70 } },
          { kind: 'crossover', parents: [idsIn(messages)[0]], changes: {} },
          {
            kind: 'mutation',
            parents: [idsIn(messages)[0]],
            changes: { __proto__: { dpi: 70 }, fontSize: 'large' },
          },
          17,
        ],
      }),
    fault: 'invalid',
  },
  'the same for ever': {
    answers: messages =>
      JSON.stringify({
        proposals: Array.from({ length: 9 }, () => ({
          kind: 'mutation',
          parents: [idsIn(messages)[0]],
          changes: {},
        })),
      }),
    fault: 'duplicate',
  },
};

for (const [name, { answers, fault }] of Object.entries(ruins)) {
  test(`${name}: sent back once each time, replaced, and given up after three times`, async () => {
    const { candidates, llm, state } = await search(answers);
    assert.equal(state, 'complete');
    assert.equal(candidates.length, settings.steps);
    assert.equal(llm!.proposals, 0);
    assert.equal(llm!.calls, 6);
    assert.equal(llm!.state, 'given-up');
    assert.equal(llm!.replaced, 6);
    assert.ok(llm!.faults[fault as 'invalid'] >= 6, JSON.stringify(llm!.faults));
  });
}

test('refusals and errors are no answers: not sent back, given up after three', async () => {
  for (const answers of [{ finishReason: 'refusal' }, { error: new Error('the server burns') }] as const) {
    const { candidates, llm } = await search(answers);
    assert.equal(candidates.length, settings.steps);
    assert.deepEqual([llm!.calls, llm!.failed, llm!.state], [3, 3, 'given-up']);
  }
});

test('a model that never answers, and heeds no signal, is left after the time-out', async () => {
  const never = {
    ...createMockModel(''),
    generate: () =>
      createGeneration(async function* (): AsyncGenerator<never, never> {
        yield await new Promise<never>(() => {});
        throw new Error('never');
      }),
  };
  const { candidates, llm } = await mockSearch(settings, {
    proposer: never,
    clock: { ...stillClock, sleep: async () => {} },
  });
  assert.equal(candidates.length, settings.steps);
  assert.deepEqual([llm!.calls, llm!.failed], [3, 3]);
});

test('what it answered is recorded: going on asks nothing twice and comes to the same', async () => {
  const store = createMemoryStore();
  let calls = 0;
  const answers: MockAnswers = messages => {
    calls++;
    return JSON.stringify({
      proposals: [{ kind: 'mutation', parents: [idsIn(messages)[0]], changes: { dpi: 60 + calls } }],
    });
  };
  const first = await search(answers, { store });
  const asked = calls;
  const again = await search(answers, { store });
  assert.equal(calls, asked);
  assert.deepEqual(
    again.candidates.map(({ key }) => key),
    first.candidates.map(({ key }) => key),
  );
});
