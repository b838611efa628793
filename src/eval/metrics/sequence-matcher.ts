/**
 * The ratio of Python's `difflib.SequenceMatcher`, over code points: find the longest matching block, then those left
 * and right of it. MRCR's grade and LongBench's code metric are made of it. The order of the arguments matters.
 */
import { codePointsOf } from './symbols.ts';

export interface SequenceRatioOptions {
  /**
   * `on` as in Python: where `b` has 200 code points or more, those that make up more than about 1% of it start no
   * block. On prose that is nearly all of them, so blocks start at rare characters only.
   */
  readonly autojunk?: 'on' | 'off';
}

/** Twice the matched code points ÷ the lengths: 1 for equal texts. */
export function sequenceRatio(a: string, b: string, options: SequenceRatioOptions = {}): number {
  const [first, second] = [codePointsOf(a), codePointsOf(b)];
  const length = first.length + second.length;
  if (length === 0) return 1;
  const places = placesOf(second);
  if (options.autojunk !== 'off' && second.length >= 200) {
    const popular = Math.floor(second.length / 100) + 1;
    for (const [point, list] of places) if (list.length > popular) places.delete(point);
  }
  return (2 * countMatches(first, second, places)) / length;
}

type Places = Map<number, number[]>;

function placesOf(points: Int32Array): Places {
  const places: Places = new Map();
  for (let j = 0; j < points.length; j++) {
    const list = places.get(points[j]!);
    if (list === undefined) places.set(points[j]!, [j]);
    else list.push(j);
  }
  return places;
}

/** A range of `a` and a range of `b`; ends are exclusive. */
type Range = readonly [aStart: number, aEnd: number, bStart: number, bEnd: number];

function countMatches(a: Int32Array, b: Int32Array, places: Places): number {
  const findLongest = createBlockFinder(a, b, places);
  const open: Range[] = [[0, a.length, 0, b.length]];
  let matches = 0;
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [aStart, aEnd, bStart, bEnd] = range;
    const [i, j, size] = findLongest(range);
    if (size === 0) continue;
    matches += size;
    if (aStart < i && bStart < j) open.push([aStart, i, bStart, j]);
    if (i + size < aEnd && j + size < bEnd) open.push([i + size, aEnd, j + size, bEnd]);
  }
  return matches;
}

type Block = readonly [aStart: number, bStart: number, size: number];

function createBlockFinder(a: Int32Array, b: Int32Array, places: Places): (range: Range) => Block {
  const none: number[] = [];
  const placesInB = Array.from(a, point => places.get(point) ?? none);
  // Length of the match that ends at place j of b (kept at j + 1) and at the row before, or this one, of a.
  let before = new Int32Array(b.length + 1);
  let current = new Int32Array(b.length + 1);

  return ([aStart, aEnd, bStart, bEnd]) => {
    let [bestI, bestJ, bestSize] = [aStart, bStart, 0];
    let [clearList, clearFrom, clearTo] = [none, 0, 0];
    const clear = () => {
      for (let k = clearFrom; k < clearTo; k++) before[clearList[k]! + 1] = 0;
    };
    for (let i = aStart; i < aEnd; i++) {
      const list = placesInB[i]!;
      const from = firstAtLeast(list, bStart);
      let k = from;
      for (; k < list.length && list[k]! < bEnd; k++) {
        const j = list[k]!;
        const size = before[j]! + 1;
        current[j + 1] = size;
        if (size > bestSize) {
          bestI = i - size + 1;
          bestJ = j - size + 1;
          bestSize = size;
        }
      }
      clear();
      [before, current] = [current, before];
      clearList = list;
      clearFrom = from;
      clearTo = k;
    }
    clear();
    // Popular characters start no block but lengthen one.
    while (bestI > aStart && bestJ > bStart && a[bestI - 1] === b[bestJ - 1]) {
      bestI--;
      bestJ--;
      bestSize++;
    }
    while (bestI + bestSize < aEnd && bestJ + bestSize < bEnd && a[bestI + bestSize] === b[bestJ + bestSize])
      bestSize++;
    return [bestI, bestJ, bestSize];
  };
}

/** Index of the first element that is not below `bound`, of an ascending list. */
function firstAtLeast(list: readonly number[], bound: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
