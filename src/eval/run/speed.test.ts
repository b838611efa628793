import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Completion, Generation, Message, Model } from '../../model/index.ts';
import { ModelError } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { readCacheShare } from './server-memory.ts';
import { measureSpeed } from './speed.ts';

/** A model whose times are set: so many ms to the first token for each picture or text, 10 ms a token after. */
function timedModel(
  failing: (call: number) => boolean = () => false,
): Model & { readonly prompts: Message[][] } {
  const prompts: Message[][] = [];
  return {
    id: 'timed',
    family: 'glm-4.1v',
    abilities: { task: 'answer', tools: 'no', partOrder: 'as-given' },
    prompts,
    generate(messages): Generation {
      prompts.push([...messages]);
      const isPages = messages[0]!.parts.some(part => part.type === 'image');
      const firstTokenMs = (isPages ? 100 : 300) + prompts.length;
      const completion: Completion = {
        text: 'a b c',
        reasoning: [],
        toolCalls: [],
        usage: { inputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 21 },
        finishReason: 'stop',
        timing: { firstTokenMs, totalMs: firstTokenMs + 200, attempts: 1 },
        model: 'timed',
      };
      const error = new ModelError({ failure: 'server', operation: 'ask', expected: 'x', actual: 'a fire' });
      const outcome = failing(prompts.length) ? Promise.reject(error) : Promise.resolve(completion);
      return {
        // biome-ignore lint/suspicious/noThenProperty: a generation is awaited
        then: (onDone, onError) => outcome.then(onDone, onError),
        async *[Symbol.asyncIterator]() {
          await outcome;
          yield { type: 'text', text: 'a' };
        },
      };
    },
  };
}

/** Ten ms pass whenever anybody looks. */
function tickingClock() {
  let nowMs = 0;
  return {
    now: () => {
      nowMs += 10;
      return nowMs;
    },
    sleep: async () => {},
  };
}

test('medians of text and pages of the same content, drawing apart, the first of each left out', async () => {
  const model = timedModel();
  const shares = [0.1, 0.2];
  const rows = await measureSpeed({
    model,
    lengths: [1024],
    repetitions: 3,
    loadFont,
    clock: tickingClock(),
    readCacheShare: async () => shares[model.prompts.length % 2],
  });
  assert.deepEqual(
    rows.map(({ form, repetitions, failed }) => [form, repetitions, failed]),
    [
      ['text', 3, 0],
      ['pages', 3, 0],
    ],
  );
  const [text, pages] = rows;
  // Calls take turns: text is 1, 3, 5, 7; the first is left out.
  assert.deepEqual([text!.firstTokenMs, pages!.firstTokenMs], [305, 106]);
  assert.deepEqual([text!.drawMs, pages!.drawMs], [0, 10]);
  assert.equal(text!.decodeTokensPerSecond, 100);
  assert.deepEqual([text!.cacheShare, pages!.cacheShare], [0.2, 0.1]);
  assert.ok(pages!.inputTokens! < text!.inputTokens!);
  const texts = model.prompts.filter((_, i) => i % 2 === 0).map(([message]) => JSON.stringify(message));
  assert.equal(new Set(texts).size, 4, 'no text twice: a cache of prefixes must not answer');
});

test('failed requests are left out and said, and a server that tells no memory is no error', async () => {
  const rows = await measureSpeed({
    model: timedModel(call => call === 3),
    lengths: [1024],
    repetitions: 2,
    loadFont,
    clock: tickingClock(),
    readCacheShare: () => Promise.reject(new Error('no such page')),
  });
  assert.deepEqual([rows[0]!.repetitions, rows[0]!.failed, rows[0]!.cacheShare], [1, 1, null]);
  assert.match(rows[0]!.failure!, /a fire/);
});

test('the cache’s share from the metrics of known servers', () => {
  const vllm =
    '# HELP vllm:kv_cache_usage_perc x\n# TYPE y gauge\nvllm:num_requests{a="b"} 3\nvllm:kv_cache_usage_perc{engine="0",model_name="a b"} 0.25\n';
  assert.equal(readCacheShare(vllm), 0.25);
  assert.equal(readCacheShare('sglang:token_usage 1e-2\n'), 0.01);
  assert.equal(readCacheShare('llamacpp:kv_cache_usage_ratio NaN\n'), undefined);
  assert.equal(readCacheShare('<html>404</html>'), undefined);
});
