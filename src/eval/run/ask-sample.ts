/**
 * Asks one sample in the arms that are still to be asked, one after another: build the request, ask, record, let the
 * judge write, score. What fails with one sample is recorded and the run goes on.
 */
import { type Message, type Model, textMessage, type Usage } from '../../model/index.ts';
import type { Score, ScoreOptions } from '../score.ts';
import type { Sample, Task } from '../task.ts';
import { type AnswerLog, sumUsd } from './answer-log.ts';
import type { Arm } from './arms.ts';
import { type ArmRequest, maxTokensOf, openSample, type RequestEffects } from './build-request.ts';
import { type CallEffects, type Called, callModel, failureOf } from './call-model.ts';
import { eachPage } from './each-page.ts';
import type { WorstPages } from './keep-worst.ts';
import type { Answered, AnswerLine } from './lines.ts';
import type { createReader } from './read-material.ts';
import { scoreAnswer } from './score-answer.ts';

export interface AskEffects extends CallEffects {
  readonly task: Task;
  readonly judge: Model | undefined;
  readonly read: ReturnType<typeof createReader>;
  readonly request: RequestEffects;
  readonly log: AnswerLog;
  readonly worst: WorstPages;
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly scoring: ScoreOptions;
  onAnswer(answer: AnswerLine, score: Score): void;
}

export interface Pending {
  readonly arm: Arm;
  readonly key: string;
  /** `judge`: the answer is there, and what the judge wrote is missing. */
  readonly step: 'ask' | 'judge';
}

/** @throws as `callModel`, and GlyphError kind `io` where nothing can be recorded */
export async function askSample(
  sample: Sample,
  pending: readonly Pending[],
  effects: AskEffects,
): Promise<void> {
  const { log, isStopped } = effects;
  let build: ReturnType<typeof openSample> | undefined;
  const buildArm = async (arm: Arm) => {
    const readable = await effects.read(sample.material);
    if (effects.task.asks === 'each-page' && arm.form === 'pages' && readable.kind === 'text')
      return await eachPage(readable.text, effects.request);
    build ??= openSample(sample, readable, effects.request);
    return await build(arm);
  };
  for (const each of pending) {
    if (isStopped()) return;
    const { key, step } = each;
    const { answer, pages } =
      step === 'judge'
        ? { answer: log.answers.get(key), pages: [] }
        : await askArm(sample, each, buildArm, effects);
    if (answer === undefined) return;
    if (step === 'ask') await log.addAnswer(answer);
    if (answer.outcome === 'answered') await judgeAnswer(sample, answer, effects);
    const score = scoreAnswer(effects.task, sample, answer, log.judgements.get(key), effects.scoring);
    await effects.worst.offer(answer, score, pages, sample.targets);
    effects.onAnswer(answer, score);
  }
}

/** No answer where the request may not begin. */
async function askArm(
  sample: Sample,
  { arm, key }: Pending,
  build: (arm: Arm) => Promise<ArmRequest>,
  effects: AskEffects,
): Promise<{ readonly answer: AnswerLine | undefined; readonly pages: ArmRequest['pages'] }> {
  const place = { key, sample: sample.id, arm: arm.name };
  let built: ArmRequest;
  try {
    built = await build(arm);
  } catch (error) {
    return { answer: { ...place, outcome: 'failed', error: failureOf(error), costUsd: 0 }, pages: [] };
  }
  const { messages, more = [], accounting, pages } = built;
  const { temperature, request, task } = effects;
  const maxTokens = maxTokensOf(sample, task, effects.maxTokens);
  const requests = [messages, ...more];
  const call = (each: readonly Message[]) =>
    callModel(
      {
        model: request.model,
        messages: each,
        inputTokens: Math.ceil(accounting.tokensAfter / requests.length),
        options: temperature === null ? { maxTokens } : { maxTokens, temperature },
      },
      effects,
    );
  let called = await call(messages);
  for (const each of more) {
    if (called === undefined || 'failure' in called) break;
    called = joinCalls(called, await call(each));
  }
  return { answer: called === undefined ? undefined : answerLine(place, accounting, called), pages };
}

/** Two requests of one answer. What failed or may not begin decides for both. */
function joinCalls(
  first: Extract<Called, { completion: unknown }>,
  second: Called | undefined,
): Called | undefined {
  if (second === undefined) return undefined;
  const costUsd = sumUsd([first.costUsd, 'failure' in second ? second.failure.costUsd : second.costUsd]);
  if ('failure' in second) return { failure: { ...second.failure, costUsd } };
  const [a, b] = [first.completion, second.completion];
  const completion = {
    ...b,
    text: `${a.text}\n${b.text}`,
    finishReason: a.finishReason === 'stop' ? b.finishReason : a.finishReason,
    usage: a.usage === undefined || b.usage === undefined ? undefined : addUsage(a.usage, b.usage),
    timing: {
      firstTokenMs: a.timing.firstTokenMs,
      totalMs: a.timing.totalMs + b.timing.totalMs,
      attempts: a.timing.attempts + b.timing.attempts,
    },
  };
  return { completion, costUsd };
}

const addUsage = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
  cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

function answerLine(
  place: Pick<AnswerLine, 'key' | 'sample' | 'arm'>,
  accounting: Answered['accounting'],
  called: Called,
): AnswerLine {
  if ('failure' in called) return { ...place, outcome: 'failed', ...called.failure };
  const { text, finishReason, usage, timing } = called.completion;
  return {
    ...place,
    outcome: 'answered',
    text,
    finishReason,
    usage: usage ?? null,
    timing: { ...timing, firstTokenMs: timing.firstTokenMs ?? null },
    accounting,
    costUsd: called.costUsd,
  };
}

async function judgeAnswer(sample: Sample, answer: Answered, effects: AskEffects): Promise<void> {
  const { judge: model, task, log } = effects;
  const { judge } = task.scorer;
  if (model === undefined || judge === undefined) return;
  const { key, arm } = answer;
  const place = { key, sample: sample.id, arm };
  const prompt = judge.prompt(sample, answer.text);
  const called = await callModel(
    {
      model,
      messages: [textMessage('user', prompt)],
      inputTokens: effects.count(prompt),
      options: { maxTokens: judge.maxTokens, temperature: 0 },
    },
    effects,
  );
  if (called === undefined) return;
  if ('failure' in called) return await log.addJudgement({ ...place, outcome: 'failed', ...called.failure });
  const { completion, costUsd } = called;
  await log.addJudgement({ ...place, outcome: 'judged', judge: model.id, text: completion.text, costUsd });
}
