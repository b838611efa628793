/**
 * What the reference layout asks of fonts, and a cache in plain tables in front of it, because every character of
 * every line is asked for several times. Widths are built exactly as the published renderer builds them: thousandths
 * of an em are summed first and turned into points last, so that near ties at a line end fall on the same side.
 */

/** The published renderer knows one font only; characters it lacks are as wide as glyph 0. */
export interface ReferenceFonts {
  /** Pen advance, em, e.g. 0.6; of glyph 0 where the main font has no such character. */
  advanceEm(codePoint: number): number;
  /** Glyph key to draw the code point with. */
  keyOf(codePoint: number): number;
  /** Whether some font draws it; what none does is counted in `PageBox.missing`. */
  covers(codePoint: number): boolean;
}

export interface Metrics {
  readonly fonts: ReferenceFonts;
  /** pt */
  readonly fontSize: number;
  /** Width of a space and of a no-break space, pt. */
  readonly spacePt: number;
  /** Advance of each code point below 0x10000 in thousandths of an em; NaN where not asked yet. */
  readonly advances: Float64Array;
  readonly keys: Uint32Array;
  /** 1 where no font has the character. */
  readonly uncovered: Uint8Array;
  readonly farAdvances: Map<number, number>;
}

const space = 0x20;
const noBreakSpace = 0xa0;

export function createMetrics(fonts: ReferenceFonts, fontSize: number): Metrics {
  const advances = new Float64Array(0x10000).fill(Number.NaN);
  const spaceAdvance = thousandths(fonts.advanceEm(space));
  // A no-break space is drawn with the glyph of the space.
  advances[space] = spaceAdvance;
  advances[noBreakSpace] = spaceAdvance;
  const keys = new Uint32Array(0x10000);
  const uncovered = new Uint8Array(0x10000);
  const farAdvances = new Map<number, number>();
  const spacePt = points(spaceAdvance, fontSize);
  return { fonts, fontSize, spacePt, advances, keys, uncovered, farAdvances };
}

/** Without the rounding noise of the way through em, so that whole numbers stay whole. */
function thousandths(em: number): number {
  return Math.round(em * 1e12) / 1e9;
}

/** A width in thousandths of an em as points, multiplied in the published renderer's order. */
export function points(thousandths: number, fontSize: number): number {
  return 0.001 * thousandths * fontSize;
}

/** Advance in thousandths of an em. */
export function advanceOf(metrics: Metrics, codePoint: number): number {
  if (codePoint < 0x10000) {
    const known = metrics.advances[codePoint]!;
    if (!Number.isNaN(known)) return known;
    metrics.keys[codePoint] = metrics.fonts.keyOf(codePoint);
    metrics.uncovered[codePoint] = metrics.fonts.covers(codePoint) ? 0 : 1;
    const advance = thousandths(metrics.fonts.advanceEm(codePoint));
    metrics.advances[codePoint] = advance;
    return advance;
  }
  const known = metrics.farAdvances.get(codePoint);
  if (known !== undefined) return known;
  const advance = thousandths(metrics.fonts.advanceEm(codePoint));
  metrics.farAdvances.set(codePoint, advance);
  return advance;
}

/** Glyph key of a code point whose advance has been asked before. */
export function keyOf(metrics: Metrics, codePoint: number): number {
  return codePoint < 0x10000 ? metrics.keys[codePoint]! : metrics.fonts.keyOf(codePoint);
}
