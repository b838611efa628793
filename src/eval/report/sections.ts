/** The parts of a report about one task: scores with their cost, figures, groups, differences, plots. */
import type { GroupSummary } from '../run/summary.ts';
import {
  countText,
  dash,
  percentText,
  pointsText,
  ratioText,
  scoreText,
  timeText,
  usdText,
} from './figures.ts';
import { type Html, html, none } from './html.ts';
import { plotSvg } from './plot.ts';
import { differencesOf, type Setting } from './settings.ts';
import { tableHtml } from './table.ts';

const scoreColumns = [
  'Setting',
  'Score (%)',
  'Scored',
  'Unscored',
  'Failed',
  'Cut',
  'Tokens a request',
  'As text',
  'Compression',
  'Highest',
  'Output tokens',
  'Cost',
  'First token',
  'Answer',
  'Drawing',
];

export function scoresTable(settings: readonly Setting[]): Html {
  const rows = settings.map(({ name, arm }) => {
    const { spent } = arm;
    return [
      name,
      scoreText(arm.mean, arm.stderr),
      countText(arm.count),
      countText(arm.unscored + arm.missing),
      countText(spent.failed),
      countText(spent.cut),
      countText(spent.meanTokens),
      countText(spent.meanTokensBefore),
      ratioText(spent.compressionRatio),
      ratioText(spent.highestRatio),
      countText(spent.meanOutputTokens),
      usdText(spent.costUsd),
      timeText(spent.meanFirstTokenMs),
      timeText(spent.meanTotalMs),
      timeText(spent.meanPrepareMs),
    ];
  });
  const caption = 'Mean score ± standard error, with what it cost; means over answered samples';
  return tableHtml({ caption, columns: scoreColumns, rows });
}

export function figuresTable(settings: readonly Setting[]): Html {
  const names = [...new Set(settings.flatMap(({ arm }) => arm.figures.map(({ name }) => name)))];
  if (names.length === 0) return none;
  const rows = settings.map(({ name, arm }) => [
    name,
    ...names.map(wanted => arm.figures.find(figure => figure.name === wanted)?.percent.toFixed(2) ?? dash),
  ]);
  return tableHtml({
    caption: 'Figures as the benchmark publishes them',
    columns: ['Setting', ...names],
    rows,
  });
}

/** As the papers have them: a row for each setting, a column for each subset, length or other group. */
export function groupTables(settings: readonly Setting[]): Html[] {
  return groupKinds(settings).flatMap(by => {
    const names = groupNames(settings, by);
    if (names.length < 2) return [];
    const rows = settings.map(({ name, arm }) => [
      withCompression(name, arm.spent.compressionRatio, arm.spent.highestRatio),
      ...names.map(wanted => groupCell(arm.groups.find(group => group.by === by && group.name === wanted))),
    ]);
    return [tableHtml({ caption: `By ${by}`, columns: ['Setting', ...names], rows })];
  });
}

const groupKinds = (settings: readonly Setting[]): string[] => [
  ...new Set(settings.flatMap(({ arm }) => arm.groups.map(({ by }) => by))),
];

function groupNames(settings: readonly Setting[], by: string): string[] {
  const names = settings.flatMap(({ arm }) =>
    arm.groups.filter(group => group.by === by).map(({ name }) => name),
  );
  return [...new Set(names)].sort((a, b) => lengthOf(a) - lengthOf(b));
}

/** The upper end of a bin such as "4096" or "4096-8192"; other names stay in their order. */
const lengthOf = (name: string): number => {
  const end = /^(?:\d+-)?(\d+)$/.exec(name)?.[1];
  return end === undefined ? 0 : Number(end);
};

const withCompression = (name: string, ratio: number | null, highest: number | null): Html =>
  ratio === null
    ? html`${name}`
    : html`${name} <small>${ratioText(ratio)}, highest ${ratioText(highest)}</small>`;

function groupCell(group: GroupSummary | undefined): Html {
  if (group === undefined) return html`${dash}`;
  const { mean, stderr, spent, count } = group;
  const ratio = spent.compressionRatio === null ? '' : `${ratioText(spent.compressionRatio)}, `;
  return html`${scoreText(mean, stderr)} <small>${ratio}n ${count}</small>`;
}

export function differencesTable(settings: readonly Setting[]): Html {
  const rows = differencesOf(settings).map(({ first, second, difference, low, high, count }) => [
    `${second} − ${first}`,
    pointsText(difference),
    `${pointsText(low)} to ${pointsText(high)}`,
    low > 0 || high < 0 ? 'yes' : 'no',
    countText(count),
  ]);
  if (rows.length === 0) return none;
  const caption =
    'Differences in points on the samples both settings have, with a 95 % interval by paired bootstrap';
  const columns = ['Difference', 'Points', '95 % interval', 'Without 0', 'Samples'];
  return tableHtml({ caption, columns, rows });
}

/** @param id unique on the page */
export function plots(id: string, settings: readonly Setting[]): Html {
  const against = plotSvg({
    id: `${id}-tokens`,
    title: 'Score against tokens',
    description: settings.map(describe).join('; '),
    xLabel: 'Mean tokens of a request',
    yLabel: 'Score (%)',
    xScale: 'linear',
    series: settings.flatMap(({ name, arm }) =>
      arm.mean === null || arm.spent.meanTokens === null
        ? []
        : [
            {
              name,
              points: [{ x: arm.spent.meanTokens, y: 100 * arm.mean, error: 100 * (arm.stderr ?? 0) }],
            },
          ],
    ),
  });
  return html`<div class="plots"><figure>${against}<figcaption>Score against tokens; bars are one standard error.</figcaption></figure>
${lengthPlot(id, settings)}</div>
`;
}

const describe = ({ name, arm }: Setting) =>
  `${name}: ${percentText(arm.mean)} % at ${countText(arm.spent.meanTokens)} tokens`;

function lengthPlot(id: string, settings: readonly Setting[]): Html {
  const by = groupKinds(settings).find(
    kind => groupNames(settings, kind).filter(name => lengthOf(name) > 0).length >= 2,
  );
  if (by === undefined) return none;
  const series = settings.map(({ name, arm }) => ({
    name,
    points: arm.groups
      .filter(group => group.by === by && lengthOf(group.name) > 0 && group.mean !== null)
      .map(({ name: bin, mean, stderr }) => ({
        x: lengthOf(bin),
        y: 100 * mean!,
        error: 100 * (stderr ?? 0),
      }))
      .sort((a, b) => a.x - b.x),
  }));
  const drawn = plotSvg({
    id: `${id}-length`,
    title: `Score by ${by}`,
    description: `The figures stand in the table "By ${by}".`,
    xLabel: `${by} (tokens, log scale)`,
    yLabel: 'Score (%)',
    xScale: 'log',
    series: series.filter(({ points }) => points.length > 0),
  });
  return html`<figure>${drawn}<figcaption>Score by ${by}; bars are one standard error.</figcaption></figure>
`;
}
