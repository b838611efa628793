import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { enlarge } from './enlarge.ts';
import type { GreyPage } from './grey-page.ts';

const page = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([widthPx, heightPx]) =>
    fc
      .uint8Array({ minLength: widthPx * heightPx, maxLength: widthPx * heightPx })
      .map((data): GreyPage => ({ widthPx, heightPx, data })),
  );
const factor = fc.integer({ min: 1, max: 4 });

const turned = ({ widthPx, heightPx, data }: GreyPage): GreyPage => ({
  widthPx: heightPx,
  heightPx: widthPx,
  data: Uint8Array.from(
    { length: data.length },
    (_, i) => data[(i % heightPx) * widthPx + Math.floor(i / heightPx)]!,
  ),
});

test('an even page stays even at every size', () => {
  fc.assert(
    fc.property(
      page,
      factor,
      fc.integer({ min: 0, max: 255 }),
      ({ widthPx, heightPx, data }, times, grey) => {
        const large = enlarge({ widthPx, heightPx, data: data.fill(grey) }, times);
        assert.deepEqual([large.widthPx, large.heightPx], [widthPx * times, heightPx * times]);
        assert.deepEqual(large.data, new Uint8Array(widthPx * heightPx * times ** 2).fill(grey));
      },
    ),
  );
});

test('both axes are treated alike', () => {
  fc.assert(
    fc.property(page, factor, (each, times) => {
      const large = enlarge(each, times);
      const other = turned(enlarge(turned(each), times));
      // Sums in another order may round to the next grey.
      assert.ok(large.data.every((grey, i) => Math.abs(grey - other.data[i]!) <= 1));
    }),
  );
});

test('the middle pixel of three is the source’s own, and an edge overshoots on both sides without wrapping', () => {
  const data = Uint8Array.from([...new Array(8).fill(0), ...new Array(8).fill(255)]);
  const edge = enlarge({ widthPx: 16, heightPx: 1, data }, 3).data.subarray(48, 96);
  for (let x = 0; x < 16; x++) assert.equal(edge[3 * x + 1], data[x]);
  const soft = Uint8Array.from(data, grey => (grey === 0 ? 100 : 200));
  const softEdge = enlarge({ widthPx: 16, heightPx: 1, data: soft }, 3).data;
  assert.ok(Math.min(...softEdge) < 100 && Math.max(...softEdge) > 200);
});
