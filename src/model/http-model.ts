/**
 * The one engine behind all models that are asked over HTTP: it sends what a wire builds, reads the answer as it
 * comes, and does for all wires what is the same: time limits, retries, bounded bodies, timing, errors without keys.
 */
import { GlyphError } from '../base/index.ts';
import { type Assembly, createAssembly } from './assemble.ts';
import { checkMessages, checkOptions } from './check-options.ts';
import { type Caller, createGeneration } from './generation.ts';
import { joinUrl, publicUrl } from './http/join-url.ts';
import { mergeFields } from './http/merge-fields.ts';
import { backOffMs, type Retries } from './http/retry.ts';
import { completeError, createScrub, type Scrub } from './http/scrub.ts';
import { type Post, send, type Timeouts } from './http/send.ts';
import { createWatch, type Watch } from './http/watch.ts';
import type { Message } from './message.ts';
import type { Abilities, Completion, Delta, GenerateOptions, Model } from './model.ts';
import { ModelError } from './model-error.ts';
import { present } from './present.ts';
import type { Wire, WireMode } from './wire.ts';

/** What an engine takes from the world around it. */
export interface Effects {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface HttpModelSettings {
  readonly wire: Wire;
  readonly id: string;
  readonly family: string;
  /** The name that is sent. */
  readonly model: string;
  /** e.g. "https://api.openai.com/v1"; the wire adds its path. */
  readonly baseUrl: string;
  readonly key?: string | undefined;
  /** The variable the key comes from, for hints. */
  readonly keyVariable?: string | undefined;
  /** Sent with each request; their values count as secret. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly abilities: Abilities;
  /** For what a caller leaves out. */
  readonly defaults?: GenerateOptions | undefined;
  /** Merged into the body, objects into objects, over what the wire writes. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  readonly mode?: WireMode | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly retries?: Partial<Retries> | undefined;
  /** A longer answer is stopped. */
  readonly maxAnswerBytes?: number | undefined;
  readonly effects?: Partial<Effects> | undefined;
}

/** Generous: many pages take long to read, and a model may reason for minutes. */
const defaultTimeouts: Timeouts = { connectMs: 300_000, idleMs: 180_000, totalMs: 600_000 };
const defaultRetries: Retries = { attempts: 4, baseMs: 500, maxMs: 8000, maxRetryAfterMs: 60_000 };
const defaultMaxAnswerBytes = 16 * 1024 * 1024;

const defaultEffects: Effects = {
  fetch: (input, init) => globalThis.fetch(input, init),
  now: () => performance.timeOrigin + performance.now(),
  random: Math.random,
  sleep: (ms, signal) =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }),
};

/** @throws GlyphError kind `config` for a key that cannot be a header, or defaults that do not hold */
export function createHttpModel(settings: HttpModelSettings): Model {
  const { id, family, abilities, key, defaults = {} } = settings;
  checkOptions(defaults, abilities);
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) throw unusableKey(settings.keyVariable);
  return {
    id,
    family,
    abilities,
    generate: (messages, options = {}) =>
      createGeneration(caller => run(settings, messages, options, caller)),
  };
}

async function* run(
  settings: HttpModelSettings,
  messages: readonly Message[],
  given: GenerateOptions,
  caller: Caller,
): AsyncGenerator<Delta, Completion> {
  const effects = { ...defaultEffects, ...settings.effects };
  const retries = { ...defaultRetries, ...settings.retries };
  const startMs = effects.now();
  const options = readOptions(settings, given);
  checkMessages(messages, settings.abilities);
  const { post, scrub } = preparePost(settings, messages, options, effects);
  const { totalMs } = post.timeouts;
  const watch = createWatch(options.signal, aborted);
  const turnAway = () => watch.stop(aborted(caller.signal));
  caller.signal.addEventListener('abort', turnAway, { once: true });
  watch.setLimit(totalMs, () => tooLong(post, totalMs));
  try {
    for (let attempt = 1; ; attempt++) {
      const assembly = createAssembly(settings.model);
      const complete = (error: unknown) =>
        completeError(error, { url: publicUrl(post.url), partialText: assembly.text }, scrub);
      try {
        const firstTokenAt = yield* readAnswer(post, watch, assembly, effects.now);
        const firstTokenMs = firstTokenAt === undefined ? undefined : firstTokenAt - startMs;
        const timing = { firstTokenMs, totalMs: effects.now() - startMs, attempts: attempt };
        return { ...assembly.completion(), timing };
      } catch (cause) {
        if (watch.signal.aborted) throw complete(watch.signal.reason);
        const failure = complete(cause);
        const waitMs = waitBefore(failure, attempt, retries, effects);
        if (waitMs === undefined || caller.startOver() === 'refused') throw failure;
        await watch.within(effects.sleep(waitMs, watch.signal)).catch((reason: unknown) => {
          throw complete(reason);
        });
      }
    }
  } finally {
    caller.signal.removeEventListener('abort', turnAway);
    watch.close();
  }
}

/** One request. @returns when the first piece came */
async function* readAnswer(
  post: Post,
  watch: Watch,
  assembly: Assembly,
  now: () => number,
): AsyncGenerator<Delta, number | undefined> {
  let firstTokenAt: number | undefined;
  const sending = createWatch(watch.signal, signal => signal.reason);
  try {
    for await (const piece of send(post, sending)) {
      const delta = assembly.add(piece);
      if (delta === undefined) continue;
      firstTokenAt ??= now();
      yield delta;
    }
  } finally {
    sending.close();
  }
  return firstTokenAt;
}

function readOptions({ defaults, abilities }: HttpModelSettings, given: GenerateOptions): GenerateOptions {
  return { ...defaults, ...present(checkOptions(given, abilities)) };
}

function preparePost(
  settings: HttpModelSettings,
  messages: readonly Message[],
  options: GenerateOptions,
  effects: Effects,
): { readonly post: Post; readonly scrub: Scrub } {
  const { wire, key, mode = 'stream', extraBody = {} } = settings;
  const request = wire.request(settings.model, messages, options, mode);
  const secretHeaders = { ...settings.headers, ...(key === undefined ? {} : wire.credentials(key)) };
  const accept = mode === 'stream' ? 'text/event-stream, application/json' : 'application/json';
  return {
    post: {
      wire,
      mode,
      url: joinUrl(settings.baseUrl, request.path),
      headers: { 'content-type': 'application/json', accept, ...request.headers, ...secretHeaders },
      // A redirect must not carry credentials to another server.
      redirect: Object.keys(secretHeaders).length === 0 ? 'follow' : 'error',
      body: JSON.stringify(mergeFields(request.body, extraBody)),
      keyVariable: settings.keyVariable,
      timeouts: { ...defaultTimeouts, ...settings.timeouts },
      maxAnswerBytes: settings.maxAnswerBytes ?? defaultMaxAnswerBytes,
      fetch: effects.fetch,
      now: effects.now,
    },
    scrub: createScrub(key, secretHeaders),
  };
}

/** Undefined where asking again would not help, or not soon. */
function waitBefore(
  failure: unknown,
  attempt: number,
  retries: Retries,
  { random }: Effects,
): number | undefined {
  if (!(failure instanceof ModelError && failure.isRetryable) || attempt >= retries.attempts)
    return undefined;
  const { retryAfterMs } = failure;
  if (retryAfterMs === undefined) return backOffMs(retries, attempt, random());
  return retryAfterMs <= retries.maxRetryAfterMs ? retryAfterMs : undefined;
}

const aborted = (signal: AbortSignal) =>
  new GlyphError({
    kind: 'aborted',
    operation: 'generate an answer',
    expected: 'to run to its end',
    actual: 'a cancellation',
    cause: signal.reason,
  });

const tooLong = ({ wire }: Post, ms: number) =>
  new ModelError({
    failure: 'timeout',
    operation: `ask ${wire.title}`,
    expected: `a whole answer within ${ms} ms`,
    actual: 'none',
  });

/** Said without the key, which the run-time's own error would repeat. */
const unusableKey = (variable: string | undefined) =>
  new GlyphError({
    kind: 'config',
    operation: 'read the key of a model',
    expected: 'visible ASCII characters without spaces',
    actual: 'others, or none',
    hint: variable === undefined ? 'check the key' : `check ${variable}, e.g. for a line break at its end`,
  });
