/** Drawing from lists with a seeded generator. */
import type { Random } from '../../base/index.ts';

/** All of the list in random order (Fisher-Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** Draws until it has drawn something new. `used` remembers. */
export function drawNew(used: Set<string>, draw: () => string): string {
  for (;;) {
    const drawn = draw();
    if (used.has(drawn)) continue;
    used.add(drawn);
    return drawn;
  }
}

/** `count` different places from 0 to before `size`, in order. */
export function drawPlaces(size: number, count: number, random: Random): number[] {
  const places = new Set<number>();
  while (places.size < count) places.add(random.integer(0, size - 1));
  return [...places].sort((a, b) => a - b);
}
