/** Cuts a text, as it is written, at the first stop string: nothing of one is let through, not even its beginning. */

export interface StopText {
  /** Whether a stop string was met. */
  readonly isStopped: boolean;
  /** What of the text so far is safe to show and was not shown yet. */
  take(more: string): string;
  /** What was held back. */
  rest(): string;
}

export function createStopText(stops: readonly string[] = []): StopText {
  let held = '';
  let isStopped = false;
  return {
    get isStopped() {
      return isStopped;
    },
    take(more) {
      if (isStopped) return '';
      held += more;
      const found = stops.map(stop => held.indexOf(stop)).filter(at => at >= 0);
      isStopped = found.length > 0;
      const safe = isStopped ? Math.min(...found) : held.length - longestBeginning(held, stops);
      const given = held.slice(0, safe);
      held = isStopped ? '' : held.slice(safe);
      return given;
    },
    rest() {
      const last = held;
      held = '';
      return last;
    },
  };
}

/** Length of the longest end of the text that a stop string begins with. */
function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--)
      if (text.endsWith(stop.slice(0, length))) longest = length;
  }
  return longest;
}
