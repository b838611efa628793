/** Loss and reward over a run's steps as one SVG picture: each value faint, their running mean strong. */
import type { Metrics } from './run.ts';

const [width, panelHeight, gap] = [720, 180, 34];
const frame = { left: 56, right: 704 };
/** Of the running mean: how much of the mean before stays, 0 to 1. */
const inertia = 0.95;
/** What the panels show, where a run has it. */
const shown = ['loss', 'reading', 'alignment', 'reward', 'accuracy', 'format', 'kl'] as const;

/** @param lines one a step, each with its `step` */
export function curvesSvg(lines: readonly Metrics[]): string {
  const names = shown.filter(name => lines.some(line => Number.isFinite(line[name])));
  const height = names.length * (panelHeight + gap) + 10;
  const panels = names.map((name, i) => panel(name, lines, i * (panelHeight + gap) + gap - 8));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
${panels.join('')}</svg>
`;
}

function panel(name: string, lines: readonly Metrics[], top: number): string {
  const points = lines.flatMap(line => {
    const [x, y] = [line['step'], line[name]];
    return x === undefined || y === undefined || !Number.isFinite(y) ? [] : [{ x, y }];
  });
  const [first, last] = [points[0]!.x, points.at(-1)!.x];
  const values = points.map(({ y }) => y);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const x = (value: number) =>
    frame.left + ((value - first) / (last - first || 1)) * (frame.right - frame.left);
  const y = (value: number) => top + panelHeight * (1 - (value - low) / (high - low || 1));
  let [sum, weight] = [0, 0];
  const means = points.map(point => {
    [sum, weight] = [sum * inertia + point.y, weight * inertia + 1];
    return { x: point.x, y: sum / weight };
  });
  const path = (list: readonly { x: number; y: number }[]) =>
    thinned(list)
      .map(each => `${x(each.x).toFixed(1)},${y(each.y).toFixed(1)}`)
      .join(' ');
  return `<text x="${frame.left}" y="${top - 8}" font-weight="bold">${name}</text>
<text x="${frame.right}" y="${top - 8}" text-anchor="end">${short(means.at(-1)!.y)} at step ${last}</text>
<rect x="${frame.left}" y="${top}" width="${frame.right - frame.left}" height="${panelHeight}" fill="none" stroke="#ccc"/>
<text x="${frame.left - 6}" y="${top + 10}" text-anchor="end">${short(high)}</text>
<text x="${frame.left - 6}" y="${top + panelHeight}" text-anchor="end">${short(low)}</text>
<polyline points="${path(points)}" fill="none" stroke="#9bc" stroke-width="0.7"/>
<polyline points="${path(means)}" fill="none" stroke="#05a" stroke-width="1.8"/>
`;
}

/** No more points than can be seen. */
const mostPoints = 1300;

function thinned<T>(list: readonly T[]): readonly T[] {
  const every = Math.ceil(list.length / mostPoints);
  return list.filter((_, i) => i % every === 0 || i === list.length - 1);
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
