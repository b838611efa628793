/**
 * Which member of the front is recommended: what the user asked for, or the knee. The preference plays no part in the
 * search itself.
 */

export interface Preference {
  /** 0 to 1: of those at least as accurate, the densest. */
  readonly minAccuracy?: number | undefined;
  /** Of those at least as dense, the most accurate. */
  readonly minRatio?: number | undefined;
}

export interface Recommendation<T> {
  readonly candidate: T;
  /** Why this one, e.g. "the densest of those with accuracy 95.0 % or more". */
  readonly reason: string;
  /** Whether it keeps to the preference; without one, always. */
  readonly isMet: boolean;
}

type Ranked = { readonly values: readonly number[] };

/** @param front values: accuracy, compression. Undefined for an empty one. */
export function recommend<T extends Ranked>(
  front: readonly T[],
  preference: Preference,
): Recommendation<T> | undefined {
  const { minAccuracy, minRatio } = preference;
  if (front.length === 0) return undefined;
  if (minAccuracy === undefined && minRatio === undefined)
    return { candidate: knee(front), reason: 'the knee of the front', isMet: true };
  const fits = front.filter(
    ({ values }) => accuracyOf(values) >= (minAccuracy ?? 0) && ratioOf(values) >= (minRatio ?? 0),
  );
  const wanted = [
    ...(minAccuracy === undefined ? [] : [`accuracy ${(100 * minAccuracy).toFixed(1)} % or more`]),
    ...(minRatio === undefined ? [] : [`compression ${minRatio} or more`]),
  ].join(' and ');
  if (fits.length === 0) {
    const candidate = nearest(front, preference);
    return { candidate, reason: `none has ${wanted}; this one is nearest`, isMet: false };
  }
  return minAccuracy === undefined
    ? {
        candidate: highest(fits, accuracyOf),
        reason: `the most accurate of those with ${wanted}`,
        isMet: true,
      }
    : { candidate: highest(fits, ratioOf), reason: `the densest of those with ${wanted}`, isMet: true };
}

const accuracyOf = (values: readonly number[]): number => values[0]!;
const ratioOf = (values: readonly number[]): number => values[1]!;

const highest = <T extends Ranked>(list: readonly T[], of: (values: readonly number[]) => number): T =>
  list.reduce((best, each) => (of(each.values) > of(best.values) ? each : best));

/** Farthest above the line between the two ends of the front, both axes brought to the same length. */
function knee<T extends Ranked>(front: readonly T[]): T {
  const [accuracies, ratios] = [
    front.map(({ values }) => accuracyOf(values)),
    front.map(({ values }) => ratioOf(values)),
  ];
  const [lowA, lowR] = [Math.min(...accuracies), Math.min(...ratios)];
  const [spanA, spanR] = [Math.max(...accuracies) - lowA || 1, Math.max(...ratios) - lowR || 1];
  return highest(front, values => (accuracyOf(values) - lowA) / spanA + (ratioOf(values) - lowR) / spanR);
}

/** Least short of what is wanted, as shares of it. */
function nearest<T extends Ranked>(front: readonly T[], { minAccuracy = 0, minRatio = 0 }: Preference): T {
  const short = (value: number, least: number) => (least === 0 ? 0 : Math.max(0, least - value) / least);
  return highest(
    front,
    values => -(short(accuracyOf(values), minAccuracy) + short(ratioOf(values), minRatio)),
  );
}
