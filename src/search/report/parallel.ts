/** Parallel coordinates (Inselberg 1985): an axis a parameter, a line a config, the front over the others. */

import type { RenderConfig } from '../../config/index.ts';
import { type Html, html, none } from '../../eval/index.ts';
import { ratioOf } from '../evidence.ts';
import type { ConfigCandidate } from '../search.ts';

interface Axis {
  readonly name: string;
  of(candidate: ConfigCandidate): number | string;
}

const key = (name: keyof RenderConfig): Axis => ({
  name,
  of({ genome }) {
    const value = genome[name];
    return typeof value === 'number' ? value : String(value);
  },
});

const axes: readonly Axis[] = [
  { name: 'accuracy (%)', of: ({ values }) => 100 * values[0]! },
  { name: 'compression', of: ratioOf },
  key('dpi'),
  key('fontSize'),
  { name: 'leading', of: ({ genome }) => Number((genome.lineHeight - genome.fontSize).toFixed(3)) },
  key('horizontalScale'),
  key('fontFamily'),
  { name: 'page width', of: ({ genome }) => genome.pageSize[0] },
  { name: 'page height', of: ({ genome }) => genome.pageSize[1] },
  key('marginX'),
  key('alignment'),
  key('fontColor'),
  key('newlineMark'),
];

const [width, height] = [1180, 380];
const frame = { left: 60, right: 1090, top: 40, bottom: 330 };

/** Axes on which all are alike say nothing and are left out. */
export function parallelSvg(candidates: readonly ConfigCandidate[], front: readonly ConfigCandidate[]): Html {
  const measured = candidates.filter(({ fate }) => fate === 'measured');
  const shown = axes.filter(axis => new Set(measured.map(axis.of)).size > 1);
  if (shown.length < 2) return none;
  const places = shown.map(axis => placesOn(axis, measured));
  const x = (i: number) => Math.round(frame.left + (i * (frame.right - frame.left)) / (shown.length - 1));
  const line = (candidate: ConfigCandidate, colour: number, weight: number, opacity: number) =>
    html`<g class="c${colour}"><polyline points="${shown.map((axis, i) => `${x(i)},${places[i]!.at(axis.of(candidate))}`).join(' ')}" stroke-width="${weight}" opacity="${opacity}"><title>${candidate.id}</title></polyline></g>
`;
  const members = new Set(front);
  const heads = shown.map(
    (
      { name },
      i,
    ) => html`<line class="grid" x1="${x(i)}" y1="${frame.top}" x2="${x(i)}" y2="${frame.bottom}"/>
<text x="${x(i)}" y="${frame.top - 14}" text-anchor="middle">${name}</text>
${places[i]!.ticks.map(
  ({ text, y }) => html`<text x="${x(i) + 4}" y="${y + 4}">${text}</text>
`,
)}`,
  );
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Parameters of the configs, an axis each">
${measured.filter(each => !members.has(each)).map(each => line(each, 7, 1, 0.4))}${front.map(each => line(each, 0, 2.5, 0.9))}${heads}</svg>
`;
}

interface Places {
  at(value: number | string): number;
  readonly ticks: readonly { readonly text: string; readonly y: number }[];
}

function placesOn(axis: Axis, candidates: readonly ConfigCandidate[]): Places {
  const values = [...new Set(candidates.map(axis.of))];
  const scale = (share: number) => Math.round(frame.bottom - share * (frame.bottom - frame.top));
  if (values.every(value => typeof value === 'number')) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return {
      at: value => scale((Number(value) - low) / (high - low)),
      ticks: [
        { text: numberText(low), y: scale(0) },
        { text: numberText(high), y: scale(1) },
      ],
    };
  }
  const names = values.map(String).sort();
  const at = (value: number | string) => scale(names.indexOf(String(value)) / Math.max(1, names.length - 1));
  return {
    at,
    ticks: names.map(name => ({ text: name.trim() === '' ? 'none' : name.slice(0, 16), y: at(name) })),
  };
}

const numberText = (value: number): string => String(Number(value.toFixed(2)));
