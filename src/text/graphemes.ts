/**
 * Grapheme clusters (UAX #29), what a reader takes for one character: a text is never cut inside one. From a package
 * with its own Unicode tables, since `Intl.Segmenter` differs between run-times and is slow on long strings.
 */
import { graphemeSegments } from 'unicode-segmenter/grapheme';

/** The offset where each grapheme cluster ends, ascending; the last is `text.length`. UTF-16 code units. */
export function graphemeBoundaries(text: string): Int32Array {
  const ends = new Int32Array(text.length);
  let count = 0;
  for (const { index } of graphemeSegments(text)) {
    if (index > 0) ends[count++] = index;
  }
  if (text.length > 0) ends[count++] = text.length;
  return ends.subarray(0, count);
}
