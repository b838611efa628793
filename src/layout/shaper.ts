/**
 * Words that need shaping, each distinct one shaped once. A word is cut into grapheme clusters (UAX #29); each cluster
 * takes the first font of the chain that has all its characters; clusters of one font and script go to HarfBuzz
 * together. Clusters that no font has become visible boxes.
 */
import { type Direction, type FontChain, fontIndexOf, glyphKey, missingFontIndex } from '../font/index.ts';
import { CONTROL, characterClass, graphemeBoundaries, isDefaultIgnorable, scriptOf } from '../text/index.ts';

/** Glyphs of a word in visual order, pen positions relative to the word's left edge, pt. */
export interface ShapedWord {
  readonly keys: Uint32Array;
  readonly xPt: Float64Array;
  readonly risePt: Float64Array;
  readonly widthPt: number;
}

/** Clusters of one font and script. */
interface Run {
  fontIndex: number;
  script: string;
  text: string;
}

/** Bounds the cache; real texts have far fewer distinct words that need shaping. */
const maxCachedWords = 50_000;

export class WordShaper {
  readonly #fonts: FontChain;
  readonly #fontSize: number;
  readonly #cache = new Map<string, ShapedWord>();

  constructor(fonts: FontChain, fontSize: number) {
    this.#fonts = fonts;
    this.#fontSize = fontSize;
  }

  shape(word: string, direction: Direction): ShapedWord {
    const cacheKey = direction === 'rtl' ? `\u200f${word}` : word;
    let shaped = this.#cache.get(cacheKey);
    if (shaped === undefined) {
      shaped = this.#shape(word, direction);
      if (this.#cache.size >= maxCachedWords) this.#cache.clear();
      this.#cache.set(cacheKey, shaped);
    }
    return shaped;
  }

  #shape(word: string, direction: Direction): ShapedWord {
    const keys: number[] = [];
    const xPt: number[] = [];
    const risePt: number[] = [];
    let penPt = 0;
    const runs = this.#runs(word);
    if (direction === 'rtl') runs.reverse();
    for (const { fontIndex, script, text } of runs) {
      if (fontIndex === missingFontIndex) {
        for (const character of text) {
          const key = glyphKey(missingFontIndex, character.codePointAt(0)!);
          keys.push(key);
          xPt.push(penPt);
          risePt.push(0);
          penPt += this.#fonts.advance(key) * this.#fontSize;
        }
        continue;
      }
      const run = this.#fonts.face(fontIndex).shape(text, direction, script);
      run.glyphIds.forEach((glyphId, i) => {
        keys.push(glyphKey(fontIndex, glyphId));
        xPt.push(penPt + run.dx[i]! * this.#fontSize);
        risePt.push(run.dy[i]! * this.#fontSize);
        penPt += run.advances[i]! * this.#fontSize;
      });
    }
    return {
      keys: Uint32Array.from(keys),
      xPt: Float64Array.from(xPt),
      risePt: Float64Array.from(risePt),
      widthPt: penPt,
    };
  }

  #runs(word: string): Run[] {
    const runs: Run[] = [];
    let last: Run | undefined;
    let start = 0;
    for (const end of graphemeBoundaries(word)) {
      const cluster = word.slice(start, end);
      start = end;
      const fontIndex = this.#fontOf(cluster);
      const script = scriptOf(cluster.codePointAt(0)!);
      const isCommon = script === 'Zyyy' || script === 'Zinh';
      if (
        last !== undefined &&
        last.fontIndex === fontIndex &&
        (isCommon || last.script === script || last.script === 'Zyyy')
      ) {
        last.text += cluster;
        if (!isCommon) last.script = script;
      } else {
        last = { fontIndex, script: isCommon ? 'Zyyy' : script, text: cluster };
        runs.push(last);
      }
    }
    return runs;
  }

  /** The first font that has every character of a cluster; else the one that has its base. */
  #fontOf(cluster: string): number {
    if (characterClass[cluster.charCodeAt(0)] === CONTROL) return missingFontIndex;
    const codePoints = Array.from(cluster, character => character.codePointAt(0)!);
    const visible = codePoints.filter(codePoint => !isDefaultIgnorable(codePoint));
    const base = visible[0];
    if (base === undefined) return 0;
    const baseFont = fontIndexOf(this.#fonts.keyOf(base));
    if (visible.every(codePoint => fontIndexOf(this.#fonts.keyOf(codePoint)) === baseFont)) return baseFont;
    return this.#fonts.indexCovering(visible) ?? baseFont;
  }
}
