/** Events come out the same however the bytes are cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEvents } from './read-events.ts';

async function read(text: string, cuts: readonly number[], maxCharacters = 1000) {
  const bytes = new TextEncoder().encode(text);
  const ends = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  async function* chunks() {
    let start = 0;
    for (const end of [...ends, bytes.length]) {
      yield bytes.subarray(start, end);
      start = end;
    }
  }
  const events: { event: string | undefined; data: string }[] = [];
  for await (const { event, data } of readEvents(chunks(), maxCharacters, () => new Error('too large'))) {
    events.push({ event, data });
  }
  return events;
}

const text = ': hello\n\nevent: a\r\ndata: naïve 日本\r\n\r\ndata: 🙂\ndata: two\n\nid: 3\ndata: last';
const expected = [
  { event: 'a', data: 'naïve 日本' },
  { event: undefined, data: '🙂\ntwo' },
  { event: undefined, data: 'last' },
];

test('cut anywhere, inside of characters and line ends too', async () => {
  assert.deepEqual(
    await read(
      text,
      Array.from({ length: 200 }, (_, index) => index),
    ),
    expected,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), async cuts => {
      assert.deepEqual(await read(text, cuts), expected);
    }),
  );
});

test('an event longer than the limit is refused, in one line or many', async () => {
  await assert.rejects(read(`data: ${'x'.repeat(2000)}`, [500, 1000, 1500]), /too large/);
  await assert.rejects(read('data: xxxxxxxx\n'.repeat(200), [1000, 2000]), /too large/);
  assert.equal((await read('data: x\n\n'.repeat(500), [])).length, 500);
});

test('an empty body has no events', async () => {
  assert.deepEqual(await read('', []), []);
});
