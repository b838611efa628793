/** A page's transcription as a model's answer: rows as deltas, with the options and figures of any other answer. */
import type { Completion, Delta, GenerateOptions } from '../model/index.ts';
import type { ReadPageOptions, ReadRow } from './read-page.ts';
import { createStopText } from './stop-text.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Transcribed = Pick<Completion, 'text' | 'finishReason' | 'usage'>;

/** @param read rows of the page, with these options */
export async function* transcribe(
  read: (options: ReadPageOptions) => AsyncIterable<ReadRow>,
  vocabulary: Vocabulary,
  { maxTokens = Number.POSITIVE_INFINITY, temperature, topP, topK, seed, stop, signal }: GenerateOptions,
): AsyncGenerator<Delta, Transcribed> {
  const stopText = createStopText(stop);
  let [text, shownTokens] = ['', 0];
  let [inputTokens, outputTokens] = [0, 0];
  let finishReason: Completion['finishReason'] = 'stop';
  const rows = read({
    ...{ temperature, topP, topK, seed, signal },
    onEvent(event) {
      if (event.type === 'rows-found') ({ inputTokens } = event);
      else {
        ({ outputTokens } = event);
        if (event.cut > 0) finishReason = 'length';
      }
    },
  });
  const show = (more: string): readonly Delta[] => {
    text += more;
    return more === '' ? [] : [{ type: 'text', text: more }];
  };
  for await (const row of rows) {
    const tokens = vocabulary.encode(row.text);
    const room = maxTokens - shownTokens;
    shownTokens += tokens.length;
    yield* show(stopText.take(tokens.length > room ? vocabulary.decode(tokens.slice(0, room)) : row.text));
    if (tokens.length > room) finishReason = 'length';
    if (stopText.isStopped || tokens.length > room) break;
  }
  yield* show(stopText.rest());
  const usage = {
    inputTokens,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: Math.max(outputTokens, Math.min(shownTokens, maxTokens)),
  };
  return { text, finishReason, usage };
}
