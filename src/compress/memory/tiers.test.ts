import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultConfig } from '../../config/index.ts';
import { defaultTiers, type PageSize, planTiers } from './tiers.ts';

const area = ({ widthPx, heightPx }: PageSize) => widthPx * heightPx;

test('pages only ever fade, in batches, and as many stay in a tier as it says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 200 }), (batchPages, finished) => {
      const plan = planTiers(defaultTiers, batchPages, defaultConfig, area);
      const tiersAt = (pages: number) =>
        Array.from({ length: pages }, (_, page) => plan.tierOf(page, pages).number);
      const now = tiersAt(finished);
      assert.deepEqual(
        now,
        now.toSorted((a, b) => b - a),
      );
      const next = tiersAt(finished + 1);
      const moved = now.filter((tier, page) => next[page] !== tier).length;
      if ((finished + 1) % batchPages !== 0) assert.equal(moved, 0);
      assert.ok(now.every((tier, page) => next[page]! >= tier));
      const sharp = now.filter(tier => tier === 0).length;
      assert.ok(finished < 16 ? sharp === finished : sharp >= 16 && sharp < 16 + batchPages);
      assert.ok(now.filter(tier => tier === 1).length <= 32);
    }),
  );
});

test('a tier has fewer pixels of the same page, and one that is no cheaper is skipped', () => {
  const numbers = (countImage: (size: PageSize) => number) =>
    planTiers(defaultTiers, 8, defaultConfig, countImage).drawn.map(tier => tier.number);
  assert.deepEqual(numbers(area), [0, 1, 2]);
  assert.deepEqual(
    numbers(() => 256),
    [0, 0, 0],
  );
  assert.deepEqual(
    numbers(size => (size.widthPx > 300 ? 630 : 300)),
    [0, 0, 2],
  );
  const { drawn } = planTiers(defaultTiers, 8, defaultConfig, area);
  assert.deepEqual(
    drawn.map(tier => ({ ...tier.config, dpi: 72 })),
    drawn.map(() => defaultConfig),
  );
  assert.deepEqual(
    drawn.map(tier => tier.config.dpi),
    [72, 54, 36],
  );
});
