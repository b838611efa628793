/** Everything about text before layout: bytes to paragraphs, classes of characters, scripts, breaks, directions. */
export {
  type BidiLevels,
  bidiLevels,
  type Direction,
  needsBidi,
  type VisualRun,
  visualRuns,
} from './bidi.ts';
export { breakPairs, canBreakBetween } from './break-pairs.ts';
export { breakOffsets } from './breaks.ts';
export {
  CLOSE,
  CLOSE_WIDE,
  COMPLEX,
  CONTROL,
  characterClass,
  GLUE,
  HANGUL,
  IDEOGRAPH,
  IGNORABLE,
  isSimple,
  NEWLINE,
  OPEN,
  OPEN_WIDE,
  QUOTE,
  SPACE,
  TAB,
  WORD,
  ZERO_WIDTH_SPACE,
} from './classes.ts';
export type { InvalidBytes } from './codecs.ts';
export { type ContentKind, type ContentSegment, contentKinds, contentSegments } from './content.ts';
export {
  createTextDecoder,
  type DecodedText,
  type DecodeOptions,
  decodeText,
  type StreamDecoder,
} from './decode.ts';
export { isDefaultIgnorable } from './default-ignorable.ts';
export { graphemeBoundaries } from './graphemes.ts';
export { softNewlineIsSpace } from './line-join.ts';
export {
  createParagraphSplitter,
  type Paragraph,
  type ParagraphSplitter,
  type ReflowMode,
} from './paragraphs.ts';
export {
  type RelevantPassage,
  relevantPassages,
  scorePassages,
  termsOf,
  trigramsOf,
} from './relevance.ts';
export { type ScriptTag, scriptOf } from './scripts.ts';
export { detectHardWrap } from './wrap-width.ts';
