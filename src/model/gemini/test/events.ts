/** Answers of Gemini's generateContent, shaped as the API sends them. */
import { eventStream } from '../../test/event-stream.ts';

type Fields = Readonly<Record<string, unknown>>;

export const answeredBy = 'gemini-2.5-flash';
export const responseId = 'o3kgaYiVH-2KxN8Pq4y5gAs';

/** An answer, or an event of a stream. @param finish the reason; undefined before the end */
export const answerOf = (parts: readonly Fields[], usageMetadata: Fields, finish?: string): Fields => ({
  candidates: [
    {
      content: { ...(parts.length === 0 ? {} : { parts }), role: 'model' },
      ...(finish === undefined ? {} : { finishReason: finish }),
      index: 0,
    },
  ],
  usageMetadata,
  modelVersion: answeredBy,
  responseId,
});

/** Google ends lines with CR LF. */
export const stream = (events: readonly Fields[]): string => eventStream(events).replaceAll('\n', '\r\n');

export const error = (code: number, status: string, message: string, details: readonly Fields[] = []) => ({
  error: { code, message, status, ...(details.length === 0 ? {} : { details }) },
});
