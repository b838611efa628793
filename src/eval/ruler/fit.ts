/**
 * Finds the size at which a made text has the asked number of tokens. Tokens grow nearly in line with size, so a
 * small build tells the slope and one or two whole ones land; each whole text is counted once per try.
 */

export interface Fitted<T> {
  readonly built: T;
  readonly tokens: number;
}

/** A text may be so much shorter than asked. */
const tolerance = 0.02;

/** Units of the small build that tells the slope. */
const probeSize = 400;
const mostTries = 12;
/** Where a counter makes so little of a unit, it counts no tokens. */
const mostUnitsPerToken = 16;

/**
 * The first build that is at most `length` tokens and at most 2 % shorter; undefined where no size is.
 * @param count tokens of what was built
 */
export function fitSize<T>(
  length: number,
  build: (size: number) => T,
  count: (built: T) => number,
): Fitted<T> | undefined {
  const measure = (size: number) => {
    const built = build(size);
    return { size, built, tokens: count(built) };
  };
  const fits = ({ tokens }: Fitted<T>) => tokens <= length && tokens >= length * (1 - tolerance);
  const goal = length * (1 - tolerance / 4);
  let low = measure(1);
  if (low.tokens > length) return undefined;
  if (fits(low)) return low;
  let high: typeof low | undefined;
  let probe = measure(probeSize);
  for (let tries = 0; !fits(probe); tries++) {
    const slope = (probe.tokens - low.tokens) / (probe.size - low.size);
    if (probe.tokens > length) high = probe;
    else low = probe;
    const isStuck = !(slope > 0) || (high !== undefined && high.size - low.size <= 1);
    if (isStuck || tries === mostTries) return undefined;
    const guess = Math.round(low.size + (goal - low.tokens) / slope);
    const most = high === undefined ? mostUnitsPerToken * length : high.size - 1;
    probe = measure(Math.min(Math.max(guess, low.size + 1), most));
  }
  return probe;
}
