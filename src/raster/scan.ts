/**
 * Glyph outline → coverage mask: exact area coverage, unhinted, which reads best at 72 dpi. Each edge adds its signed
 * area to the pixels it crosses and its height to all pixels right of them; a running sum along each row then gives
 * the coverage (the accumulation method of font-rs and FreeType's smooth rasteriser). Points are rounded to 1/64 px
 * and coverage is linear, as poppler draws them, so pages look like the published renderer's.
 */
import type { Outline } from '../font/index.ts';

/** Ink coverage of one glyph, 0 to 255, row by row. `left` and `top` place it relative to the pen, px, y downwards. */
export interface GlyphMask {
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly coverage: Uint8Array;
}

export interface ScanOptions {
  /** Pixels an em, horizontally and vertically. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Sub-pixel shift to the right, px, 0 ≤ shift < 1. */
  readonly shiftX: number;
}

const emptyMask: GlyphMask = { left: 0, top: 0, widthPx: 0, heightPx: 0, coverage: new Uint8Array(0) };

export function scanOutline(outline: Outline, options: ScanOptions): GlyphMask {
  const edges = flatten(outline, options);
  if (edges.length === 0) return emptyMask;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < edges.length; i += 2) {
    minX = Math.min(minX, edges[i]!);
    maxX = Math.max(maxX, edges[i]!);
    minY = Math.min(minY, edges[i + 1]!);
    maxY = Math.max(maxY, edges[i + 1]!);
  }
  const left = Math.floor(minX);
  const top = Math.floor(minY);
  const widthPx = Math.max(1, Math.ceil(maxX) - left);
  const heightPx = Math.max(1, Math.ceil(maxY) - top);
  const stride = widthPx + 1; // an edge on the right border adds to the pixel beyond it
  const sums = new Float64Array(stride * heightPx + 1);
  for (let i = 0; i < edges.length; i += 4) {
    addEdge(sums, stride, edges[i]! - left, edges[i + 1]! - top, edges[i + 2]! - left, edges[i + 3]! - top);
  }
  const coverage = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    let area = 0;
    for (let x = 0; x < widthPx; x++) {
      area += sums[y * stride + x]!;
      coverage[y * widthPx + x] = Math.min(255, Math.floor(Math.abs(area) * 256 + 1e-6));
    }
  }
  return { left, top, widthPx, heightPx, coverage };
}

/** Adds one edge from (x0, y0) to (x1, y1), px relative to the mask. */
function addEdge(sums: Float64Array, stride: number, x0: number, y0: number, x1: number, y1: number): void {
  if (y0 === y1) return;
  const isDown = y0 < y1;
  const sign = isDown ? 1 : -1;
  const topX = isDown ? x0 : x1;
  const topY = isDown ? y0 : y1;
  const bottomY = isDown ? y1 : y0;
  const slope = (x1 - x0) / (y1 - y0);
  for (let row = Math.floor(topY); row < bottomY; row++) {
    const from = Math.max(topY, row);
    const to = Math.min(bottomY, row + 1);
    if (to <= from) continue;
    const a = topX + slope * (from - topY);
    const b = topX + slope * (to - topY);
    const left = Math.min(a, b);
    const right = Math.max(a, b);
    const height = sign * (to - from);
    const first = Math.floor(left);
    const base = row * stride;
    if (right <= first + 1) {
      const inside = (left + right) / 2 - first;
      sums[base + first]! += height * (1 - inside);
      sums[base + first + 1]! += height * inside;
      continue;
    }
    for (let x = first; x < right; x++) {
      const cellLeft = Math.max(left, x);
      const cellRight = Math.min(right, x + 1);
      const part = (height * (cellRight - cellLeft)) / (right - left);
      const inside = (cellLeft + cellRight) / 2 - x;
      sums[base + x]! += part * (1 - inside);
      sums[base + x + 1]! += part * inside;
    }
  }
}

/** Segments of a curve whose control points deviate by `deviation` px: keeps the chord error below 1/32 px. */
const segmentCount = (deviation: number): number =>
  Math.min(64, Math.max(1, Math.ceil(Math.sqrt(8 * deviation))));

/** The outline as straight edges: x0, y0, x1, y1 each, px, y downwards. */
function flatten(outline: Outline, { scaleX, scaleY, shiftX }: ScanOptions): number[] {
  const { commands, coordinates } = outline;
  const edges: number[] = [];
  let at = 0;
  let x = 0;
  let y = 0;
  let startX = 0;
  let startY = 0;
  const nextX = () => Math.round(coordinates[at++]! * scaleX * 64) / 64 + shiftX;
  const nextY = () => -Math.round(coordinates[at++]! * scaleY * 64) / 64;
  const lineTo = (toX: number, toY: number) => {
    edges.push(x, y, toX, toY);
    x = toX;
    y = toY;
  };
  for (const command of commands) {
    switch (command) {
      case 'M':
        if (x !== startX || y !== startY) lineTo(startX, startY);
        startX = x = nextX();
        startY = y = nextY();
        break;
      case 'L':
        lineTo(nextX(), nextY());
        break;
      case 'Q': {
        const [x0, y0, x1, y1, x2, y2] = [x, y, nextX(), nextY(), nextX(), nextY()];
        const n = segmentCount(Math.max(Math.abs(x0 - 2 * x1 + x2), Math.abs(y0 - 2 * y1 + y2)));
        for (let i = 1; i <= n; i++) {
          const t = i / n;
          const s = 1 - t;
          lineTo(s * s * x0 + 2 * s * t * x1 + t * t * x2, s * s * y0 + 2 * s * t * y1 + t * t * y2);
        }
        break;
      }
      case 'C': {
        const [x0, y0, x1, y1] = [x, y, nextX(), nextY()];
        const [x2, y2, x3, y3] = [nextX(), nextY(), nextX(), nextY()];
        const bend = (a: number, b: number, c: number, d: number) =>
          Math.max(Math.abs(a - 2 * b + c), Math.abs(b - 2 * c + d));
        const n = segmentCount(3 * Math.max(bend(x0, x1, x2, x3), bend(y0, y1, y2, y3)));
        for (let i = 1; i <= n; i++) {
          const t = i / n;
          const s = 1 - t;
          const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
          lineTo(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
        }
        break;
      }
      default:
        if (x !== startX || y !== startY) lineTo(startX, startY);
    }
  }
  if (x !== startX || y !== startY) lineTo(startX, startY);
  return edges;
}
