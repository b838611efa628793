/**
 * The example of a number: everything in it follows from the settings, the corpus and that number, so any machine may
 * build any of them. What does not do (a stretch without text, a page no model takes) is drawn anew, a few times.
 */
import { createRandom, type Random, type Weighted } from '../base/index.ts';
import { loadTextTokenizer } from '../tokens/index.ts';
import { createBudget } from './budget.ts';
import type { Corpus } from './corpus.ts';
import { countText, type DrawContext, type TextPage } from './draw.ts';
import { portableHash } from './drawn-config.ts';
import { type AnswerKey, assertMarks, type Example, type ExampleMessage, imageMark } from './example.ts';
import { chooseConfig, openMaterial } from './material.ts';
import { createPlaces, type Places } from './places.ts';
import { generationTask } from './pretrain/generation.ts';
import { interleavedTask } from './pretrain/interleaved.ts';
import { ocrTask } from './pretrain/ocr.ts';
import { stringsTask } from './pretrain/strings.ts';
import type { PretrainTask } from './pretrain/task.ts';
import { buildQuestion } from './questions/build.ts';
import { countingTask } from './questions/counting.ts';
import { locateTask } from './questions/find-line.ts';
import { continuationTask, pageTextTask, whichPageTask } from './questions/from-pages.ts';
import { keyValueTask } from './questions/key-value.ts';
import { multiKeyTask, multiQueryTask, multiValueTask, needleTask } from './questions/needle.ts';
import type { QuestionTask } from './questions/question.ts';
import { assertSettings, type DataSettings } from './settings.ts';
import type { Split } from './split.ts';

const pretrainTasks: Readonly<Record<string, PretrainTask>> = {
  ocr: ocrTask,
  interleaved: interleavedTask,
  generation: generationTask,
  strings: stringsTask,
};

const questionTasks = ({ ocrMarks }: DataSettings): Readonly<Record<string, QuestionTask>> => ({
  needle: needleTask,
  'multi-key': multiKeyTask,
  'multi-value': multiValueTask,
  'multi-query': multiQueryTask,
  'key-value': keyValueTask,
  counting: countingTask,
  'which-page': whichPageTask,
  continuation: continuationTask,
  locate: locateTask,
  ocr: pageTextTask(ocrMarks),
});

/** An example that could not be made: recorded, not fatal. */
export interface FailedExample {
  readonly id: string;
  readonly reason: string;
}

export interface Builder {
  /** Examples of each split; none for validation where no document is in it. */
  readonly counts: Readonly<Record<Split, number>>;
  /** @throws GlyphError kind `config` where no page fits the budget; `io`, `input`, `font` */
  build(split: Split, index: number): Promise<Example | FailedExample>;
}

/** The task stays for most attempts, so that hard ones keep their share; the last ones take any. */
const [attemptsAtTask, maxAttempts] = [14, 20];
/** Kept for instructions. */
const spareTokens = 64;
/** Of the budget, for a question and its answer; a page's text takes more. */
const [answerPart, pageTextPart] = [0.15, 0.45];

/** @throws GlyphError kind `config` or `tokens` where the settings do not hold */
export async function openBuilder(
  settings: DataSettings,
  corpus: Corpus,
  effects: Pick<DrawContext, 'loadFont'>,
): Promise<Builder> {
  assertSettings(settings);
  await loadTextTokenizer();
  const context = { model: settings.model, loadFont: effects.loadFont };
  const counts = countExamples(settings, corpus);
  const placesOf = (split: Split) =>
    createPlaces(
      corpus.documents.filter(document => document.split === split),
      Math.max(1, counts[split]),
    );
  const places = { train: placesOf('train'), val: placesOf('val') };
  return {
    counts,
    async build(split, index) {
      const id = exampleId(split, index);
      const random = createRandom(`${settings.seed} ${settings.stage} ${id}`);
      let task = chooseTask(settings, random);
      let reason = '';
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        if (attempt >= attemptsAtTask) task = chooseTask(settings, random);
        const job = { settings, context, places: places[split], index, attempt, random, task };
        const built = await buildOnce(job);
        if (typeof built !== 'string') {
          const example = { id, ...built };
          assertMarks(example);
          return example;
        }
        reason = built;
      }
      return { id, reason };
    },
  };
}

/** e.g. "train-000123" */
const exampleId = (split: Split, index: number) => `${split}-${String(index).padStart(6, '0')}`;

function countExamples({ examples, valShare }: DataSettings, { documents }: Corpus): Record<Split, number> {
  const has = (split: Split) => documents.some(document => document.split === split);
  return {
    train: has('train') ? examples : 0,
    val: has('val') ? Math.max(1, Math.round(examples * valShare)) : 0,
  };
}

interface Job {
  readonly settings: DataSettings;
  readonly context: DrawContext;
  readonly places: Places;
  readonly index: number;
  readonly attempt: number;
  readonly random: Random;
  readonly task: string;
}

async function buildOnce(job: Job): Promise<Omit<Example, 'id'> | string> {
  const { settings, places, index, attempt, random, task } = job;
  const { stage, maxTokens, maxPages, ocrMarks } = settings;
  const config = chooseConfig(settings, random);
  const material = await openMaterial(settings, config, places.at(index, attempt, random));
  if (typeof material === 'string') return material;
  const request = { ...job, material, maxPages };
  let built: Content | string;
  if (stage === 'pretrain') {
    const budget = createBudget(maxTokens - spareTokens);
    built = await pretrainTasks[task]!({ ...request, budget, ocrMarks });
  } else {
    const answerTokens = Math.round(maxTokens * (task === 'ocr' ? pageTextPart : answerPart));
    const questionTask = questionTasks(settings)[task]!;
    built = await buildQuestion({ ...request, stage, task: questionTask, maxTokens, answerTokens });
  }
  if (typeof built === 'string') return built;
  const { messages, pages, key } = built;
  const textTokens = messages.reduce((sum, { content }) => sum + countText(withoutMarks(content)), 0);
  const visionTokens = pages.reduce((sum, page) => sum + page.visionTokens, 0);
  const answered = stage === 'rl' && key !== undefined ? countText(key.answer) : 0;
  if (textTokens + visionTokens + answered > maxTokens) return 'more tokens than an example may have';
  return {
    task,
    source: material.source,
    configHash: portableHash(config),
    messages,
    pages: pages.map(({ png, widthPx, heightPx }) => ({ png, widthPx, heightPx })),
    textTokens,
    visionTokens,
    key,
  };
}

interface Content {
  readonly messages: readonly ExampleMessage[];
  readonly pages: readonly TextPage[];
  readonly key?: AnswerKey;
}

function chooseTask({ stage, tasks, ocrShare }: DataSettings, random: Random): string {
  if (stage !== 'pretrain' && random.next() < ocrShare) return 'ocr';
  const weights = Object.entries(tasks).sort(([a], [b]) => (a < b ? -1 : 1));
  return random.weighted(weights.map(([name, weight]): Weighted<string> => [weight, name]));
}

const withoutMarks = (content: string) => content.replaceAll(imageMark, '');
