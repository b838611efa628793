/** What a RULER generator makes of one sample, and the size it makes it in. */
import type { Random } from '../../base/index.ts';

export interface RulerParts {
  /** A solved task of the same kind, '' for none. Glyph's form leaves it out of the pages. */
  readonly example: string;
  readonly instruction: string;
  readonly context: string;
  readonly question: string;
  /** How the answer begins. */
  readonly answerPrefix: string;
  readonly targets: readonly string[];
}

export interface RulerGenerator {
  /** Output tokens RULER allows. */
  readonly maxTokens: number;
  /** Below this a sample of the right length cannot be made: the fixed parts alone are longer, or a step is. */
  readonly leastLength: number;
  /** Which of the targets an answer must contain. */
  readonly metric: 'string_match_all' | 'string_match_part';
  /**
   * The sample with a context of `size` small units (words or sentences). The same random numbers and another size
   * give the same question over a longer or shorter context.
   */
  build(random: Random, size: number, setting: RulerSetting): RulerParts;
}

export interface RulerSetting {
  /** Asked, tokens; sets a few counts. */
  readonly length: number;
  /** Of the sample among those of its length, from 0. */
  readonly index: number;
}
