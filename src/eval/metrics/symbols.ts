/** Sequences to compare as numbers, equal symbols as equal numbers: characters by code point, words by order seen. */

/** The code points of a text; lone surrogates stay themselves. */
export function codePointsOf(text: string): Int32Array {
  const points = new Int32Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    points[length++] = point;
  }
  return points.subarray(0, length);
}

/** Numbers words; lists numbered by the same function compare. */
export function createNumbering(): (words: readonly string[]) => Int32Array {
  const numbers = new Map<string, number>();
  return words =>
    Int32Array.from(words, word => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, numbers.size);
      return numbers.size - 1;
    });
}
