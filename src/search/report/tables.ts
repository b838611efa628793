/** The tables of a search's report. */
import { configKeys, defaultConfig, type RenderConfig } from '../../config/index.ts';
import {
  countText,
  type Html,
  html,
  none,
  pointsText,
  scoreText,
  tableHtml,
  timeText,
  usdText,
} from '../../eval/index.ts';
import { differing } from '../llm-prompt.ts';
import type { Origin } from '../problem.ts';
import type { SearchResult } from '../search.ts';

const originNames: Readonly<Record<Origin, string>> = {
  given: 'given',
  sample: 'drawn',
  mutation: 'mutated',
  crossover: 'crossed',
  'llm-mutation': 'mutated by the model',
  'llm-crossover': 'crossed by the model',
};

/** "3.14×" */
export const fineRatio = (ratio: number): string => `${ratio.toFixed(2)}×`;

/** What is not as the default has it, e.g. "dpi 66, fontFamily DejaVu Serif". */
export function changesText(config: RenderConfig): string {
  const changes = differing(config, defaultConfig);
  const texts = configKeys.flatMap(({ name }) =>
    changes[name] === undefined ? [] : [`${name} ${String(changes[name])}`],
  );
  return texts.length === 0 ? 'the default' : texts.join(', ');
}

export function settingsList(result: SearchResult): Html {
  const { settings, rounds, candidates, spentUsd, llm } = result;
  const facts: readonly (readonly [string, string])[] = [
    ['Model', `${settings.model}, tokens of ${settings.family}`],
    ['Measured on', `${settings.tasks.join(', ')}; ${settings.samples} samples each`],
    [
      'Configs',
      `${countText(candidates.length)} measured in ${countText(rounds.length)} rounds of at most ${countText(settings.steps)} (${rounds.map(({ end }) => end).join(', ')})`,
    ],
    [
      'Search',
      `${settings.strategy}, population ${settings.population}, seed ${settings.seed}, halving ${settings.halving}, compression at least ${settings.leastRatio}`,
    ],
    [
      'Proposals',
      llm === null
        ? 'by the seeded operators alone'
        : `by ${llm.model} (a share of ${settings.proposeShare}) and the seeded operators`,
    ],
    ['Spent', usdText(candidates.some(({ evidence }) => evidence.costUsd === null) ? null : spentUsd)],
  ];
  return html`<dl>${facts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
`;
}

export function frontTable({ front, recommendation, settings }: SearchResult): Html {
  const rows = front.map(({ id, values, evidence, origin, parents, genome }) => [
    id === recommendation?.candidate.id ? html`<strong>${id}</strong>` : id,
    scoreText(values[0]!, evidence.stderr),
    fineRatio(evidence.compression.ratio),
    ...(settings.tasks.length > 1
      ? settings.tasks.map(name => {
          const task = evidence.tasks.find(each => each.name === name);
          return scoreText(task?.mean ?? null, task?.stderr ?? null);
        })
      : []),
    countText(evidence.compression.charactersPerPage),
    countText(evidence.compression.tokensPerPage),
    timeText(evidence.answerMs),
    usdText(evidence.costUsd),
    parents.length === 0 ? originNames[origin] : `${originNames[origin]} from ${parents.join(', ')}`,
    changesText(genome),
  ]);
  const columns = [
    'Config',
    'Accuracy (%)',
    'Compression',
    ...(settings.tasks.length > 1 ? settings.tasks : []),
    'Characters a page',
    'Tokens a page',
    'Answer',
    'Cost',
    'Made',
    'What is not the default',
  ];
  return tableHtml({ caption: 'Members of the front, densest first: mean ± standard error', columns, rows });
}

export function heldTable({ held }: SearchResult): Html {
  if (held === null) return none;
  const names = {
    baseline: 'Without a search',
    recommended: 'Recommended',
    'same-compression': 'Most accurate at that compression',
  } as const;
  const rows = held.configs.map(({ role, evidence, difference }) => [
    names[role],
    scoreText(evidence.accuracy, evidence.stderr),
    fineRatio(evidence.compression.ratio),
    difference === null ? '–' : pointsText(difference.difference),
    difference === null ? '–' : `${pointsText(difference.low)} to ${pointsText(difference.high)}`,
  ]);
  const caption = `On ${held.samples} held-out samples, by which nothing was chosen; differences in points with a 95 % interval by paired bootstrap`;
  return tableHtml({
    caption,
    columns: ['Config', 'Accuracy (%)', 'Compression', 'Against the first', '95 % interval'],
    rows,
  });
}

export function originsTable({ candidates, front }: SearchResult): Html {
  const origins = (Object.keys(originNames) as Origin[]).filter(origin =>
    candidates.some(each => each.origin === origin),
  );
  const rows = origins.map(origin => {
    const own = candidates.filter(each => each.origin === origin);
    const whole = own.filter(({ fate }) => fate === 'measured');
    const fronts = front.filter(each => each.origin === origin).length;
    return [
      originNames[origin],
      countText(own.length),
      countText(whole.length),
      countText(own.filter(({ fate }) => fate === 'failed').length),
      countText(fronts),
      scoreText(whole.length === 0 ? null : Math.max(...whole.map(({ values }) => values[0]!)), null),
    ];
  });
  const columns = [
    'Made',
    'Configs',
    'Measured on all samples',
    'Failed',
    'On the front',
    'Best accuracy (%)',
  ];
  return tableHtml({ caption: 'By whom candidates were made, and how far they came', columns, rows });
}

export function refusedTable({ refused }: SearchResult): Html {
  const rows = Object.entries(refused).map(([reason, count]) => [reason, countText(count)]);
  return rows.length === 0
    ? none
    : tableHtml({ caption: 'Not shown to the model', columns: ['Why', 'Configs'], rows });
}

export function critiques({ llm }: SearchResult): Html {
  if (llm === null) return none;
  const { unreadable, invalid, duplicate } = llm.faults;
  const given =
    llm.state === 'given-up' ? ' It gave nothing of use three times running and was not asked any more.' : '';
  const said = llm.critiques.map(
    ({ round, generation, text }) =>
      html`<dt>Round ${round}, generation ${generation}</dt><dd><pre dir="auto">${text}</pre></dd>`,
  );
  return html`<p>${llm.model} was asked ${countText(llm.calls)} times (${countText(llm.failed)} without an answer) and gave ${countText(llm.proposals)} proposals of use; ${countText(unreadable)} answers could not be read, ${countText(invalid)} proposals did not hold and ${countText(duplicate)} were known. The operators filled ${countText(llm.replaced)} places in its stead.${given}</p>
<dl>${said}</dl>
`;
}
