/**
 * GRPO (the paper's section 3.5): groups of answers to each question drawn from the reader as it is, rewarded by the
 * evaluation's own scorers, each moved towards by how much better than its group it is, and held near the fine-tuned
 * reader that training began with. Writing out pages stays among the tasks, where the data has it.
 */
import { createRandom, GlyphError } from '../base/index.ts';
import { constantSchedule, type State } from '../graph/index.ts';
import { createEngine } from '../reader/index.ts';
import { type AnswerGroup, drawPrompts, rewardGroup } from './answer-group.ts';
import { isQuestion } from './data-set.ts';
import type { Material } from './material.ts';
import { createPolicy, type PolicyOptions } from './policy.ts';
import type { PolicySettings } from './policy-loss.ts';
import { type Compute, stepOptions } from './programs.ts';
import type { JudgeAnswer, Reward } from './reward.ts';
import { drawRollouts } from './rollout.ts';
import type { Metrics, OpenedStage } from './run.ts';
import type { Learning } from './teacher.ts';
import { tokenCount } from './token-count.ts';

export interface RlSettings extends PolicySettings {
  readonly seed: string;
  readonly steps: number;
  /** Questions of a step. */
  readonly prompts: number;
  /** Answers to each; 16. */
  readonly group: number;
  /** Steps of the optimiser on the answers of one step; above 1 the clips matter. */
  readonly updates: number;
  readonly temperature: number;
  /** Of an answer. */
  readonly maxAnswerTokens: number;
  /** Of a prompt: longer rows are passed over. */
  readonly maxPromptTokens: number;
  readonly rate: number;
  readonly warmUpSteps: number;
  /** `without`: the ablation without the auxiliary task of writing out pages. */
  readonly ocr: 'with' | 'without';
}

interface Tools {
  readonly compute: Compute;
  readonly learning: Learning;
  readonly judge?: JudgeAnswer | undefined;
}

/** Of the step that draws answers: new questions are drawn where all answers of the first ones earn the same. */
const mostDraws = 3;

/**
 * @param state as fine-tuned, or as a checkpoint of this stage left it; @param first parameters as fine-tuned
 * @throws GlyphError kind `input` where no row is a question
 */
export async function openRl(
  settings: RlSettings,
  material: Material,
  state: State,
  first: State,
  { compute, learning, judge }: Tools,
): Promise<OpenedStage> {
  const { kind } = material;
  const rows = material.rows
    .filter(isQuestion)
    .filter(row => settings.ocr === 'with' || row.reward !== 'ocr');
  if (rows.length === 0) throw noQuestions(material.rows.length);
  const engine = createEngine(kind.config, state, { ...stepOptions(compute, state), weights: 'state' });
  const policyOptions: PolicyOptions = { settings, kind, state, first, compute, learning };
  const policy = createPolicy(policyOptions);
  const schedule = constantSchedule({ peak: settings.rate, warmUpSteps: settings.warmUpSteps });
  return {
    steps: settings.steps,
    async run(step) {
      const random = createRandom(`${settings.seed} rl ${step}`);
      const groups: AnswerGroup[] = [];
      for (let draw = 0; draw < mostDraws && !groups.some(({ advantages }) => advantages); draw++) {
        const asked = await drawPrompts(rows, material, settings, random);
        const prompts = asked.map(({ prompt }) => prompt);
        const rollouts = await drawRollouts(engine, kind, prompts, {
          temperature: settings.temperature,
          answersPerPrompt: settings.group,
          maxTokens: settings.maxAnswerTokens,
          seed: `${settings.seed} ${step} ${draw}`,
        });
        for (const [i, each] of asked.entries()) groups.push(await rewardGroup(each, rollouts[i]!, judge));
      }
      const taught = await policy.update(groups, schedule(step));
      return { ...figuresOf(groups), ...taught };
    },
    async close() {
      await engine.close();
      await policy.close();
    },
  };
}

function figuresOf(groups: readonly AnswerGroup[]): Metrics {
  const rewards = groups.flatMap(group => group.rewards);
  const mean = (of: (reward: Reward) => number) =>
    rewards.reduce((sum, reward) => sum + of(reward), 0) / rewards.length;
  return {
    reward: mean(({ value }) => value),
    accuracy: mean(({ accuracy }) => accuracy),
    format: mean(({ format }) => format),
    groups: groups.length,
    droppedGroups: groups.filter(({ advantages }) => advantages === undefined).length,
    tokens: tokenCount(groups.flatMap(group => group.rollouts)),
  };
}

const noQuestions = (rows: number) =>
  new GlyphError({
    kind: 'input',
    operation: 'train by rewards',
    expected: 'rows with a reward and an answer',
    actual: `none of ${rows} rows`,
    hint: 'build the data with `glyph data rl`',
  });
