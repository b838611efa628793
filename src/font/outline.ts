/**
 * A glyph's contours as the font gives them, before any scaling: straight lines, quadratic (TrueType) and cubic (CFF)
 * curves. y grows upwards.
 */
export interface Outline {
  /** One letter a command: M move, L line, Q quadratic, C cubic, Z close. */
  readonly commands: string;
  /** Coordinates of the commands in turn, em units: M and L take 2 numbers, Q 4, C 6, Z none. */
  readonly coordinates: Float64Array;
}

export const emptyOutline: Outline = { commands: '', coordinates: new Float64Array(0) };

/** Several outlines as one, each scaled by `scale` and moved by `dx`, `dy` (em). */
export function composeOutlines(
  parts: readonly {
    readonly outline: Outline;
    readonly scale: number;
    readonly dx: number;
    readonly dy: number;
  }[],
): Outline {
  const commands: string[] = [];
  const coordinates: number[] = [];
  for (const { outline, scale, dx, dy } of parts) {
    commands.push(outline.commands);
    for (let i = 0; i < outline.coordinates.length; i += 2) {
      coordinates.push(outline.coordinates[i]! * scale + dx, outline.coordinates[i + 1]! * scale + dy);
    }
  }
  return { commands: commands.join(''), coordinates: Float64Array.from(coordinates) };
}

/** A rectangular frame of the given line width, em: an outer contour and an inner one of the other direction. */
export function frameOutline(
  left: number,
  bottom: number,
  right: number,
  top: number,
  lineWidth: number,
): Outline {
  const l = left + lineWidth;
  const b = bottom + lineWidth;
  const r = right - lineWidth;
  const t = top - lineWidth;
  return {
    commands: 'MLLLZMLLLZ',
    coordinates: Float64Array.of(
      ...[left, bottom, right, bottom, right, top, left, top],
      ...[l, b, l, t, r, t, r, b],
    ),
  };
}
