/**
 * What generateContent answers, as far as it is read here; each event of a stream has the same shape. Fields may be
 * missing and unknown ones pass.
 */
import * as v from 'valibot';

const text = v.nullish(v.string());
const count = v.nullish(v.number());

const part = v.object({
  text,
  thought: v.nullish(v.boolean()),
  thoughtSignature: text,
  functionCall: v.nullish(v.object({ id: text, name: v.string(), args: v.nullish(v.unknown()) })),
});

const candidate = v.object({
  content: v.nullish(v.object({ parts: v.nullish(v.array(part), []) })),
  finishReason: text,
  finishMessage: text,
});

const usage = v.nullish(
  v.object({
    promptTokenCount: count,
    cachedContentTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
  }),
);

export const answerSchema = v.object({
  candidates: v.nullish(v.array(candidate), []),
  promptFeedback: v.nullish(v.object({ blockReason: text })),
  usageMetadata: usage,
  modelVersion: text,
  responseId: text,
  error: v.nullish(v.object({ code: v.fallback(count, undefined) })),
});

export type Answer = v.InferOutput<typeof answerSchema>;
export type Part = v.InferOutput<typeof part>;
export type TokenCounts = v.InferOutput<typeof usage>;
