/** Points with error bars as an SVG picture: enough for accuracy against tokens and length, in the page's own colours. */
import { type Html, html, none } from './html.ts';

export interface PlotPoint {
  readonly x: number;
  /** 0 to 100. */
  readonly y: number;
  /** Half the length of the error bar. */
  readonly error: number;
}

export interface PlotSeries {
  readonly name: string;
  /** By `x`; more than one are joined by a line. */
  readonly points: readonly PlotPoint[];
}

export interface Plot {
  /** Unique on the page; letters and digits. */
  readonly id: string;
  readonly title: string;
  /** What is seen, for those who do not see it. */
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** `log`: equal ratios are equal distances, with a mark at each point. */
  readonly xScale: 'linear' | 'log';
  readonly series: readonly PlotSeries[];
}

const [width, height] = [720, 380];
const frame = { left: 56, right: 560, top: 16, bottom: 330 };
const colours = 8;
const labelHeight = 16;

export function plotSvg(plot: Plot): Html {
  const points = plot.series.flatMap(series => series.points);
  if (points.length === 0) return none;
  const x = xAxis(points, plot.xScale);
  const y = yAxis(points);
  const marks = x.ticks.map(
    tick => html`<line class="grid" x1="${x.at(tick)}" y1="${frame.top}" x2="${x.at(tick)}" y2="${frame.bottom}"/>
<text x="${x.at(tick)}" y="${frame.bottom + 18}" text-anchor="middle">${shortCount(tick)}</text>
`,
  );
  const levels = y.ticks.map(
    tick => html`<line class="grid" x1="${frame.left}" y1="${y.at(tick)}" x2="${frame.right}" y2="${y.at(tick)}"/>
<text x="${frame.left - 8}" y="${y.at(tick) + 4}" text-anchor="end">${tick}</text>
`,
  );
  const labels = placeLabels(plot.series.map(({ points: own }) => y.at(own.at(-1)?.y ?? 0)));
  const drawn = plot.series.map((series, i) => seriesSvg(series, i % colours, x.at, y.at, labels[i]!));
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${plot.id}-title ${plot.id}-desc">
<title id="${plot.id}-title">${plot.title}</title>
<desc id="${plot.id}-desc">${plot.description}</desc>
${marks}${levels}${drawn}<text x="${(frame.left + frame.right) / 2}" y="${height - 10}" text-anchor="middle">${plot.xLabel}</text>
<text transform="translate(14 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">${plot.yLabel}</text>
</svg>
`;
}

type Scale = (value: number) => number;

function seriesSvg({ name, points }: PlotSeries, colour: number, x: Scale, y: Scale, labelY: number): Html {
  const last = points.at(-1);
  if (last === undefined) return none;
  const line = points.map(point => `${x(point.x)},${y(point.y)}`).join(' ');
  const marks = points.map(
    point => html`<line class="bar" x1="${x(point.x)}" y1="${y(point.y - point.error)}" x2="${x(point.x)}" y2="${y(point.y + point.error)}"/>
<circle cx="${x(point.x)}" cy="${y(point.y)}" r="4"/>
`,
  );
  const labelX = frame.right + 12;
  return html`<g class="c${colour}">${points.length > 1 ? html`<polyline points="${line}"/>` : none}
${marks}<line class="leader" x1="${x(last.x) + 6}" y1="${y(last.y)}" x2="${labelX - 4}" y2="${labelY}"/>
<text x="${labelX}" y="${labelY + 4}">${shortName(name)}</text></g>
`;
}

/** What fits beside the frame; the table has the whole name. */
const shortName = (name: string) => (name.length > 24 ? `${name.slice(0, 11)}…${name.slice(-12)}` : name);

/** Heights of labels in the order given, as near to the wanted ones as they can be without touching. */
function placeLabels(wanted: readonly number[]): number[] {
  const order = [...wanted.keys()].sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let free = frame.top;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, free);
    free = placed[index]! + labelHeight;
  }
  let limit = frame.bottom;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - labelHeight;
  }
  return placed.map(oneDecimal);
}

const oneDecimal = (value: number) => Math.round(10 * value) / 10;

function scaleOf(low: number, high: number, from: number, to: number): Scale {
  return value => oneDecimal(from + ((value - low) / (high - low)) * (to - from));
}

function xAxis(
  points: readonly PlotPoint[],
  kind: Plot['xScale'],
): { readonly at: Scale; readonly ticks: number[] } {
  const values = [...new Set(points.map(point => point.x))].sort((a, b) => a - b);
  const most = Math.max(1, values.at(-1)!);
  const room = { from: frame.left + 16, to: frame.right - 16 };
  if (kind === 'linear') return { at: scaleOf(0, most, frame.left, room.to), ticks: niceTicks(0, most) };
  const [low, high] = [Math.log2(values[0]!), Math.log2(most)];
  const at = scaleOf(low, Math.max(high, low + 1), room.from, room.to);
  return { at: value => at(Math.log2(value)), ticks: values };
}

/** In whole tens around the points, at most 0 to 100. */
function yAxis(points: readonly PlotPoint[]): { readonly at: Scale; readonly ticks: number[] } {
  const low = Math.max(0, 10 * Math.floor(Math.min(...points.map(({ y, error }) => y - error)) / 10));
  const high = Math.min(100, 10 * Math.ceil(Math.max(...points.map(({ y, error }) => y + error)) / 10));
  const [bottom, top] = high > low ? [low, high] : [Math.max(0, high - 10), Math.max(10, high)];
  return { at: scaleOf(bottom, top, frame.bottom, frame.top), ticks: niceTicks(bottom, top) };
}

/** Some five round numbers. */
function niceTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find(factor => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** 4096 → "4k", 12000 → "12,000" */
const shortCount = (count: number): string =>
  count >= 1024 && count % 1024 === 0 ? `${count / 1024}k` : count.toLocaleString('en-US');
