/** Server-sent events (WHATWG HTML §9.2) from the bytes of a stream, however these are cut. */
import { createParser } from 'eventsource-parser';
import type { ServerEvent } from '../wire.ts';

/**
 * @param maxCharacters of one event
 * @param tooLarge what is thrown for a larger one
 */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
  maxCharacters: number,
  tooLarge: () => Error,
): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  const events: ServerEvent[] = [];
  let isTooLarge = false;
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ event, data }),
    onError: error => {
      isTooLarge ||= error.type === 'max-buffer-size-exceeded';
    },
    maxBufferSize: maxCharacters,
  });
  function* take(text: string): Generator<ServerEvent> {
    parser.feed(text);
    yield* events.splice(0);
    if (isTooLarge) throw tooLarge();
  }
  for await (const chunk of chunks) yield* take(decoder.decode(chunk, { stream: true }));
  // A server may close right after the last line, without the empty one.
  yield* take(`${decoder.decode()}\n\n`);
}
