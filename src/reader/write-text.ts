/** What follows a prompt, written token by token and given as text; stop strings end it as the end mark does. */
import type { Delta } from '../model/index.ts';
import type { AnswerText } from './answer-text.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { Engine } from './engine.ts';
import { type WriteOptions, writeTokens } from './generate.ts';
import type { Sample } from './sample.ts';

export interface Writing extends Pick<ReaderCheckpoint, 'config' | 'vocabulary'> {
  readonly engine: Engine;
}

export interface WrittenText {
  readonly outputTokens: number;
  readonly finishReason: 'stop' | 'length';
}

/**
 * @param answerText takes all that is written
 * @throws GlyphError kind `input` for a prompt that leaves no room in the window
 */
export async function* writeText(
  writing: Writing,
  prompt: Sample,
  answerText: AnswerText,
  options: WriteOptions,
): AsyncGenerator<Delta, WrittenText> {
  let outputTokens = 0;
  let finishReason: WrittenText['finishReason'] = 'stop';
  for await (const [written] of writeTokens(writing.engine, writing, [prompt], options)) {
    if (typeof written !== 'number') {
      finishReason = written ?? 'stop';
      break;
    }
    outputTokens++;
    yield* answerText.take(written);
    if (answerText.isStopped) break;
  }
  yield* answerText.end();
  return { outputTokens, finishReason };
}
