/**
 * Whole-number arithmetic the published rules are written in. Python's `round` takes halves to the even neighbour
 * (JavaScript's `Math.round` takes them up), which moves counts at every half-way size; a division of whole numbers
 * rounded up has no floating-point seam.
 */

/** Python 3 `round(x)` for finite x: 2.5 → 2, 3.5 → 4. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest < 0.5) return below;
  if (rest > 0.5) return below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** The smallest whole number not below a / b, for whole a ≥ 0 and b > 0 with a below 2^53. */
export function divideUp(a: number, b: number): number {
  return Math.floor((a + b - 1) / b);
}

/** The largest whole number that divides both. */
export const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
