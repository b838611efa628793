import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTextTokens } from '../tokens/index.ts';
import { startTokenCounter } from './token-counter.ts';

const text = 'Call me Ishmael. Some years ago — never mind how long — 文字 👍🏽 <|endoftext|>\n'.repeat(300);

async function count(byteLength: number, tokenizer?: 'cl100k_base') {
  const counter = startTokenCounter(byteLength, tokenizer);
  try {
    for (let i = 0; i < text.length; i += 1001) await counter.push(text.slice(i, i + 1001));
    return await counter.end();
  } finally {
    await counter.close();
  }
}

test('pieces count as the whole, in this thread and in another', async () => {
  const whole = await countTextTokens(text);
  assert.deepEqual(await count(1), whole);
  assert.deepEqual(await count(1e9), whole);
});

test('another tokenizer reaches the thread', async () => {
  assert.deepEqual(
    await count(1e9, 'cl100k_base'),
    await countTextTokens(text, { tokenizer: 'cl100k_base' }),
  );
});

test('a failure in the thread comes out as it was', async () => {
  const counter = startTokenCounter(1e9, { name: 'broken', tokenizerJson: {} });
  await assert.rejects(
    async () => {
      await counter.push('a');
      await counter.end();
    },
    { kind: 'tokens', message: /"broken"/ },
  );
  await counter.close();
});

test('an abandoned count ends', async () => {
  for (const byteLength of [1, 1e9]) {
    const counter = startTokenCounter(byteLength);
    await counter.push(text);
    await counter.close();
  }
});
