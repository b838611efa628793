import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { type Message, textMessage } from '../../model/index.ts';
import { createMemory, type MemoryOptions } from './index.ts';
import { agentHistory } from './test/histories.ts';
import { openMemory, tokensOf } from './test/open-memory.ts';

test('a short conversation comes back as it is', async () => {
  const { memory, draws } = await openMemory({ recentTokens: 4000 });
  const turns = agentHistory(8);
  await memory.append(turns[0]!);
  await memory.append(turns.slice(1));
  const { messages, accounting } = await memory.toMessages({ tokens: 20_000 });
  assert.deepEqual(messages, turns);
  assert.deepEqual(memory.turns, turns);
  assert.equal(accounting.totalTokens, tokensOf(turns));
  assert.equal(accounting.historyTokens, accounting.totalTokens);
  assert.deepEqual(draws, []);
});

test('an empty memory gives no messages', async () => {
  const { memory } = await openMemory();
  await memory.append([]);
  const { messages, accounting } = await memory.toMessages({ tokens: 1 });
  assert.deepEqual(messages, []);
  assert.equal(accounting.totalTokens, 0);
});

test('recall finds faded turns by words, names and Chinese', async () => {
  const { memory } = await openMemory();
  await memory.append(textMessage('user', 'The staging password rotates on Thursdays.'));
  await memory.append(textMessage('user', '我们决定用黑色的猫做项目的标志。'));
  await memory.append(agentHistory(60));
  const [password] = await memory.recall('when do staging passwords rotate?');
  assert.equal(password?.index, 0);
  assert.equal(password?.text, 'User: The staging password rotates on Thursdays.');
  assert.deepEqual(
    (await memory.recall('黑色的猫', { turns: 1 })).map(turn => turn.index),
    [1],
  );
  const [call] = await memory.recall('part-7 3f9a8c7d1007');
  assert.match(call!.text, /^Assistant calls read_file: .*part-7\.ts/m);
  assert.deepEqual(await memory.recall('zyzzyva'), []);
  await assert.rejects(memory.recall('x', { turns: 0 }), /whole number of turns from 1/);
});

test('what a memory cannot keep is refused and leaves nothing', async () => {
  const { memory, files } = await openMemory();
  const image = { type: 'image', bytes: new Uint8Array(3), mediaType: 'image/png' } as const;
  const result = { type: 'tool-result', id: '1', name: 'look', parts: [image] } as const;
  await assert.rejects(memory.append({ role: 'user', parts: [image] }), /keep the image yourself/);
  await assert.rejects(memory.append({ role: 'tool', parts: [result] }), /keep the image yourself/);
  await assert.rejects(memory.append(textMessage('system', 'Be brief.')), /keep instructions outside/);
  const wrong: unknown[] = [
    null,
    7,
    {},
    { role: 'user', parts: 'hi' },
    { role: 'user', parts: [{ type: 'text' }] },
  ];
  for (const value of wrong) {
    await assert.rejects(
      memory.append(value as Message),
      (error: unknown) => error instanceof GlyphError && error.kind === 'input',
    );
  }
  const circular: { role: 'user'; parts: []; self?: unknown } = { role: 'user', parts: [] };
  circular.self = circular;
  await assert.rejects(memory.append(circular), /append a turn: expected a message that JSON can hold/);
  await assert.rejects(memory.append([textMessage('user', 'fine'), textMessage('system', 'no')]));
  assert.deepEqual(memory.turns, []);
  assert.equal(files.has('turns.jsonl'), false);
});

test('one writer at a time, and none after close', async () => {
  const { memory, options } = await openMemory();
  await assert.rejects(createMemory(options), /expected no other writer/);
  const appended = memory.append(textMessage('user', 'one'));
  await Promise.all([memory.close(), memory.close()]);
  await appended;
  await assert.rejects(memory.append(textMessage('user', 'two')), /expected an open one/);
  const again = await createMemory(options);
  assert.equal(again.turns.length, 1);
});

test('calls that overlap keep their order', async () => {
  const { memory } = await openMemory();
  const turns = agentHistory(40);
  const results = await Promise.all(
    turns.flatMap(turn => [memory.append(turn), memory.toMessages({ tokens: 100_000 })]),
  );
  assert.deepEqual(memory.turns, turns);
  assert.deepEqual(results.at(-1), await memory.toMessages({ tokens: 100_000 }));
});

test('options that do not hold are named', async () => {
  const wrong: [Partial<Record<keyof MemoryOptions | 'recentToken', unknown>>, RegExp][] = [
    [{ recentTokens: -1 }, /option "recentTokens"/],
    [{ tiers: [] }, /option "tiers"/],
    [{ tiers: [{ dpiScale: 2 }] }, /option "tiers.0.dpiScale"/],
    [{ tiers: [{ dpiScale: 0.01 }] }, /dpi.*from 10/],
    [{ recentToken: 5 }, /did you mean "recentTokens"/],
    [{ model: 'no-such-model' }, /no-such-model/],
  ];
  for (const [options, message] of wrong)
    await assert.rejects(openMemory(options as Partial<MemoryOptions>), message);
  const { memory } = await openMemory();
  for (const tokens of [0, -1, 1.5, Number.NaN]) {
    await assert.rejects(memory.toMessages({ tokens }), /a whole number of tokens from 1/);
  }
});
