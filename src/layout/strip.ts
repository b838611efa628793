/**
 * A paragraph set in one endless line: every glyph with its pen position, as if the page were infinitely wide. Lines
 * are then cut from it, so a glyph is measured once and a line break moves nothing.
 */
export class Strip {
  count = 0;
  /** Pen after the last glyph or space, pt. */
  penPt = 0;
  /** Spaces so far that stretch and shrink with the line. */
  spaces = 0;
  /** Those of them at which a line may end; only these let a line run over its width, as the published renderer. */
  breakableSpaces = 0;
  #hasMarks = false;
  readonly key: Uint32Array;
  /** Pen before each glyph, pt. */
  readonly startPt: Float64Array;
  /** Stretchable spaces before each glyph. */
  readonly spacesBefore: Uint32Array;
  /** Offset in the paragraph of the character each glyph shows. */
  readonly at: Uint32Array;
  /** 1 for newline marks; all 0 where there are none. */
  readonly ink: Uint8Array;
  /** Height above the baseline, pt; who shapes sets it for every glyph, else all are 0. */
  readonly risePt: Float64Array;

  constructor(capacity: number) {
    this.key = new Uint32Array(capacity);
    this.startPt = new Float64Array(capacity);
    this.spacesBefore = new Uint32Array(capacity);
    this.at = new Uint32Array(capacity);
    this.ink = new Uint8Array(capacity);
    this.risePt = new Float64Array(capacity);
  }

  /** Empties the strip for a paragraph of up to `glyphs` glyphs. */
  reset(glyphs: number): Strip {
    const strip = glyphs > this.key.length ? new Strip(Math.max(glyphs, 2 * this.key.length)) : this;
    if (strip.#hasMarks) strip.ink.fill(0);
    strip.#hasMarks = false;
    strip.count = 0;
    strip.penPt = 0;
    strip.spaces = 0;
    strip.breakableSpaces = 0;
    return strip;
  }

  addMark(key: number, advancePt: number, at: number): void {
    this.ink[this.count] = 1;
    this.#hasMarks = true;
    this.add(key, advancePt, at);
  }

  add(key: number, advancePt: number, at: number): void {
    const i = this.count++;
    this.key[i] = key;
    this.startPt[i] = this.penPt;
    this.penPt += advancePt;
    this.spacesBefore[i] = this.spaces;
    this.at[i] = at;
  }
}

/** The glyphs of one line: part of a strip. */
export interface StripSlice {
  readonly strip: Strip;
  readonly from: number;
  readonly to: number;
  /** Pen and stretchable spaces where the line begins. */
  readonly startPt: number;
  readonly startSpaces: number;
}
