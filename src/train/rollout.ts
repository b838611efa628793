/** Answers drawn from the reader as it is, and their texts in the form that rewards and training data have. */
import {
  assistantTurn,
  createAnswerText,
  createSample,
  type Engine,
  type Piece,
  type Sample,
  specialId,
  type Vocabulary,
  writeTokens,
} from '../reader/index.ts';
import type { ReaderKind } from './material.ts';

export interface Rollout {
  /** The tokens written, the end included where it came. */
  readonly tokens: readonly number[];
  /** `<think>…</think>`, with what the prompt began it with, and the answer; without its end where it was cut off. */
  readonly text: string;
  readonly isFinished: boolean;
}

export interface RolloutOptions {
  readonly answersPerPrompt: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: string;
}

/** By prompt. */
export async function drawRollouts(
  engine: Engine,
  kind: ReaderKind,
  prompts: readonly (readonly Piece[])[],
  options: RolloutOptions,
): Promise<readonly (readonly Rollout[])[]> {
  const { answersPerPrompt } = options;
  const samples = prompts.map(pieces => createSample(pieces, kind.config, kind.vocabulary));
  const written = Array.from({ length: prompts.length * answersPerPrompt }, () => ({
    tokens: [] as number[],
    isFinished: false,
  }));
  for await (const step of writeTokens(engine, kind, samples, options)) {
    for (const [i, answer] of written.entries()) {
      const token = step[i];
      if (typeof token === 'number') answer.tokens.push(token);
      if (token === 'stop') {
        answer.tokens.push(specialId('end'));
        answer.isFinished = true;
      }
    }
  }
  const rollouts = written.map((answer, i) => {
    const turn = assistantTurn(samples[Math.floor(i / answersPerPrompt)]!);
    return { ...answer, text: wireText([...turn, ...answer.tokens], kind.vocabulary) };
  });
  return prompts.map((_, i) => rollouts.slice(i * answersPerPrompt, (i + 1) * answersPerPrompt));
}

/** As a chat model writes it: thinking between its tags, wherever they stand. */
export function wireText(tokens: readonly number[], vocabulary: Vocabulary): string {
  const answer = createAnswerText(vocabulary);
  let text = '';
  const put = (deltas: ReturnType<typeof answer.end>) => {
    for (const delta of deltas) if ('text' in delta) text += delta.text;
  };
  for (const token of tokens) {
    if (token === specialId('end')) break;
    put(answer.take(token));
    if (token === specialId('think')) text += '<think>\n';
    if (token === specialId('think-end')) text += '\n</think>\n';
  }
  put(answer.end());
  return text;
}

/** The prompt and an answer as one sample, with a weight of 1 on what was written. */
export function rolloutSample(prompt: readonly Piece[], rollout: Rollout, kind: ReaderKind): Sample {
  return createSample(
    [...prompt, { type: 'tokens', tokens: rollout.tokens, weight: 1 }],
    kind.config,
    kind.vocabulary,
  );
}
