/** What is learnt of a text while it streams by: its length, its longest line, and where in its UTF-8 to begin reading. */

export interface Survey {
  /** Pieces must not tear characters, as those of a text decoder do not. */
  add(piece: string): void;
  /** UTF-16 code units. */
  readonly length: number;
  /** Of the text as UTF-8. */
  readonly byteLength: number;
  readonly longestLine: number;
  /** Whether it holds nothing but white space. */
  readonly isBlank: boolean;
  /** Bytes that hold all of `start` to `end`, and the code units before them. */
  around(
    start: number,
    end: number,
  ): { readonly bytes: { readonly start: number; readonly end: number }; readonly units: number };
}

export function startSurvey(onText: (piece: string) => void): Survey {
  /** Bytes and code units before each piece. */
  const bytesBefore = [0];
  const unitsBefore = [0];
  let line = 0;
  let longestLine = 0;
  let isBlank = true;
  return {
    add(piece) {
      if (piece === '') return;
      bytesBefore.push(bytesBefore.at(-1)! + Buffer.byteLength(piece));
      unitsBefore.push(unitsBefore.at(-1)! + piece.length);
      if (isBlank) isBlank = !/\S/.test(piece);
      let from = 0;
      for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
        longestLine = Math.max(longestLine, line + end - from);
        line = 0;
        from = end + 1;
      }
      line += piece.length - from;
      longestLine = Math.max(longestLine, line);
      onText(piece);
    },
    get length() {
      return unitsBefore.at(-1)!;
    },
    get byteLength() {
      return bytesBefore.at(-1)!;
    },
    get longestLine() {
      return longestLine;
    },
    get isBlank() {
      return isBlank;
    },
    around(start, end) {
      const first = Math.max(0, firstAbove(unitsBefore, start) - 1);
      const last = Math.min(unitsBefore.length - 1, firstAbove(unitsBefore, end - 1));
      return { bytes: { start: bytesBefore[first]!, end: bytesBefore[last]! }, units: unitsBefore[first]! };
    },
  };
}

/** Place of the first number above `value`; the length of the list where there is none. */
function firstAbove(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
