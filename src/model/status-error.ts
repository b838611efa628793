/** What an HTTP status and a body say went wrong. All vendors spell errors so alike that one lenient reading does. */
import * as v from 'valibot';
import { ModelError, type ModelFailure } from './model-error.ts';
import { excerptOf } from './parse-answer.ts';

/** Messages of servers for which no status is reserved: more tokens or images than the model takes. */
const tooLargePattern =
  /context[ _](length|window|size)|(prompt|input|request|conversation) is (too|longer)|too (long|large|many (tokens|images|input))|at most \d+ image|reduce the length|exceeds? the (maximum|limit|available|model)|token count/i;

/** Google answers 400 to a wrong key. */
const wrongKeyPattern = /api[ _]key (is )?(not valid|invalid|expired)|invalid api[ _]key/i;

/** What a status means; the message decides where the status is one for all wrong requests. */
export function failureOf(status: number, message: string): ModelFailure {
  if (status === 401 || status === 403) return 'credentials';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'too-large';
  if (status === 429) return 'rate-limit';
  if (status >= 500) return 'server';
  if (wrongKeyPattern.test(message)) return 'credentials';
  return tooLargePattern.test(message) ? 'too-large' : 'request';
}

export interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs: number | undefined;
  /** The variable that holds the key, e.g. "OPENAI_API_KEY". */
  readonly keyVariable: string | undefined;
}

export function statusError(title: string, refusal: Refusal): ModelError {
  const { status, body } = refusal;
  const told = readError(body);
  const message = told?.message ?? (body.trim() === '' ? 'an empty body' : body.trim());
  const failure = failureOf(status, message);
  const wait = refusal.retryAfterMs ?? told?.retryAfterMs;
  const hint = hintFor(failure, refusal);
  return new ModelError({
    failure,
    operation: `ask ${title}`,
    expected: 'an answer',
    actual: `status ${status}: ${excerptOf(message)}`,
    ...(hint === undefined ? {} : { hint }),
    status,
    bodyExcerpt: excerptOf(body),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

function hintFor(failure: ModelFailure, { status, keyVariable }: Refusal): string | undefined {
  if (failure === 'credentials') {
    return keyVariable === undefined ? 'does the server want a key?' : `check the key in ${keyVariable}`;
  }
  if (status === 404) return 'is the name of the model right, and the base URL?';
  if (failure === 'too-large') return 'send fewer or smaller pages, or ask for fewer tokens';
  return undefined;
}

/** `{"error": {"message"}}`, `{"error": "…"}`, `{"message"}`, `{"detail"}`, or the first of a list of them. */
const errorSchema = v.looseObject({
  error: v.optional(v.union([v.string(), v.looseObject({ message: v.string() })])),
  message: v.optional(v.string()),
  detail: v.optional(v.union([v.string(), v.array(v.looseObject({ msg: v.string() }))])),
});

/** Google's `RetryInfo`: a duration like "37s". */
const retryInfoSchema = v.object({
  error: v.object({ details: v.array(v.looseObject({ retryDelay: v.optional(v.string()) })) }),
});

function readError(body: string): { message: string; retryAfterMs: number | undefined } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined; // shown as it is
  }
  const first: unknown = Array.isArray(json) ? json[0] : json;
  const parsed = v.safeParse(errorSchema, first);
  if (!parsed.success) return undefined;
  const { error, message, detail } = parsed.output;
  const ofDetail = Array.isArray(detail) ? detail[0]?.msg : detail;
  const text = (typeof error === 'object' ? error.message : error) ?? message ?? ofDetail;
  if (text === undefined) return undefined;
  const info = v.safeParse(retryInfoSchema, first);
  const delay = info.success
    ? info.output.error.details.find(item => item.retryDelay)?.retryDelay
    : undefined;
  const seconds = delay === undefined ? Number.NaN : Number.parseFloat(delay);
  return { message: text, retryAfterMs: Number.isNaN(seconds) ? undefined : seconds * 1000 };
}
