/**
 * The vocabulary of evaluation: a task opens samples, each sample is material to read (text or pages) with a question
 * that stays text, and says how an answer is scored. Samples are plain data: a run can log all but the material and
 * score again later without asking a model.
 */
import type { RenderConfig } from '../config/index.ts';
import type { ImagePart, Message } from '../model/index.ts';
import type { DataFiles } from './data/data-files.ts';
import type { Figure, ScoredSample } from './figure.ts';
import type { Scorer } from './score.ts';

/** What is to be read, before anybody decided whether it goes as text or as pages. */
export type Material =
  | { readonly kind: 'text'; readonly text: string }
  /** Earlier turns; the question is the last one. `conversationText` writes them as pages show them. */
  | { readonly kind: 'conversation'; readonly messages: readonly Message[] }
  /** A path as `DataFiles.open` takes it. */
  | { readonly kind: 'pdf'; readonly path: string }
  /** Pages as the benchmark gives them: paths, or the images themselves. */
  | { readonly kind: 'images'; readonly images: readonly (string | ImagePart)[] };

/** How a material reaches the model. */
export type Form = 'text' | 'pages';

/** The text around the material, as the task words it for one form. */
export interface Prompt {
  /** '' for none. */
  readonly before: string;
  readonly after: string;
}

type MetaValue = string | number | boolean | null | readonly string[];

/** A sample without what is to be read. */
export interface SampleFacts {
  /** Unique in its task, and the same whenever the same data is opened, e.g. "vt/4096/17". */
  readonly id: string;
  /** The part of the task it belongs to, e.g. "vt" or "hotpotqa". */
  readonly subset: string;
  /** The bare question, for a judge and for logs. */
  readonly question: string;
  /** Text and pages differ where the benchmark words them differently, or drops examples from pages. */
  readonly prompts: Readonly<Record<Form, Prompt>>;
  readonly targets: readonly string[];
  /** What scores are reported by, besides the subset, e.g. { length: "4096" }. */
  readonly groups: Readonly<Record<string, string | readonly string[]>>;
  /** Output tokens the benchmark allows, where it says so for single samples. */
  readonly maxTokens?: number;
  /** How the benchmark's published run draws this sample's pages unlike the others. */
  readonly config?: Partial<RenderConfig>;
  /** What a scorer or a reader of the log needs, e.g. the seed. */
  readonly meta: Readonly<Record<string, MetaValue>>;
}

export interface Sample extends SampleFacts {
  readonly kind: 'sample';
  readonly material: Material;
}

/** A broken row of the data. It is recorded and the run goes on. */
export interface Fault {
  readonly kind: 'fault';
  readonly file: string;
  /** From 1: the line of a JSONL file, the row of a JSON array or of a parquet file. */
  readonly line: number;
  /** E.g. `"answers": an array`. */
  readonly expected: string;
  readonly actual: string;
}

export interface OpenOptions {
  /** Reads data; a task that makes its samples needs none. */
  readonly files?: DataFiles | undefined;
  /** Where the task's data is, as `files` names it. */
  readonly folder?: string | undefined;
  /** Names from the task's `subsets`; all of them when left out. */
  readonly subsets?: readonly string[] | undefined;
  /** Lengths in tokens: of the samples to make, or the upper ends of the bins to read. */
  readonly lengths?: readonly number[] | undefined;
  /** At most so many samples of each subset and length: the first ones. */
  readonly limit?: number | undefined;
  /** For samples that are made: the same seed, the same samples. 42 when left out. */
  readonly seed?: number | string | undefined;
  /** Tokens of a text; o200k_base when left out. */
  readonly countTokens?: ((text: string) => number) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Task {
  /** E.g. "ruler". */
  readonly name: string;
  /** One line. */
  readonly about: string;
  /** What to download and where to put it; undefined for a task that makes its samples. */
  readonly data: string | undefined;
  /** Empty where any name in the data is one. */
  readonly subsets: readonly string[];
  readonly defaults: TaskDefaults;
  /** `each-page`: pages are asked one by one and the answers joined, as for transcription; otherwise all at once. */
  readonly asks?: 'each-page';
  /**
   * Samples in a fixed order, read or made one at a time.
   * @throws GlyphError kind `io` where data is missing, `config` where an option does not hold, `aborted`
   */
  open(options: OpenOptions): AsyncIterable<Sample | Fault>;
  readonly scorer: Scorer;
  /** The figures the benchmark publishes, from the scores of a run. */
  figures(samples: readonly ScoredSample[]): readonly Figure[];
}

export interface TaskDefaults {
  /** Output tokens as published; a model that reasons needs more. */
  readonly maxTokens: number;
  readonly temperature: number;
  /** As published, for a task that makes its samples. */
  readonly lengths?: readonly number[];
  /** Of each subset and length, as published. */
  readonly samples?: number;
}
