/** What generateContent tells about an answer: why it ended and what it cost. */
import type { FinishReason } from '../model.ts';
import { malformed } from '../parse-answer.ts';
import { present } from '../present.ts';
import type { WirePiece } from '../wire.ts';
import type { Answer, TokenCounts } from './answer-schema.ts';
import { title } from './title.ts';

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['CONTINUATION', 'length'],
  ['SAFETY', 'refusal'],
  ['RECITATION', 'refusal'],
  ['BLOCKLIST', 'refusal'],
  ['PROHIBITED_CONTENT', 'refusal'],
  ['SPII', 'refusal'],
  ['IMAGE_SAFETY', 'refusal'],
  ['IMAGE_PROHIBITED_CONTENT', 'refusal'],
  ['IMAGE_RECITATION', 'refusal'],
]);

/** A call that the server itself could not read; asked again, a model mostly writes a good one. */
const brokenCalls: ReadonlySet<string> = new Set(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL']);

/** @throws ModelError failure `malformed-response` for a call that the server could not read */
export function finishPieces({ candidates, promptFeedback }: Answer, body: string): readonly WirePiece[] {
  if (promptFeedback?.blockReason) return [{ type: 'finish', reason: 'refusal' }];
  const { finishReason, finishMessage } = candidates[0] ?? {};
  if (!finishReason || finishReason === 'FINISH_REASON_UNSPECIFIED') return [];
  if (brokenCalls.has(finishReason)) {
    const told = finishMessage ? `${finishReason}: ${finishMessage}` : finishReason;
    throw malformed(`an answer of ${title}`, 'a call of an offered tool', told, body);
  }
  return [{ type: 'finish', reason: finishReasons.get(finishReason) ?? 'unknown' }];
}

/** Counts so far. The prompt's include the cached tokens; the candidates' leave out the thoughts. */
export function usagePieces(counts: TokenCounts): readonly WirePiece[] {
  const prompt = counts?.promptTokenCount ?? undefined;
  const cached = counts?.cachedContentTokenCount ?? 0;
  const answer = counts?.candidatesTokenCount ?? undefined;
  const thoughts = counts?.thoughtsTokenCount ?? undefined;
  const usage = present({
    inputTokens: prompt === undefined ? undefined : Math.max(0, prompt - cached),
    cachedInputTokens: prompt === undefined ? undefined : cached,
    outputTokens:
      answer === undefined && thoughts === undefined ? undefined : (answer ?? 0) + (thoughts ?? 0),
    reasoningTokens: thoughts,
  });
  return Object.keys(usage).length === 0 ? [] : [{ type: 'usage', usage }];
}
