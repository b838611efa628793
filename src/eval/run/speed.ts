/**
 * How fast a model reads: the same content as text and as pages, one request at a time, in turns. Drawing is counted
 * and stands apart from the model's own time. Each repetition reads another text, so that a server's cache of prefixes
 * cannot answer for the model; the first one of each kind warms up and is left out.
 */
import { GlyphError, throwIfAborted } from '../../base/index.ts';
import { pageConfigFor } from '../../compress/index.ts';
import type { RenderConfig } from '../../config/index.ts';
import type { Completion, Generation, Model } from '../../model/index.ts';
import type { RenderOptions } from '../../render/index.ts';
import { countSync, loadTextTokenizer } from '../../tokens/index.ts';
import type { Form, Sample } from '../task.ts';
import { rulerTask } from '../tasks/ruler.ts';
import { parseArms } from './arms.ts';
import { openSample, type RequestEffects } from './build-request.ts';
import { failureOf } from './call-model.ts';
import type { Clock } from './rate-limit.ts';

export interface SpeedOptions {
  readonly model: Model;
  /** Text tokens of the content. */
  readonly lengths: readonly number[];
  /** Measured requests of each length and form; 5 unless given. */
  readonly repetitions?: number | undefined;
  /** Longest answer; 128 unless given. Decoding is measured on what comes. */
  readonly outputTokens?: number | undefined;
  /** By the model's family unless given. */
  readonly config?: RenderConfig | undefined;
  readonly loadFont: RenderOptions['loadFont'];
  readonly clock: Clock;
  /** How full the server's cache is, 0 to 1, asked when the first token has come. */
  readonly readCacheShare?: (() => Promise<number | undefined>) | undefined;
  readonly onEvent?: ((event: SpeedEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SpeedEvent {
  readonly type: 'request-measured';
  readonly done: number;
  readonly total: number;
}

/** Medians over the repetitions that went well; null where none did or the server does not tell. */
export interface SpeedRow {
  readonly length: number;
  readonly form: Form;
  readonly repetitions: number;
  /** Failed, or sent more than once: their times say nothing. */
  readonly failed: number;
  /** Of the whole request, counted here. */
  readonly inputTokens: number | null;
  /** Drawing the pages and pricing them. */
  readonly drawMs: number | null;
  /** From the sending of the request. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
  readonly decodeTokensPerSecond: number | null;
  /** 0 to 1. */
  readonly cacheShare: number | null;
  /** Why the last of the failed ones failed. */
  readonly failure?: string;
}

const [defaultRepetitions, defaultOutputTokens] = [5, 128];
const instruction = 'Retell the text above in as much detail as you can.';
const forms = ['text', 'pages'] as const;

/** A row for each length and form. @throws GlyphError kinds `config`, `tokens`, `aborted`, or a `ModelError` about the key */
export async function measureSpeed(options: SpeedOptions): Promise<readonly SpeedRow[]> {
  const { lengths, repetitions = defaultRepetitions, signal, onEvent } = options;
  const request = await requestEffects(options);
  const total = lengths.length * (repetitions + 1) * forms.length;
  let done = 0;
  const rows: SpeedRow[] = [];
  for (const length of lengths) {
    const measured = new Map<Form, Measured[]>(forms.map(form => [form, []]));
    for await (const sample of contents(length, repetitions + 1)) {
      for (const form of forms) {
        throwIfAborted(signal, 'measure speed');
        measured.get(form)!.push(await measureOne(sample, form, request, options));
        onEvent?.({ type: 'request-measured', done: ++done, total });
      }
    }
    for (const [form, list] of measured) rows.push(rowOf(length, form, list.slice(1)));
  }
  return rows;
}

async function requestEffects({ model, config, loadFont, clock }: SpeedOptions): Promise<RequestEffects> {
  const tokenizer = await loadTextTokenizer();
  const count = (text: string) => countSync(tokenizer, text);
  const pageConfig = pageConfigFor(model.family, config);
  return { model, config: pageConfig, count, tokenizer: tokenizer.name, loadFont, clock };
}

/** Prose of that many tokens, each time another. */
async function* contents(length: number, count: number): AsyncGenerator<Sample> {
  const prompt = { before: '', after: `\n\n${instruction}` };
  for await (const sample of rulerTask.open({
    subsets: ['niah_single_2'],
    lengths: [length],
    limit: count,
  })) {
    if (sample.kind === 'sample') yield { ...sample, prompts: { text: prompt, pages: prompt } };
  }
}

type Measured =
  | (Pick<SpeedRow, 'drawMs' | 'firstTokenMs' | 'decodeTokensPerSecond' | 'cacheShare'> & {
      readonly outcome: 'measured';
      readonly inputTokens: number;
      readonly totalMs: number;
    })
  | { readonly outcome: 'failed'; readonly failure: string };

async function measureOne(
  sample: Sample,
  form: Form,
  request: RequestEffects,
  { model, outputTokens = defaultOutputTokens, readCacheShare, signal }: SpeedOptions,
): Promise<Measured> {
  const [arm] = parseArms([form]);
  const text = sample.material.kind === 'text' ? sample.material.text : '';
  try {
    const { messages, accounting } = await openSample(sample, { kind: 'text', text }, request)(arm!);
    const generation = model.generate(messages, { maxTokens: outputTokens, temperature: 0, signal });
    const { completion, cacheShare } = await listen(generation, readCacheShare);
    const { timing } = completion;
    if (timing.attempts > 1) return { outcome: 'failed', failure: 'it had to be sent again' };
    return {
      outcome: 'measured',
      inputTokens: accounting.tokensAfter,
      drawMs: accounting.prepareMs,
      firstTokenMs: timing.firstTokenMs ?? null,
      totalMs: timing.totalMs,
      decodeTokensPerSecond: decodeSpeed(completion, request.count),
      cacheShare: cacheShare ?? null,
    };
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'aborted') throw error;
    return { outcome: 'failed', failure: failureOf(error).message };
  }
}

/** Asks about the cache while the answer is being written. */
async function listen(generation: Generation, readCacheShare: SpeedOptions['readCacheShare']) {
  let cacheShare: Promise<number | undefined> | undefined;
  for await (const _ of generation) cacheShare ??= readCacheShare?.().catch(() => undefined);
  return { completion: await generation, cacheShare: await cacheShare };
}

/** Tokens a second after the first; null for fewer than two. */
function decodeSpeed({ usage, text, timing }: Completion, count: (text: string) => number): number | null {
  const tokens = (usage?.outputTokens ?? count(text)) - 1;
  const ms = timing.totalMs - (timing.firstTokenMs ?? timing.totalMs);
  return tokens < 1 || ms <= 0 ? null : (1000 * tokens) / ms;
}

function rowOf(length: number, form: Form, all: readonly Measured[]): SpeedRow {
  const good = all.flatMap(each => (each.outcome === 'measured' ? [each] : []));
  const failures = all.flatMap(each => (each.outcome === 'failed' ? [each.failure] : []));
  const medianOf = (value: (each: (typeof good)[number]) => number | null) =>
    median(good.flatMap(each => value(each) ?? []));
  return {
    length,
    form,
    repetitions: good.length,
    failed: failures.length,
    inputTokens: medianOf(each => each.inputTokens),
    drawMs: medianOf(each => each.drawMs),
    firstTokenMs: medianOf(each => each.firstTokenMs),
    totalMs: medianOf(each => each.totalMs),
    decodeTokensPerSecond: medianOf(each => each.decodeTokensPerSecond),
    cacheShare: medianOf(each => each.cacheShare),
    ...(failures.length === 0 ? {} : { failure: failures.at(-1)! }),
  };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
