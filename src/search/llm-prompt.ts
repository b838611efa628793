/** What a proposing model is told: the space, the population with its results and failures, and the form of the answer. */
import { describeSpace, type RenderConfig, type SampleOptions } from '../config/index.ts';
import { type Message, textMessage } from '../model/index.ts';
import type { ConfigEvidence } from './evidence.ts';
import type { Candidate } from './problem.ts';
import type { ProposalRequest } from './proposer.ts';

const mostMembers = 12;
const mostConfusions = 6;

const task = `You help to find a page layout that a vision-language model reads well at few tokens. Long text is drawn as page images; a page costs tokens by its size in pixels. Small type, tight lines and low dpi save tokens and cost accuracy; fonts, spacing and contrast decide how well small type is read. Two objectives, both to be raised: accuracy, and compression (text tokens of what a page shows, divided by the tokens of the page). Wanted are configs that beat the front: more accurate at the same compression, or denser at the same accuracy.`;

const form = (
  count: number,
) => `Look at what separates good from bad, and at what is misread. Then answer with one JSON object and nothing else:
{"critique": "two or three sentences", "proposals": [
  {"kind": "mutation", "parents": ["ID"], "changes": {"dpi": 70, "fontSize": 9.5}},
  {"kind": "crossover", "parents": ["ID", "ID"], "take": ["fontFamily", "pageSize"], "changes": {}}
]}
A mutation is the parent with the changes. A crossover is the first parent, with the keys in "take" from the second, then the changes. Give ${count} proposals, all different from each other and from every config that was tried. Stay within the ranges.`;

export function proposalPrompt(
  { population, count }: ProposalRequest<RenderConfig, ConfigEvidence>,
  space: SampleOptions,
  base: RenderConfig,
): Message[] {
  const members = population.slice(0, mostMembers).map(member => memberText(member, base));
  return [
    textMessage(
      'user',
      [
        task,
        `Ranges:\n${describeSpace(space)}`,
        `All configs begin with:\n${JSON.stringify(base)}`,
        `Population, what differs from that, and results:\n${members.join('\n')}`,
        form(count),
      ].join('\n\n'),
    ),
  ];
}

function memberText(
  { id, genome, values, evidence }: Candidate<RenderConfig, ConfigEvidence>,
  base: RenderConfig,
): string {
  const { stderr, tasks, confusions } = evidence;
  const [accuracy = 0, ratio = 0] = values;
  return JSON.stringify({
    id,
    config: differing(genome, base),
    accuracy: round(accuracy),
    ...(stderr === null ? {} : { stderr: round(stderr) }),
    compression: round(ratio),
    tasks: Object.fromEntries(tasks.map(({ name, mean }) => [name, round(mean)])),
    ...(confusions.length === 0 ? {} : { misread: Object.fromEntries(confusions.slice(0, mostConfusions)) }),
  });
}

const round = (value: number) => Number(value.toFixed(4));

/** Keys whose values are not those of the other config. */
export const differing = (config: RenderConfig, base: RenderConfig): Partial<RenderConfig> =>
  Object.fromEntries(
    Object.entries(config).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(base[key as keyof RenderConfig]),
    ),
  );

/** The second and last asking, after proposals that do not hold. */
export function sentBack(
  asked: readonly Message[],
  answer: string,
  problems: readonly string[],
  missing: number,
): Message[] {
  const list = problems.slice(0, mostMembers).map(problem => `- ${problem}`);
  return [
    ...asked,
    textMessage('assistant', answer.trim() === '' ? '(nothing)' : answer),
    textMessage(
      'user',
      `These do not hold:\n${list.join('\n')}\nGive ${missing} other proposals in the same form.`,
    ),
  ];
}
