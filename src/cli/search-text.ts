/** What a search came to, for a person. */
import { configKeys, defaultConfig, type RenderConfig } from '../config/index.ts';
import type { HeldConfig, SearchResult } from '../search/index.ts';
import { countOf, ratioText, table } from './figures.ts';

const mostRows = 12;

export function searchText({
  front,
  recommendation,
  candidates,
  refused,
  held,
  llm,
  state,
}: SearchResult): string {
  if (recommendation === undefined) return 'nothing was measured to its end\n';
  const best = recommendation.candidate;
  const rows = front
    .slice(0, mostRows)
    .map(each => [
      each === best ? '*' : '',
      scoreText(each.values[0]!, each.evidence.stderr),
      ratioText(each.evidence.compression.ratio),
      each.origin,
      changesText(each.genome),
    ]);
  const head = ['', 'accuracy %', 'compression', 'made by', 'config, where it is not the default'];
  const refusals = Object.entries(refused).map(([reason, count]) => `${count} ${reason}`);
  return [
    table([head, ...rows], [1, 2]),
    front.length > mostRows ? `and ${front.length - mostRows} more\n` : '',
    `* ${recommendation.reason}${state === 'complete' ? '' : ', so far'}\n`,
    held === null
      ? ''
      : `On ${countOf(held.samples, 'held-out sample')}:\n${table(held.configs.map(heldRow), [1, 2])}`,
    `${countOf(candidates.length, 'config')} measured${refusals.length === 0 ? '' : `; not asked about: ${refusals.join(', ')}`}\n`,
    llm === null
      ? 'made by the seeded operators alone\n'
      : `${llm.model} made ${countOf(llm.proposals, 'proposal')} of use; the operators filled ${countOf(llm.replaced, 'place')}${llm.state === 'given-up' ? ', and it is not asked any more' : ''}\n`,
  ].join('');
}

function heldRow({ role, evidence, difference }: HeldConfig): string[] {
  const points = (value: number) => `${value < 0 ? '−' : '+'}${(100 * Math.abs(value)).toFixed(1)}`;
  return [
    role,
    scoreText(evidence.accuracy ?? Number.NaN, evidence.stderr),
    ratioText(evidence.compression.ratio),
    difference === null
      ? ''
      : `${points(difference.difference)} points (95 %: ${points(difference.low)} to ${points(difference.high)})`,
  ];
}

const scoreText = (mean: number, stderr: number | null): string =>
  `${(100 * mean).toFixed(1)}${stderr === null ? '' : ` ± ${(100 * stderr).toFixed(1)}`}`;

/** As flags, e.g. "--dpi 66 --font-family 'DejaVu Serif'". */
function changesText(config: RenderConfig): string {
  const changes = configKeys.flatMap(({ name, flag }) => {
    const value = config[name];
    if (JSON.stringify(value) === JSON.stringify(defaultConfig[name])) return [];
    const text = String(value);
    return [`--${flag} ${/^[\w.,-]+$/.test(text) ? text : `'${text}'`}`];
  });
  return changes.length === 0 ? 'the default' : changes.join(' ');
}
