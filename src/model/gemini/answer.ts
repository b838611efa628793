/**
 * Reads answers of Gemini's generateContent. A stream is a row of partial answers of the same shape as a whole one; it
 * has no last event of its own: the one with a reason to finish is the last.
 */
import { malformed, parseJson, parseValue } from '../parse-answer.ts';
import { statusError } from '../status-error.ts';
import type { WirePiece, WireReader } from '../wire.ts';
import { finishPieces, usagePieces } from './answer-figures.ts';
import { type Answer, answerSchema, type Part } from './answer-schema.ts';
import type { Opaque } from './request-parts.ts';
import { title } from './title.ts';

export function startReading(): WireReader {
  const read = createReader();
  return {
    readEvent: ({ data }) => read(parseJson(answerSchema, data, `an event of ${title}`), data),
  };
}

export function readWhole(json: unknown): readonly WirePiece[] {
  const what = `an answer of ${title}`;
  const answer = parseValue(answerSchema, json, what);
  const body = JSON.stringify(json);
  const pieces = createReader()(answer, body);
  if (answer.candidates.length === 0 && !answer.promptFeedback?.blockReason) {
    throw malformed(what, 'a candidate', 'none', body);
  }
  return pieces;
}

/** Counts the calls, for those without an id. */
function createReader(): (answer: Answer, body: string) => readonly WirePiece[] {
  let calls = 0;
  return (answer, body) => {
    const { candidates, error, modelVersion, responseId, usageMetadata } = answer;
    if (error) {
      const status = error.code ?? 500;
      throw statusError(title, { status, body, retryAfterMs: undefined, keyVariable: undefined });
    }
    const parts = candidates[0]?.content?.parts ?? [];
    const finish = finishPieces(answer, body);
    return [
      ...(modelVersion ? [{ type: 'model', model: modelVersion } as const] : []),
      ...parts.flatMap(part => partPieces(part, () => `${responseId ?? 'call'}-${calls++}`)),
      ...finish,
      ...usagePieces(usageMetadata),
      ...(finish.length === 0 ? [] : [{ type: 'end' } as const]),
    ];
  };
}

/** @param makeId for a call without one: unique in a conversation, and the same each time the answer is read */
function partPieces(part: Part, makeId: () => string): readonly WirePiece[] {
  const { functionCall, text, thought, thoughtSignature } = part;
  const opaque: Opaque | undefined = thoughtSignature ? { thoughtSignature } : undefined;
  if (functionCall) {
    const { id, name, args } = functionCall;
    const call = {
      type: 'tool-call',
      id: id || makeId(),
      name,
      arguments: JSON.stringify(args ?? {}),
    } as const;
    return [{ type: 'tool-call', call: opaque === undefined ? call : { ...call, opaque } }];
  }
  if (thought) return [{ type: 'reasoning', text: text ?? '', opaque }];
  return [
    ...(text ? [{ type: 'text', text } as const] : []),
    // The text of an answer may be signed too; a neutral text has no place for that.
    ...(opaque === undefined ? [] : [{ type: 'reasoning', text: '', opaque } as const]),
  ];
}
