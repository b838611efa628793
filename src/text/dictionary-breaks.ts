/**
 * Where words end in scripts that write none of the spaces between them (Thai, Lao, Khmer, Burmese and kin). The one
 * file whose result depends on the run-time: `Intl.Segmenter` brings ICU's dictionaries, which are too large to ship
 * (a few MB) and change little between versions. Without it, the caller breaks between grapheme clusters.
 */

/** Longest piece handed to the segmenter, UTF-16 code units: its cost grows faster than the length. */
const pieceLength = 1000;

let segmenter: Intl.Segmenter | undefined;

/** Whether this run-time can find words at all. */
export const hasDictionary: boolean = typeof Intl !== 'undefined' && 'Segmenter' in Intl;

/**
 * Calls `found` with each word boundary strictly inside `text`, ascending. `text` is a run of one such script.
 * Needs `hasDictionary`.
 */
export function findWordBoundaries(text: string, found: (offset: number) => void): void {
  segmenter ??= new Intl.Segmenter('th', { granularity: 'word' });
  let start = 0;
  while (start < text.length) {
    const end = Math.min(text.length, start + pieceLength);
    let lastBoundary = start;
    for (const { index } of segmenter.segment(text.slice(start, end))) {
      if (start + index > lastBoundary) {
        lastBoundary = start + index;
        found(lastBoundary);
      }
    }
    // The last word may be cut short by the end of the piece: it is read again at the start of the next one.
    start = end === text.length || lastBoundary === start ? end : lastBoundary;
  }
}
