import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlyphError, sha256Hex } from '../../base/index.ts';
import type { ImagePart, Message } from '../../model/index.ts';
import { countTokensSync } from '../../tokens/index.ts';
import { agentHistory, smallPages } from './test/histories.ts';
import { model, openMemory, partsOf, tokensOf } from './test/open-memory.ts';

test('messages begin as the call before while no page is finished, moved or left out', async () => {
  for (const tokens of [60_000, 2500]) {
    const { memory, draws } = await openMemory();
    let before: readonly Message[] = [];
    let state = '';
    let [same, leftOutOnly] = [0, 0];
    for (const turn of agentHistory(140)) {
      await memory.append(turn);
      const drawn = draws.length;
      const { messages, accounting } = await memory.toMessages({ tokens });
      const now = `${draws.length} ${accounting.pagesLeftOut} ${accounting.turns.leftOut}`;
      if (now === state) {
        same++;
        assert.deepEqual(messages.slice(0, before.length), before);
      } else if (drawn === draws.length && before.length > 0) leftOutOnly++;
      before = messages;
      state = now;
    }
    assert.ok(same > 60 && draws.length > 30, `${same} calls, ${draws.length} drawings`);
    assert.ok(
      leftOutOnly <= (tokens === 2500 ? 7 : 0),
      `${leftOutOnly} times only the room ended the prefix`,
    );
  }
});

test('a new page or a page that moves leaves the messages before it as they were', async () => {
  const { memory, draws } = await openMemory({ tiers: [{ dpiScale: 1, pages: 8 }, { dpiScale: 0.5 }] });
  let before: string[] = [];
  for (const turn of agentHistory(120)) {
    await memory.append(turn);
    const drawn = draws.length;
    const { messages } = await memory.toMessages({ tokens: 100_000 });
    const images = partsOf(messages)
      .filter((part): part is ImagePart => part.type === 'image')
      .map(({ bytes }) => sha256Hex(bytes));
    const moved = draws.slice(drawn).flatMap(({ cause, page }) => (cause === 'tier-change' ? [page] : []));
    const same = Math.min(before.length, ...moved.map(page => page - 1));
    assert.deepEqual(images.slice(0, same), before.slice(0, same));
    before = images;
  }
  assert.ok(before.length > 24);
});

test('the budget holds whatever it is, and calls keep their results', async () => {
  const { memory } = await openMemory();
  const turns = agentHistory(120, 'budgets');
  await memory.append(turns);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 50, max: 9000 }), async tokens => {
      try {
        const { messages, accounting } = await memory.toMessages({ tokens });
        assert.equal(accounting.totalTokens, tokensOf(messages));
        assert.ok(accounting.totalTokens <= tokens);
        const { onPages, asMessages, leftOut } = accounting.turns;
        assert.equal(onPages + asMessages + leftOut, turns.length);
        assert.deepEqual(messages.at(-1), turns.at(-1));
        if (leftOut > 0) assert.match(JSON.stringify(messages[0]), new RegExp(`oldest turns, ${leftOut} of`));
        const calls = new Set<string>();
        for (const part of partsOf(messages)) {
          if (part.type === 'tool-call') calls.add(part.id);
          if (part.type === 'tool-result') assert.ok(calls.delete(part.id), `${part.id} without its call`);
        }
        assert.equal(calls.size, 0);
      } catch (error) {
        if (!(error instanceof GlyphError) || error.kind !== 'tokens') throw error;
        assert.match(error.message, new RegExp(`expected at least \\d+ tokens.*got ${tokens} `));
        refused++;
      }
    }),
    { numRuns: 60, examples: [[50], [9000]] },
  );
  assert.ok(refused >= 1);
});

test('a call that waits for its result stays a message, and the oldest pages go first', async () => {
  const { memory } = await openMemory({ recentTokens: 0 });
  const turns = agentHistory(78);
  await memory.append(turns);
  const { messages } = await memory.toMessages({ tokens: 20_000 });
  assert.deepEqual(messages.slice(-1), turns.slice(-1), 'turn 78 calls; its result is not there yet');
  const pagesAt = async (tokens: number) =>
    partsOf((await memory.toMessages({ tokens })).messages).flatMap(part =>
      part.type === 'text' && /^Page \d+[:,]/.test(part.text) ? [Number(/\d+/.exec(part.text)![0])] : [],
    );
  const all = await pagesAt(20_000);
  const few = await pagesAt(900);
  assert.ok(few.length > 0 && few.length < all.length);
  assert.deepEqual(few, all.slice(-few.length));
});

test('a page whose image costs no less than its text is shown as text', async () => {
  const { memory } = await openMemory({ config: { ...smallPages, dpi: 288 } });
  await memory.append(agentHistory(60));
  const { messages, accounting } = await memory.toMessages({ tokens: 100_000 });
  assert.ok(accounting.pagesAsText > 5);
  assert.equal(accounting.visionTokens, 0);
  assert.equal(
    partsOf(messages).some(part => part.type === 'image'),
    false,
  );
});

test('exact strings stand beside their page and stay within their budget', async () => {
  const turns = agentHistory(60);
  const textsOf = async (exactTokens?: number) => {
    const { memory } = await openMemory({ exactTokens });
    await memory.append(turns);
    const { messages } = await memory.toMessages({ tokens: 100_000 });
    return partsOf([messages[0]!]).flatMap(part =>
      part.type === 'text' && part.text.startsWith('Exact') ? [part.text] : [],
    );
  };
  assert.ok((await textsOf(500)).join().includes('3f9a8c7d1000'));
  assert.deepEqual(await textsOf(0), []);
  for (const text of await textsOf(40)) assert.ok(countTokensSync(text) <= 40);
});

test('models that want images first get them first, and models that take few get few', async () => {
  const abilities = { task: 'answer', tools: 'yes', partOrder: 'images-first', imagesPerRequest: 3 } as const;
  const glyph = { id: 'x', family: model, abilities, generate: () => assert.fail('asked') };
  const { memory } = await openMemory({ model: glyph });
  await memory.append(agentHistory(60));
  const { messages, accounting } = await memory.toMessages({ tokens: 100_000 });
  const types = messages[0]!.parts.map(part => part.type);
  const images = types.filter(type => type === 'image').length;
  assert.ok(images > 0 && images <= 3);
  assert.deepEqual(types.slice(0, images + 1), [...Array(images).fill('image'), 'text']);
  assert.ok(accounting.pagesLeftOut > 0);
});
