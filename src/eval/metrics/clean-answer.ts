/** Taking an answer out of what a model wrote: reasoning, chat tags, and what Glyph's own scripts do before scoring. */
import { collapseSpace, strip } from './python-text.ts';

const [thinkStart, thinkEnd] = ['<think>', '</think>'];

/** Without closed `<think>` blocks; one that is not closed stays. */
export function removeThinking(text: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf(thinkStart, from);
    const end = start === -1 ? -1 : text.indexOf(thinkEnd, start);
    if (end === -1) return kept + text.slice(from);
    kept += text.slice(from, start);
    from = end + thinkEnd.length;
  }
}

/** Glyph's `clear_pred` for LongBench: no closed think blocks, no `<|…|>` tags, one space for any white space. */
export function clearPrediction(text: string): string {
  return collapseSpace(removeThinking(text).replace(/<\|[^|\n]*\|>/g, ''));
}

/** What Glyph's MRCR script grades: the text after the reasoning, without the user tag. */
export function clearMrcrResponse(text: string): string {
  const end = text.lastIndexOf(thinkEnd);
  const answer = end === -1 ? text : text.slice(end + thinkEnd.length);
  return strip(answer).replaceAll('<|user|>', '');
}
