/** Accuracy against compression: the front after some generations, and at the end with its standard errors. */
import { type Html, html, none, plotSvg } from '../../eval/index.ts';
import { paretoFront } from '../dominance.ts';
import type { SearchResult } from '../search.ts';

/** Fronts before the last one that are drawn. */
const mostEarlier = 4;

export function frontPlot({ history, front }: SearchResult): Html {
  if (front.length === 0) return none;
  const earlier = spread(history.slice(0, -1).map((_, i) => i)).map(index => ({
    name: `after generation ${index + 1}`,
    points: paretoFront(
      history.slice(0, index + 1).flatMap(({ points }) => points.map(values => ({ values }))),
    )
      .map(({ values }) => ({ x: values[1]!, y: 100 * values[0]!, error: 0 }))
      .sort((a, b) => a.x - b.x),
  }));
  const last = {
    name: 'at the end',
    points: front
      .map(({ values, evidence }) => ({
        x: evidence.compression.ratio,
        y: 100 * values[0]!,
        error: 100 * (evidence.stderr ?? 0),
      }))
      .sort((a, b) => a.x - b.x),
  };
  const plot = plotSvg({
    id: 'front',
    title: 'Accuracy against compression',
    description: 'The front after some generations and at the end; the figures stand in the table below.',
    xLabel: 'Compression (text tokens ÷ tokens of the pages)',
    yLabel: 'Accuracy (%)',
    xScale: 'linear',
    series: [...earlier, last],
  });
  return html`<figure>${plot}<figcaption>Right and up is better. Bars are one standard error on the search’s own samples.</figcaption></figure>
`;
}

/** Some of a list at even distances. */
function spread(list: readonly number[]): number[] {
  const count = Math.min(mostEarlier, list.length);
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);
}
