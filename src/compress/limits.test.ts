import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupPages, imageBytes, roomOf } from './limits.ts';

test('what nobody limits is unlimited; the caller’s and the model’s own limits hold together', () => {
  const free = roomOf({}, { answerTokens: 100, maxTokens: undefined, imagesPerRequest: undefined });
  assert.deepEqual(free, { images: Infinity, bytes: Infinity, tokens: Infinity });
  const room = roomOf(
    { contextTokens: 1000, imagesPerRequest: 20, requestBytes: 1_000_000 },
    { answerTokens: 100, maxTokens: 950, imagesPerRequest: 5 },
  );
  assert.deepEqual(room, { images: 5, bytes: 800_000, tokens: 900 });
});

test('unless said otherwise a small context keeps an eighth for the answer, a large one 4096 tokens', () => {
  const tokens = (contextTokens: number) =>
    roomOf({ contextTokens }, { answerTokens: undefined, maxTokens: undefined, imagesPerRequest: undefined })
      .tokens;
  assert.deepEqual([tokens(2048), tokens(100_000)], [1792, 95_904]);
});

test('groups hold every page once, in order, within all limits, and no fewer would do', () => {
  const page = fc.record({
    tokens: fc.integer({ min: 1, max: 50 }),
    byteLength: fc.integer({ min: 0, max: 900 }),
  });
  fc.assert(
    fc.property(
      fc.array(page, { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 60, max: 200 }),
      fc.integer({ min: 1500, max: 5000 }),
      fc.integer({ min: 0, max: 10 }),
      (sizes, images, tokens, bytes, fixedTokens) => {
        const pages = sizes.map((size, i) => ({ number: i + 1, ...size }));
        const groups = groupPages(pages, { images, tokens, bytes }, { tokens: fixedTokens, bytes: 0 })!;
        assert.deepEqual(
          groups.flat(),
          pages.map(each => each.number),
        );
        const costOf = (numbers: readonly number[]) => {
          const chosen = numbers.map(number => pages[number - 1]!);
          return {
            tokens: chosen.reduce((sum, each) => sum + each.tokens, fixedTokens),
            bytes: chosen.reduce((sum, each) => sum + imageBytes(each.byteLength), 0),
          };
        };
        for (const [i, group] of groups.entries()) {
          const cost = costOf(group);
          assert.ok(group.length <= images && cost.tokens <= tokens && cost.bytes <= bytes);
          const next = groups[i + 1]?.[0];
          if (next === undefined) continue;
          const more = costOf([...group, next]);
          assert.ok(group.length === images || more.tokens > tokens || more.bytes > bytes);
        }
      },
    ),
  );
});

test('a page that fits nowhere is said so', () => {
  const page = { number: 1, tokens: 10, byteLength: 10 };
  const room = { images: 1, tokens: 9, bytes: Infinity };
  assert.equal(groupPages([page], room, { tokens: 0, bytes: 0 }), undefined);
  assert.equal(groupPages([{ ...page, tokens: 1 }, page], room, { tokens: 0, bytes: 0 }), undefined);
  assert.deepEqual(groupPages([], room, { tokens: 0, bytes: 0 }), []);
});
