/**
 * The script of a character (UAX #24) as an ISO 15924 tag: what shaping must know. Lookup in a table generated ahead, so the run-time's Unicode version plays no part.
 */
import { encodedRuns, scriptTags } from './generated/script-ranges.ts';

/** An ISO 15924 code, e.g. `Latn`, `Arab`; `Zyyy` common, `Zinh` inherited, `Zsye` emoji, `Zzzz` unassigned. */
export type ScriptTag = string;

interface ScriptTable {
  readonly tags: readonly ScriptTag[];
  /** First code point of each run, ascending. */
  readonly starts: Uint32Array;
  /** Index into `tags` of each run. */
  readonly tagOf: Uint8Array;
}

let table: ScriptTable | undefined;

function decodeTable(): ScriptTable {
  const numbers = encodedRuns.split(' ').map(digits => Number.parseInt(digits, 36));
  const starts = new Uint32Array(numbers.length / 2);
  const tagOf = new Uint8Array(numbers.length / 2);
  let start = 0;
  for (let run = 0; run < starts.length; run++) {
    starts[run] = start;
    tagOf[run] = numbers[2 * run + 1]!;
    start += numbers[2 * run]!;
  }
  return { tags: scriptTags.split(' '), starts, tagOf };
}

export function scriptOf(codePoint: number): ScriptTag {
  table ??= decodeTable();
  const { tags, starts, tagOf } = table;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= codePoint) low = middle;
    else high = middle - 1;
  }
  return tags[tagOf[low]!]!;
}
