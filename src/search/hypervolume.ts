/**
 * The area that a front of two objectives covers above a reference point: one number for how far a search has come
 * (Zitzler and Thiele 1999). Larger values are better in both objectives.
 */

/** Points that are not better than the reference in both count nothing. */
export function hypervolume(
  points: readonly (readonly number[])[],
  [x0 = 0, y0 = 0]: readonly number[],
): number {
  const above = points
    .map(([x = 0, y = 0]) => [x, y] as const)
    .filter(([x, y]) => x > x0 && y > y0)
    .sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  let area = 0;
  let top = y0;
  for (const [x, y] of above) {
    if (y <= top) continue;
    area += (x - x0) * (y - top);
    top = y;
  }
  return area;
}
