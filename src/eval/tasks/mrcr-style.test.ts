/** Made conversations hold the asked number of like pieces, the question has one right answer, lengths are right. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageText } from '../../model/index.ts';
import { countTokensSync, loadTextTokenizer } from '../../tokens/index.ts';
import type { Sample } from '../task.ts';
import { digestOf, samplesOf } from '../test/open-all.ts';
import { mrcrStyleTask } from './mrcr-style.ts';

await loadTextTokenizer();

const messagesOf = ({ material }: Sample) => {
  assert.equal(material.kind, 'conversation');
  return material.kind === 'conversation' ? material.messages : [];
};

describe('mrcr-style', () => {
  test('each question is answered by counting the like requests, and lengths are right', async () => {
    const samples = await samplesOf(mrcrStyleTask, { lengths: [4096, 8192], limit: 12 });
    assert.equal(samples.length, 3 * 2 * 12);
    for (const sample of samples) {
      const messages = messagesOf(sample);
      const texts = messages.map(messageText);
      const [, prefix, ordinal, what] = /^Prepend (\w+) to the (\d)\w\w \(1 indexed\) (.+)\. Do not/.exec(
        sample.question,
      )!;
      const replies = texts.flatMap((text, i) => (text === `write a ${what}` ? [texts[i + 1]!] : []));
      assert.equal(replies.length, Number(sample.subset[0]), sample.id);
      assert.equal(new Set(replies).size, replies.length, sample.id);
      assert.deepEqual(sample.targets, [prefix + replies[Number(ordinal) - 1]!], sample.id);
      assert.ok(messages.every(({ role }, i) => role === (i % 2 === 0 ? 'user' : 'assistant')));

      const tokens = [...texts, sample.question, ...sample.targets].reduce(
        (sum, text) => sum + countTokensSync(text),
        0,
      );
      const length = Number(sample.groups['length']);
      assert.ok(tokens <= length && tokens >= 0.98 * length, `${sample.id}: ${tokens}`);
      assert.equal(mrcrStyleTask.scorer.score(sample, { text: sample.targets[0]! }).value, 1);
      const wrong = prefix + replies[Number(ordinal) % replies.length]!;
      assert.ok(mrcrStyleTask.scorer.score(sample, { text: wrong }).value! < 0.9, sample.id);
    }
  });

  test('the same seed makes the same conversations on every machine', async () => {
    const digest = async (seed: number) =>
      digestOf(await samplesOf(mrcrStyleTask, { lengths: [4096], limit: 2, seed }));
    assert.equal(await digest(42), 'e05ac9c706e57d8d1462df037528c484121f1b9d7a70234262aaa9521a646032');
    assert.notEqual(await digest(7), await digest(42));
  });
});
