/** What both OpenAI formats have in common: credentials, images as data URLs, usage with cached tokens, error objects. */
import * as v from 'valibot';
import { toBase64 } from '../base64.ts';
import type { ImagePart } from '../message.ts';
import type { Usage } from '../model.ts';
import { ModelError } from '../model-error.ts';
import { excerptOf } from '../parse-answer.ts';
import { failureOf } from '../status-error.ts';

/** How closely OpenAI's models look at an image. */
export type ImageDetail = 'low' | 'high' | 'auto';

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

export const dataUrl = ({ bytes, mediaType }: ImagePart) => `data:${mediaType};base64,${toBase64(bytes)}`;

interface Counts {
  readonly input: number | null | undefined;
  readonly cached: number | null | undefined;
  readonly cacheWrite: number | null | undefined;
  readonly output: number | null | undefined;
  readonly reasoning: number | null | undefined;
}

/** OpenAI counts cached tokens as part of the input. */
export function usageOf({ input, cached, cacheWrite, output, reasoning }: Counts): Usage {
  const cachedInputTokens = cached ?? 0;
  const cacheWriteTokens = cacheWrite ?? 0;
  return {
    inputTokens: Math.max(0, (input ?? 0) - cachedInputTokens - cacheWriteTokens),
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens: output ?? 0,
    ...(typeof reasoning === 'number' ? { reasoningTokens: reasoning } : {}),
  };
}

/** An error inside of an answer; servers write a status, a name or nothing as its code. */
export const errorObject = v.looseObject({
  message: v.nullish(v.string()),
  code: v.nullish(v.union([v.string(), v.number()])),
  type: v.nullish(v.string()),
});

export function answeredError(title: string, error: v.InferOutput<typeof errorObject>): ModelError {
  const message = error.message ?? 'an error without a message';
  const status = statusOf(error);
  return new ModelError({
    failure: failureOf(status, `${error.code ?? ''} ${message}`),
    operation: `ask ${title}`,
    expected: 'an answer',
    actual: `an error: ${excerptOf(message)}`,
    status,
    bodyExcerpt: excerptOf(JSON.stringify(error)),
  });
}

function statusOf({ code, type }: v.InferOutput<typeof errorObject>): number {
  const status = Number(code);
  if (status >= 400 && status < 600) return status;
  const name = `${code ?? ''} ${type ?? ''}`;
  if (/rate_limit|insufficient_quota/.test(name)) return 429;
  if (/authentication|invalid_api_key|permission/.test(name)) return 401;
  return /invalid|bad_?request|context_length|image_|content_policy|bio_policy/i.test(name) ? 400 : 500;
}
