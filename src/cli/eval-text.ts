/** What `glyph eval` prints: the tasks, the estimate before the first call, what a run came to and how it ended. */
import type { ArmEstimate, ArmSummary, Evaluated, Plan, RunSummary, Task } from '../eval/index.ts';
import { countOf, countText, durationText, ratioText, table } from './figures.ts';

export const usdText = (usd: number) => `$${usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;

export function taskList(tasks: readonly Task[], widthColumns: number): string {
  return tasks
    .map(({ name, about, data, subsets, defaults }) => {
      const { lengths, samples, maxTokens } = defaults;
      const facts = [
        ...(subsets.length === 0 ? [] : [`Subsets: ${subsets.join(', ')}.`]),
        ...(lengths === undefined ? [] : [`Lengths: ${lengths.map(countText).join(', ')}.`]),
        ...(samples === undefined ? [] : [`${countText(samples)} samples of each.`]),
        `Answers of at most ${countOf(maxTokens, 'token')}.`,
        ...(data === undefined ? [] : [`Data: ${data}.`]),
      ];
      return `${name}: ${about}\n${wrap(facts.join(' '), widthColumns, '  ')}`;
    })
    .join('\n');
}

function wrap(text: string, width: number, indent: string): string {
  let lines = '';
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length > width && line !== indent) {
      lines += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += `${word} `;
  }
  return `${lines}${line.trimEnd()}\n`;
}

export function estimateText({ samples, faults, estimate = [] }: Plan): string {
  const rows = estimate.map(each => [
    each.arm,
    countText(each.requests),
    countText(each.inputTokens),
    each.measured >= each.requests || each.arm === 'text'
      ? 'counted'
      : `from ${countOf(each.measured, 'sample')}`,
    countText(each.outputTokensAtMost),
    costText(each),
  ]);
  const heading = ['arm', 'requests', 'input tokens', '', 'output at most', 'cost'];
  const [first] = faults;
  return [
    `${countOf(samples.length, 'sample')}\n`,
    ...(first === undefined
      ? []
      : [
          `note: ${countOf(faults.length, 'broken row')} left out, e.g. line ${first.line} of ${first.file}: expected ${first.expected}, got ${first.actual}\n`,
        ]),
    table([heading, ...rows], [1, 2, 4]),
    ...(estimate.length > 1 ? [`Together: ${togetherText(estimate)}.\n`] : []),
  ].join('');
}

const costText = ({ inputUsd, atMostUsd }: Pick<ArmEstimate, 'inputUsd' | 'atMostUsd'>) =>
  inputUsd === null || atMostUsd === null
    ? 'no list price known'
    : `${usdText(inputUsd)} to ${usdText(atMostUsd)}`;

function togetherText(estimate: readonly ArmEstimate[]): string {
  const add = (field: 'inputUsd' | 'atMostUsd') =>
    estimate.reduce<number | null>((sum, each) => {
      const usd = each[field];
      return sum === null || usd === null ? null : sum + usd;
    }, 0);
  const tokens = estimate.reduce((sum, each) => sum + each.inputTokens, 0);
  return `${countOf(tokens, 'input token')}, ${costText({ inputUsd: add('inputUsd'), atMostUsd: add('atMostUsd') })}`;
}

export function summaryText(summary: RunSummary): string {
  const { task, model, samples, faults, arms, differences, state, spentUsd } = summary;
  const title = `${task}, ${model}: ${countOf(samples, 'sample')}${faults === 0 ? '' : `, ${countOf(faults, 'broken row')} left out`}${state === 'complete' ? '' : ', not complete'}${spentUsd === null ? '' : `, ${usdText(spentUsd)}`}`;
  const heading = ['arm', 'score', '', 'scored', 'tokens', 'compression', 'cost', 'time', 'drawing'];
  const figures = arms.flatMap(({ arm, figures: list }) =>
    list.map(({ name, percent, count }) => [arm, name, percent.toFixed(2), `of ${countOf(count, 'sample')}`]),
  );
  const compared = differences.map(({ first, second, difference, low, high, count }) => [
    `${second} − ${first}`,
    pointsText(difference),
    `${pointsText(low)} to ${pointsText(high)}`,
    `on ${countOf(count, 'sample')}`,
  ]);
  return [
    `${title}\n\n`,
    table([heading, ...arms.map(armRow)], [1, 3, 4, 5, 6, 7, 8]),
    ...(compared.length === 0
      ? []
      : ['\nDifferences in points with their 95 % interval\n', table(compared, [1])]),
    ...(figures.length === 0 ? [] : ['\nFigures as the benchmark publishes them\n', table(figures, [2])]),
  ].join('');
}

function armRow({ arm, mean, stderr, count, unscored, missing, spent }: ArmSummary): string[] {
  const left = [
    ...(unscored === 0 ? [] : [`${countText(unscored)} unscored`]),
    ...(missing === 0 ? [] : [`${countText(missing)} missing`]),
  ];
  return [
    arm,
    mean === null ? '-' : (100 * mean).toFixed(1),
    stderr === null ? '' : `± ${(100 * stderr).toFixed(1)}`,
    `${countText(count)}${left.length === 0 ? '' : ` (${left.join(', ')})`}`,
    spent.meanTokens === null ? '-' : countText(Math.round(spent.meanTokens)),
    spent.compressionRatio === null ? '-' : ratioText(spent.compressionRatio),
    spent.costUsd === null ? 'unknown' : usdText(spent.costUsd),
    msText(spent.meanTotalMs),
    msText(spent.meanPrepareMs),
  ];
}

/** Short times in milliseconds. */
export const msText = (ms: number | null): string => {
  if (ms === null) return '-';
  return ms < 10_000 ? `${countText(Math.round(ms))} ms` : durationText(ms / 1000);
};

const pointsText = (difference: number) => `${difference > 0 ? '+' : ''}${(100 * difference).toFixed(1)}`;

/** The last words on standard error. */
export function endText(
  state: Evaluated['state'],
  { samples, arms }: RunSummary,
  folder: string,
  mode: 'brief' | 'full',
): string {
  const left = arms.reduce((sum, { missing }) => sum + missing, 0);
  const failed = arms.reduce((sum, { spent }) => sum + spent.failed, 0);
  const recorded = `${countText(samples * arms.length - left)} of ${countOf(samples * arms.length, 'answer')} are in ${folder}`;
  switch (state) {
    case 'interrupted':
      return `interrupted: ${recorded}; the same command with --resume goes on\n`;
    case 'cost-reached':
      return `stopped before --max-cost would be exceeded: ${recorded}; --resume with a higher one goes on\n`;
    case 'complete':
      return [
        ...(failed === 0 ? [] : [`note: ${countText(failed)} failed; --retry-failed asks them again\n`]),
        ...(mode === 'brief' ? [] : [`glyph report ${folder} makes a page of it\n`]),
      ].join('');
    default:
      return state satisfies never;
  }
}
