import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, type Weighted } from './random.ts';

test('a seed starts the same sequence on every machine', () => {
  const random = createRandom('pinned');
  const drawn = [random.next(), random.next(), random.integer(0, 1_000_000), random.pick(['a', 'b', 'c'])];
  assert.deepEqual(drawn, [0.8209849669053595, 0.11810695681849215, 3887, 'a']);
});

test('a number and its text are the same seed, near seeds are not', () => {
  assert.equal(createRandom(7).next(), createRandom('7').next());
  assert.notEqual(createRandom(7).next(), createRandom(8).next());
});

test('draws stay in their range', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.nat(1_000_000), (seed, min, extent) => {
      const random = createRandom(seed);
      const fraction = random.next();
      const whole = random.integer(min, min + extent);
      assert.ok(fraction >= 0 && fraction < 1);
      assert.ok(Number.isInteger(whole) && whole >= min && whole <= min + extent);
    }),
  );
});

test('next is uniform and integer reaches both ends', () => {
  const random = createRandom('uniform');
  const bins = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 20_000; draw++) bins[Math.floor(random.next() * 10)]! += 1;
  for (const count of bins) assert.ok(Math.abs(count - 2000) < 200, `${count} of 2000`);
  const seen = new Set(Array.from({ length: 200 }, () => random.integer(3, 6)));
  assert.deepEqual([...seen].sort(), [3, 4, 5, 6]);
});

test('weighted follows the weights and never takes a zero', () => {
  const random = createRandom('weights');
  const list: Weighted<string>[] = [
    [3, 'often'],
    [0, 'never'],
    [1, 'seldom'],
  ];
  const counts = new Map<string, number>();
  for (let draw = 0; draw < 8000; draw++) {
    const value = random.weighted(list);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  assert.equal(counts.get('never'), undefined);
  assert.ok(Math.abs(counts.get('often')! - 6000) < 200);
});

test('nothing to choose from is an error', () => {
  const random = createRandom(1);
  assert.throws(() => random.pick([]), /random pick: expected at least one choice/);
  assert.throws(() => random.weighted([[0, 'never']]), /random weighted/);
});
