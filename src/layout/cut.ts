/** Where a paragraph set in one strip can be cut into lines. */
import type { Strip } from './strip.ts';

/**
 * A place in the strip where a line ends and the next may begin; between `end` and `next` stands white space. Written
 * in place, since every space of a text is one.
 */
export class Cut {
  /** Glyphs before it. */
  glyphs = 0;
  /** Offsets in the paragraph. */
  end = 0;
  next = 0;
  /** Pen and spaces at `end` and at `next`. */
  endPt = 0;
  endSpaces = 0;
  nextPt = 0;
  nextSpaces = 0;
  nextBreakableSpaces = 0;

  /** Here: where the strip ends now, with nothing drawn between the two offsets. */
  setHere(strip: Strip, end: number, next: number): Cut {
    return this.setEnd(strip, end).setNext(strip, next);
  }

  setEnd(strip: Strip, end: number): Cut {
    this.glyphs = strip.count;
    this.end = end;
    this.endPt = strip.penPt;
    this.endSpaces = strip.spaces;
    return this;
  }

  setNext(strip: Strip, next: number): Cut {
    this.next = next;
    this.nextPt = strip.penPt;
    this.nextSpaces = strip.spaces;
    this.nextBreakableSpaces = strip.breakableSpaces;
    return this;
  }

  /** Before glyph number `glyphs` of the strip, inside a word. */
  setBefore(strip: Strip, glyphs: number): Cut {
    this.glyphs = glyphs;
    this.end = this.next = strip.at[glyphs]!;
    this.endPt = this.nextPt = strip.startPt[glyphs]!;
    this.endSpaces = this.nextSpaces = strip.spacesBefore[glyphs]!;
    this.nextBreakableSpaces = strip.breakableSpaces;
    return this;
  }

  copy(other: Cut): void {
    this.glyphs = other.glyphs;
    this.end = other.end;
    this.next = other.next;
    this.endPt = other.endPt;
    this.endSpaces = other.endSpaces;
    this.nextPt = other.nextPt;
    this.nextSpaces = other.nextSpaces;
    this.nextBreakableSpaces = other.nextBreakableSpaces;
  }
}
