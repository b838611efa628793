/**
 * A trained reader as three files: `config.json`, `vocabulary.json` and `model.safetensors`. Read whole and checked
 * against each other before anything is run; reading and writing the files themselves is the caller's.
 */
import { GlyphError } from '../base/index.ts';
import { readSafetensors, type State, type StoredTensor, writeSafetensors } from '../graph/index.ts';
import { readerParameters } from './architecture.ts';
import { parseReaderConfig, type ReaderConfig } from './config.ts';
import { readVocabulary, type Vocabulary, writeVocabulary } from './vocabulary.ts';

export interface ReaderCheckpoint {
  readonly config: ReaderConfig;
  readonly vocabulary: Vocabulary;
  /** The reader's parameters and nothing else. */
  readonly tensors: State;
  /** e.g. the step it was written at. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** By file name. */
export interface CheckpointFiles {
  readonly 'config.json': string;
  readonly 'vocabulary.json': string;
  readonly 'model.safetensors': Uint8Array;
}

/**
 * @param dtype `F16` halves the file; `F32` unless given
 * @param tensors may hold more, as the state of a training run does
 */
export function writeCheckpoint(checkpoint: ReaderCheckpoint, dtype: 'F32' | 'F16' = 'F32'): CheckpointFiles {
  const { config, vocabulary, tensors, metadata } = checkpoint;
  return {
    'config.json': `${JSON.stringify(config, undefined, 2)}\n`,
    'vocabulary.json': writeVocabulary(vocabulary),
    'model.safetensors': writeSafetensors(parametersIn(tensors, config), { dtype, metadata }),
  };
}

/** @throws GlyphError kind `config` or `input` for files that are broken or do not belong together */
export function readCheckpoint(files: CheckpointFiles): ReaderCheckpoint {
  const config = parseReaderConfig(parseJson(files['config.json']));
  const vocabulary = readVocabulary(files['vocabulary.json']);
  if (vocabulary.size !== config.vocabularySize)
    throw mismatch(
      `a vocabulary of ${config.vocabularySize} tokens, as the config says`,
      `${vocabulary.size}`,
    );
  const { tensors, metadata } = readSafetensors(files['model.safetensors']);
  const known = parametersIn(tensors, config);
  const stranger = [...tensors.keys()].find(name => !known.has(name));
  if (stranger !== undefined)
    throw mismatch('no other tensors than the config has', JSON.stringify(stranger));
  return { config, vocabulary, tensors: known, metadata };
}

function parametersIn(tensors: ReadonlyMap<string, StoredTensor>, config: ReaderConfig): State {
  const found: State = new Map();
  for (const { name, shape } of readerParameters(config)) {
    const tensor = tensors.get(name);
    if (tensor === undefined || tensor.shape.join() !== shape.join())
      throw mismatch(
        `tensor ${JSON.stringify(name)} of shape [${shape.join(', ')}]`,
        tensor === undefined ? 'none' : `[${tensor.shape.join(', ')}]`,
      );
    if (!tensor.data.every(Number.isFinite))
      throw mismatch(`finite numbers in ${JSON.stringify(name)}`, 'others');
    found.set(name, tensor);
  }
  return found;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw mismatch('JSON in config.json', cause instanceof Error ? cause.message : String(cause));
  }
}

const mismatch = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'read the checkpoint of a reader', expected, actual });
