/**
 * The main font and its fallbacks, as one thing to ask: which font has this character, how far does it advance, how
 * does it look. Fallback files are read only when a text needs them. Answers for the Basic Multilingual Plane lie in
 * plain tables indexed by UTF-16 code unit, because layout asks for every character of every page.
 */
import { GlyphError } from '../base/index.ts';
import { type FontFace, openFont } from './font.ts';
import { fontIndexOf, glyphIdOf, glyphKey, isMissing, missingFontIndex } from './glyph-key.ts';
import { prepareHarfBuzz } from './harfbuzz.ts';
import { missingAdvance, missingOutline } from './missing.ts';
import type { Outline } from './outline.ts';

/** A font asked for by family or by file. */
export interface FontRequest {
  readonly family?: string;
  readonly path?: string;
  readonly index?: number;
  readonly variations?: string;
}

/** A font file's bytes; `index` where a family sits inside a collection. */
export interface FontFile {
  readonly bytes: Uint8Array;
  readonly index?: number;
}

/** Finds a font file. Throws GlyphError kind `font` when there is none; given by the surroundings (Node, browser). */
export type LoadFont = (request: FontRequest) => Promise<FontFile>;

const unknown = 0xffffffff;

/** The main font first, then the fallbacks in order; at most 255. */
export class FontChain {
  readonly requests: readonly FontRequest[];
  /** Glyph key of each BMP code unit; filled by `ensure`. */
  readonly unitKeys = new Uint32Array(0x10000).fill(unknown);
  /** Pen advance of each BMP code unit, em; filled by `ensure`. */
  readonly unitAdvances = new Float64Array(0x10000);
  readonly #load: LoadFont;
  readonly #faces: (FontFace | undefined)[] = [];
  readonly #keys = new Map<number, number>();
  /** 1 for code units that `ensure` need not look at again. */
  readonly #isKnown = new Uint8Array(0x10000);

  private constructor(requests: readonly FontRequest[], load: LoadFont) {
    this.requests = requests;
    this.#load = load;
  }

  /** Opens the main font. @throws GlyphError kind `font` when it is missing or damaged. */
  static async open(requests: readonly FontRequest[], load: LoadFont): Promise<FontChain> {
    if (requests.length === 0 || requests.length > missingFontIndex) {
      const operation = 'open the font chain';
      throw new GlyphError({
        kind: 'font',
        operation,
        expected: '1 to 255 fonts',
        actual: `${requests.length}`,
      });
    }
    const chain = new FontChain(requests, load);
    await prepareHarfBuzz();
    await chain.loadFace(0);
    return chain;
  }

  get main(): FontFace {
    return this.face(0);
  }

  /** Places in the chain of the fonts loaded so far. */
  get loadedIndexes(): number[] {
    return [...this.#faces.keys()].filter(index => this.#faces[index] !== undefined);
  }

  /** A face already loaded by `ensure` or `loadFace`. */
  face(index: number): FontFace {
    const face = this.#faces[index];
    if (face === undefined) throw new Error(`font ${index} of the chain is not loaded`);
    return face;
  }

  async loadFace(index: number): Promise<FontFace> {
    const loaded = this.#faces[index];
    if (loaded !== undefined) return loaded;
    const request = this.requests[index]!;
    const file = await this.#load(request);
    const face = openFont(file.bytes, {
      name: request.path || request.family || `font ${index}`,
      index: request.index || file.index || 0,
      ...(request.variations === undefined ? {} : { variations: request.variations }),
    });
    this.#faces[index] = face;
    return face;
  }

  /** Looks up every character of a text, reading fallback fonts as needed; `keyOf` then knows them. */
  async ensure(text: string): Promise<void> {
    for (let i = this.#firstUnknown(text, 0); i < text.length; i = this.#firstUnknown(text, i + 1)) {
      const codePoint = text.codePointAt(i)!;
      if (codePoint > 0xffff) {
        i++;
        if (!this.#keys.has(codePoint)) this.#keys.set(codePoint, await this.#find(codePoint));
      } else if (this.unitKeys[codePoint] === unknown) {
        const key = await this.#find(codePoint);
        this.unitKeys[codePoint] = key;
        this.unitAdvances[codePoint] = this.advance(key);
        this.#isKnown[codePoint] = (codePoint & 0xf800) === 0xd800 ? 0 : 1;
      }
    }
  }

  /** The first offset from `from` on of a code unit that must be looked at: unknown or a surrogate. */
  #firstUnknown(text: string, from: number): number {
    const isKnown = this.#isKnown;
    let i = from;
    while (i < text.length && isKnown[text.charCodeAt(i)] === 1) i++;
    return i;
  }

  async #find(codePoint: number): Promise<number> {
    for (let index = 0; index < this.requests.length; index++) {
      const glyphId = (await this.loadFace(index)).glyphId(codePoint);
      if (glyphId !== 0) return glyphKey(index, glyphId);
    }
    return glyphKey(missingFontIndex, codePoint);
  }

  /** The glyph of a code point that `ensure` has seen. */
  keyOf(codePoint: number): number {
    const key = codePoint > 0xffff ? this.#keys.get(codePoint) : this.unitKeys[codePoint];
    if (key === undefined || key === unknown)
      throw new Error(`ensure() has not seen U+${codePoint.toString(16)}`);
    return key;
  }

  /** The first loaded font that has all of the code points. */
  indexCovering(codePoints: readonly number[]): number | undefined {
    const index = this.#faces.findIndex(
      face => face !== undefined && codePoints.every(codePoint => face.glyphId(codePoint) !== 0),
    );
    return index < 0 ? undefined : index;
  }

  /** Pen advance of a glyph, em. */
  advance(key: number): number {
    if (isMissing(key)) return missingAdvance(glyphIdOf(key), this.main);
    return this.face(fontIndexOf(key)).advance(glyphIdOf(key));
  }

  outline(key: number): Outline {
    if (isMissing(key)) return missingOutline(glyphIdOf(key), this.main);
    return this.face(fontIndexOf(key)).outline(glyphIdOf(key));
  }
}
