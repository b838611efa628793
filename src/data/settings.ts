/** Everything that decides the bytes of a data set, besides the corpus and this program's version. */
import { GlyphError, nearestName } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { visionTokens } from '../tokens/index.ts';
import type { Stage } from './example.ts';
import type { OcrMarks } from './marked-lines.ts';

export interface DataSettings {
  readonly stage: Stage;
  /** Training examples; validation has as many more as its share of the documents asks for. */
  readonly examples: number;
  readonly seed: string;
  /** One config for all pages, or each example's own from the paper's Table 8. */
  readonly pages: RenderConfig | 'mixture';
  /** Counts vision tokens as this model family does, e.g. "glyph". */
  readonly model: string;
  /** Tokens of an example, text and vision. */
  readonly maxTokens: number;
  /** Pages of an example. */
  readonly maxPages: number;
  /** How often each task is drawn, by name; tasks left out are not. */
  readonly tasks: Readonly<Record<string, number>>;
  /** Of SFT and RL examples, that write out a page instead of answering a question; 0 to 1. */
  readonly ocrShare: number;
  /** How text that is to be written out is written: as it stands, or each line led by its mark, e.g. "[p1:14] ". */
  readonly ocrMarks: OcrMarks;
  /** Of the documents, kept for validation; 0 to 1. */
  readonly valShare: number;
  /** Examples of a shard: what is written, and lost by a kill, as a whole. */
  readonly shardSize: number;
}

const pretrainTasks = { ocr: 2, interleaved: 1, generation: 1 };
const questionTasks = {
  needle: 1,
  'multi-key': 1,
  'multi-value': 1,
  'multi-query': 1,
  'key-value': 1,
  counting: 1,
  'which-page': 1,
  continuation: 1,
  locate: 1,
};
/** Only by name: of no use to a model that reads well. */
const unaskedPretrainTasks = ['strings'];

/** The tasks of a stage with the weights they have unless others are asked for. */
export const tasksOf = (stage: Stage): Readonly<Record<string, number>> =>
  stage === 'pretrain' ? pretrainTasks : questionTasks;

const knownTasks = (stage: Stage): readonly string[] => [
  ...Object.keys(tasksOf(stage)),
  ...(stage === 'pretrain' ? unaskedPretrainTasks : []),
];

export const defaultSettings = {
  examples: 1000,
  seed: '42',
  model: 'glyph',
  maxTokens: 8192,
  maxPages: 4,
  ocrShare: 0.1,
  ocrMarks: 'none',
  valShare: 0.05,
  shardSize: 256,
} as const satisfies Partial<DataSettings>;

/** @throws GlyphError kind `config` for an unknown task or no task at all, `tokens` for an unknown model */
export function assertSettings(settings: DataSettings): void {
  visionTokens(settings.model, 448, 448);
  const known = knownTasks(settings.stage);
  const unknown = Object.keys(settings.tasks).find(name => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, known);
    throw new GlyphError({
      kind: 'config',
      operation: `choose tasks of ${settings.stage}`,
      expected: known.join(', '),
      actual: JSON.stringify(unknown),
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    });
  }
  if (Object.values(settings.tasks).some(weight => weight > 0)) return;
  throw new GlyphError({
    kind: 'config',
    operation: `choose tasks of ${settings.stage}`,
    expected: 'at least one with a weight above 0',
    actual: 'none',
  });
}
