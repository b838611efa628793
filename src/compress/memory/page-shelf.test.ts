import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textMessage } from '../../model/index.ts';
import { createMemory } from './index.ts';
import { agentHistory, smallPages } from './test/histories.ts';
import { hashes, openMemory, partsOf, pngNames } from './test/open-memory.ts';

test('1,000 turns: a page is drawn once for each tier it passes and its file never changes', async () => {
  const { memory, files, draws } = await openMemory({ config: undefined, recentTokens: 4000 });
  const seen = new Map<string, string>();
  for (const [i, turn] of agentHistory(1000).entries()) {
    await memory.append(turn);
    if (i % 20 !== 19) continue;
    await memory.toMessages({ tokens: 100_000 });
    if (i % 100 !== 99) continue;
    for (const [name, hash] of hashes(files)) {
      if (!name.endsWith('.png')) continue;
      assert.equal(seen.get(name) ?? hash, hash, `${name} changed`);
      seen.set(name, hash);
    }
  }
  const pages = pngNames(files);
  assert.ok(pages.length > 60, `${pages.length} pages`);
  const drawnAs = draws.map(({ page, tier }) => `${page} ${tier}`);
  assert.equal(new Set(drawnAs).size, draws.length, 'no page is drawn twice as the same tier');
  assert.deepEqual(
    draws.filter(({ cause }) => cause === 'finished').map(({ page }) => page),
    pages.map((_, i) => i + 1),
  );
  const moved = draws
    .filter(({ cause }) => cause === 'tier-change')
    .map(({ page, tier }) => `${page} ${tier}`);
  const batches = Math.floor(pages.length / 8) * 8;
  const expected = pages.flatMap((_, i) => [
    ...(i < batches - 16 ? [`${i + 1} 1`] : []),
    ...(i < batches - 48 ? [`${i + 1} 2`] : []),
  ]);
  assert.deepEqual(moved.sort(), expected.sort());
});

test('page ends do not depend on when somebody looked, whatever the characters', async () => {
  const turn = fc.record({
    role: fc.constantFrom('user' as const, 'assistant' as const),
    text: fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(
          'ابن خلدون ',
          '汉字，没有空格。',
          '👩‍👩‍👧',
          'ไทยเขียนติดกัน',
          '\r\n\r\n',
          'a'.repeat(300),
          ' \t',
        ),
        fc.lorem({ maxCount: 60 }),
      ),
      { minLength: 1, maxLength: 12 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 20, maxLength: 30 }), async drafts => {
      const turns = drafts.map(({ role, text }) => textMessage(role, text.join('')));
      const looking = await openMemory({ recentTokens: 20 });
      for (const each of turns) {
        await looking.memory.append(each);
        await looking.memory.toMessages({ tokens: 1_000_000 });
      }
      const rebuilt = await openMemory({ recentTokens: 20 });
      await rebuilt.memory.append(turns);
      await rebuilt.memory.toMessages({ tokens: 1_000_000 });
      assert.deepEqual(hashes(rebuilt.files), hashes(looking.files));
      assert.deepEqual(rebuilt.memory.turns, turns);
    }),
    { numRuns: 6 },
  );
});

test('lost and damaged pages and indexes come back byte for byte', async () => {
  const { memory, files, options, draws } = await openMemory();
  await memory.append(agentHistory(100));
  await memory.toMessages({ tokens: 100_000 });
  await memory.close();
  const whole = hashes(files);
  const index = files.get('pages/index.json')!;
  const [first, second, third] = pngNames(files);
  const reopen = async () => {
    draws.length = 0;
    await (await createMemory(options)).close();
    assert.deepEqual(hashes(files), whole);
    return draws.length;
  };
  assert.equal(await reopen(), 0);

  files.delete(first!);
  files.set(second!, files.get(second!)!.slice(0, -1));
  files.get(third!)![60]! ^= 1;
  assert.equal(await reopen(), 3);
  assert.ok(draws.every(({ cause }) => cause === 'repair'));

  files.delete('pages/index.json');
  assert.equal(await reopen(), pngNames(files).length);
  for (let i = 0; i < index.length; i += Math.ceil(index.length / 8)) {
    const damaged = index.slice();
    damaged[i]! ^= 1;
    files.set('pages/index.json', damaged);
    await reopen();
  }
  files.set('pages/t0-999999.png', index);
  assert.equal(await reopen(), 0, 'what a broken run left goes');
});

test('a page that is lost while the memory is open is drawn again', async () => {
  const { memory, files, draws } = await openMemory();
  await memory.append(agentHistory(60));
  const before = await memory.toMessages({ tokens: 100_000 });
  draws.length = 0;
  files.delete(pngNames(files)[0]!);
  assert.deepEqual(await memory.toMessages({ tokens: 100_000 }), before);
  assert.deepEqual(
    draws.map(({ page, cause }) => [page, cause]),
    [[1, 'repair']],
  );
});

test('another config or other tiers draw the pages anew from the log', async () => {
  const { memory, files, options } = await openMemory();
  await memory.append(agentHistory(60));
  await memory.toMessages({ tokens: 100_000 });
  await memory.close();
  const log = files.get('turns.jsonl')!;
  const config = { ...smallPages, fontSize: 6, lineHeight: 6.5 };
  const other = await createMemory({ ...options, config, tiers: [{ dpiScale: 0.5 }] });
  const { messages } = await other.toMessages({ tokens: 100_000 });
  await other.close();
  const image = partsOf(messages).find(part => part.type === 'image');
  assert.equal(image?.widthPx, 112);
  assert.deepEqual(files.get('turns.jsonl'), log);
});

test('a tier that costs the same is skipped', async () => {
  const { memory, draws } = await openMemory({
    model: 'gemma-3',
    batchPages: 1,
    tiers: [{ dpiScale: 1, pages: 1 }, { dpiScale: 0.5 }],
  });
  await memory.append(agentHistory(60));
  await memory.toMessages({ tokens: 100_000 });
  assert.ok(draws.length > 5);
  assert.ok(draws.every(({ tier }) => tier === 0));
});
