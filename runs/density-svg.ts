/** Precision against characters per vision token, as DeepSeek-OCR plots compression (arXiv 2510.18234, figure 1). */

import type { ReadSummary } from './read-errors.ts';

const [width, height] = [640, 360];
const frame = { left: 60, right: 610, top: 20, bottom: 300 };

export function densitySvg(reads: readonly ReadSummary[]): string {
  const points = reads.map(({ charactersPerToken, errorRate, stderr }) => ({
    x: charactersPerToken,
    precision: Math.max(0, 1 - errorRate),
    error: stderr,
  }));
  const most = Math.ceil(Math.max(...points.map(({ x }) => x)) / 2) * 2;
  const x = (value: number) => frame.left + (value / most) * (frame.right - frame.left);
  const y = (value: number) => frame.bottom - value * (frame.bottom - frame.top);
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    level => `<line x1="${frame.left}" y1="${y(level)}" x2="${frame.right}" y2="${y(level)}" stroke="#ddd"/>
<text x="${frame.left - 8}" y="${y(level) + 4}" text-anchor="end">${100 * level} %</text>`,
  );
  const ticks = Array.from({ length: most / 2 + 1 }, (_, i) => 2 * i).map(
    tick => `<text x="${x(tick)}" y="${frame.bottom + 20}" text-anchor="middle">${tick}</text>`,
  );
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const line = sorted.map(point => `${x(point.x).toFixed(1)},${y(point.precision).toFixed(1)}`).join(' ');
  const marks = sorted.map(
    ({ x: at, precision, error }) =>
      `<line x1="${x(at).toFixed(1)}" y1="${y(Math.min(1, precision + error)).toFixed(1)}" x2="${x(at).toFixed(1)}" y2="${y(Math.max(0, precision - error)).toFixed(1)}" stroke="#05a"/>
<circle cx="${x(at).toFixed(1)}" cy="${y(precision).toFixed(1)}" r="4" fill="#05a"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<rect width="${width}" height="${height}" fill="#fff"/>
${grid.join('\n')}
${ticks.join('\n')}
<polyline points="${line}" fill="none" stroke="#05a" stroke-width="2"/>
${marks.join('\n')}
<text x="${(frame.left + frame.right) / 2}" y="${height - 12}" text-anchor="middle">characters per vision token</text>
<text transform="translate(16 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">characters read right</text>
</svg>
`;
}
