import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from './answer-log.ts';
import { createMemoryStore, fileNames } from './run-store.ts';

const line = (key: string, message: string) => ({
  key,
  sample: 's',
  arm: 'text',
  outcome: 'failed' as const,
  error: { kind: 'model', message },
  costUsd: 0.5,
});

test('the last line of a key counts, and all of them were paid', async () => {
  const store = createMemoryStore();
  for (const each of [line('a', 'first'), line('b', 'b'), line('a', 'second')]) {
    await store.append(fileNames.answers, JSON.stringify(each));
  }
  const log = await openLog(store, 'write');
  assert.equal(log.answers.size, 2);
  assert.deepEqual(log.answers.get('a'), line('a', 'second'));
  assert.equal(log.spentUsd(), 1.5);
});

test('a torn last line is taken away, so that the next one stands alone', async () => {
  const store = createMemoryStore();
  const whole = `${JSON.stringify(line('a', 'x'))}\n`;
  await store.write(fileNames.answers, `${whole}${JSON.stringify(line('b', 'x')).slice(0, 30)}`);
  const log = await openLog(store, 'write');
  assert.deepEqual([...log.answers.keys()], ['a']);
  assert.equal(await store.read(fileNames.answers), whole);
  await log.addAnswer(line('c', 'x'));
  assert.deepEqual([...(await openLog(store, 'write')).answers.keys()], ['a', 'c']);
});

test('any other line that does not hold is named', async () => {
  const store = createMemoryStore();
  await store.write(fileNames.answers, `${JSON.stringify(line('a', 'x'))}\n{"key":1}\n`);
  await assert.rejects(
    openLog(store, 'write'),
    /read line 2 of answers.jsonl of a run: expected .*"outcome"/,
  );
  await store.write(fileNames.answers, 'no json\n');
  await assert.rejects(
    openLog(store, 'write'),
    /line 1 of answers.jsonl of a run: expected JSON, got "no json"/,
  );
});
