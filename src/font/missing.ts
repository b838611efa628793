/**
 * What is drawn for a character that no font has: a frame with the code point in hexadecimal, so that nothing is
 * dropped silently and a reader can still tell what stood there.
 */
import type { FontFace } from './font.ts';
import { composeOutlines, frameOutline, type Outline } from './outline.ts';

const digitScale = 0.72;
const lineWidth = 0.06;
const sideBearing = 0.06;
const padding = 0.1;

const hexDigits = (codePoint: number): string => codePoint.toString(16).toUpperCase().padStart(4, '0');

const digitsWidth = (codePoint: number, font: FontFace): number => {
  let width = 0;
  for (const digit of hexDigits(codePoint))
    width += font.advance(font.glyphId(digit.charCodeAt(0))) * digitScale;
  return width;
};

/** Pen advance of the box, em. */
export function missingAdvance(codePoint: number, font: FontFace): number {
  return digitsWidth(codePoint, font) + 2 * (sideBearing + padding);
}

/** The box and its digits, drawn with the main font's. */
export function missingOutline(codePoint: number, font: FontFace): Outline {
  const right = missingAdvance(codePoint, font) - sideBearing;
  const frame = frameOutline(sideBearing, -0.16, right, 0.78, lineWidth);
  let dx = sideBearing + padding;
  const digits = [...hexDigits(codePoint)].map(digit => {
    const glyphId = font.glyphId(digit.charCodeAt(0));
    const part = { outline: font.outline(glyphId), scale: digitScale, dx, dy: 0.05 };
    dx += font.advance(glyphId) * digitScale;
    return part;
  });
  return composeOutlines([{ outline: frame, scale: 1, dx: 0, dy: 0 }, ...digits]);
}
