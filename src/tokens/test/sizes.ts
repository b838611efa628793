/** Page sizes for the property tests: every half-way rounding size up to 4,000 px, and a spread of others. */

/** Whole sides at which Python's and JavaScript's rounding differ for cells of 14, 28, 32 and 56 px. */
export const halfWaySides: readonly number[] = [
  ...new Set(
    [14, 28, 32, 56].flatMap(cellPx => {
      const sides: number[] = [];
      for (let side = cellPx / 2; side <= 4000; side += cellPx) sides.push(side);
      return sides;
    }),
  ),
];

const partners = [1, 13, 350, 842, 1568, 2730];

/** About 8,000 (width, height) pairs, the same on every run. */
export const sizes: readonly (readonly [number, number])[] = [
  ...halfWaySides.flatMap(side =>
    partners.flatMap(partner => [[side, partner] as const, [partner, side] as const]),
  ),
  ...halfWaySides.map(side => [side, side] as const),
  ...spread(1500, 4000),
  ...spread(200, 120),
];

/** Pseudo-random pairs of 1 to `most`, by a linear congruential generator. */
function spread(count: number, most: number): (readonly [number, number])[] {
  let state = 12_345;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + (state % most);
  };
  return Array.from({ length: count }, () => [next(), next()] as const);
}
