/** The three stages behind one call: what a run is made of, where it begins, and which settings decide its result. */
import { GlyphError } from '../base/index.ts';
import type { Stage } from '../data/index.ts';
import type { Model } from '../model/index.ts';
import { type ReaderCheckpoint, readVocabulary, trainVocabulary, writeVocabulary } from '../reader/index.ts';
import { alphabetOf } from './alphabet.ts';
import { checkData } from './check-data.ts';
import { type DataFiles, readDataSet, type TrainingData } from './data-set.ts';
import { createJudge } from './judge.ts';
import type { ReaderKind } from './material.ts';
import { createPageShelf } from './page-shelf.ts';
import type { TrainPreset } from './presets.ts';
import { openPretrain, type PretrainSettings } from './pretrain.ts';
import type { Compute } from './programs.ts';
import { openRl, type RlSettings } from './rl.ts';
import { hasBegun, type RunOptions, runStage } from './run.ts';
import { openSft, type SftSettings } from './sft.ts';
import { createTeacher, type Learning, startState } from './teacher.ts';
import { withoutMarks } from './without-marks.ts';

export type StageSettings =
  | ({ readonly stage: 'pretrain' } & PretrainSettings)
  | ({ readonly stage: 'sft' } & SftSettings)
  | ({ readonly stage: 'rl' } & RlSettings);

export interface TrainOptions
  extends Pick<RunOptions, 'store' | 'checkpointEvery' | 'now' | 'signal' | 'onEvent'> {
  readonly settings: StageSettings;
  readonly preset: Pick<TrainPreset, 'reader' | 'learning'>;
  readonly data: DataFiles;
  /** What training begins with; a new reader for `pretrain` unless given. */
  readonly from?: ReaderCheckpoint | undefined;
  readonly compute: Compute;
  /** Judges free answers of `rl`; by their words alone unless given. */
  readonly judge?: Model | undefined;
}

/**
 * @returns how many steps the run has
 * @throws GlyphError kind `input` for data that does not do, else as `runStage`
 */
export async function train(options: TrainOptions): Promise<number> {
  const { settings, preset, store, compute, from } = options;
  if (from === undefined && settings.stage !== 'pretrain') throw noReader(settings.stage);
  const data = await readDataSet(options.data);
  checkData(data, settings.stage, from?.config ?? preset.reader);
  const kind = from ?? (await newKind(preset.reader, data, store));
  const material = { rows: data.rows, kind, loadPage: createPageShelf(options.data, kind.config) };
  const { learning } = preset;
  return await runStage({
    ...options,
    settings: recorded(settings, learning, kind, data, from),
    kind: { config: kind.config, vocabulary: kind.vocabulary },
    metadata: metadataOf(settings.stage, data, from),
    start: () => startState(kind.config, settings.seed, learning, from?.tensors),
    async open(state) {
      if (from === undefined) await store.write(vocabularyName, writeVocabulary(kind.vocabulary));
      const teacher = () => createTeacher(kind.config, state, compute, learning);
      switch (settings.stage) {
        case 'pretrain':
          return openPretrain(settings, material, teacher());
        case 'sft':
          return openSft(settings, material, teacher());
        case 'rl': {
          const judge = options.judge === undefined ? undefined : createJudge(options.judge);
          return await openRl(settings, material, state, from!.tensors, { compute, learning, judge });
        }
        default:
          return settings satisfies never;
      }
    },
  });
}

const noReader = (stage: string) =>
  new GlyphError({
    kind: 'config',
    operation: `begin ${stage}`,
    expected: 'a reader to begin with',
    actual: 'none',
    hint: 'name the run or folder of one with --from',
  });

const vocabularyName = 'vocabulary.json';
/** Characters that the vocabulary is made from: more teaches it nothing new. */
const mostVocabularyText = 4_000_000;

/** A vocabulary is trained once, and kept in the run. */
async function newKind(
  reader: TrainPreset['reader'],
  data: TrainingData,
  store: RunOptions['store'],
): Promise<ReaderKind> {
  const kept = (await hasBegun(store)) ? await store.read(vocabularyName) : undefined;
  const vocabulary =
    kept === undefined ? trainVocabulary(textsOf(data), reader.vocabularySize) : readVocabulary(kept);
  return { config: { ...reader, vocabularySize: vocabulary.size }, vocabulary };
}

function* textsOf({ rows }: TrainingData): Generator<string> {
  let length = 0;
  for (const { task, messages } of rows) {
    // Random strings would only take places from words.
    if (task === 'strings') continue;
    for (const { content } of messages) {
      yield withoutMarks(content);
      length += content.length;
    }
    if (length > mostVocabularyText) return;
  }
}

/** Reading teaches characters; later stages add none. */
function metadataOf(stage: Stage, { rows }: TrainingData, from: ReaderCheckpoint | undefined) {
  const before = from?.metadata['alphabet'];
  return { stage, alphabet: stage === 'pretrain' ? alphabetOf(rows, before) : (before ?? alphabetOf(rows)) };
}

/** What a run must have the same to go on. */
function recorded(
  settings: StageSettings,
  learning: Learning,
  { config }: ReaderKind,
  data: TrainingData,
  from: ReaderCheckpoint | undefined,
): Readonly<Record<string, unknown>> {
  return {
    formatVersion: 1,
    settings,
    learning,
    reader: config,
    data: data.hash,
    from: from === undefined ? null : from.metadata,
  };
}
