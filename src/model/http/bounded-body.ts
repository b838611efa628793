/** Reads the body of an answer up to a limit of bytes, so that no server can fill the memory. */
import type { Watch } from './watch.ts';

export interface BodyLimits {
  readonly maxBytes: number;
  /** Between two chunks. */
  readonly idleMs: number;
  readonly watch: Watch;
  /** What is thrown for more bytes, for none in time, and for a connection that broke. */
  tooLarge(): Error;
  tooSlow(): Error;
  broken(cause: unknown): Error;
}

/** The chunks as they come. Left early, it closes the connection. */
export async function* boundedChunks(response: Response, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const { maxBytes, idleMs, watch } = limits;
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let byteLength = 0;
  let isComplete = false;
  try {
    if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw limits.tooLarge();
    while (true) {
      watch.setLimit(idleMs, limits.tooSlow);
      const { done, value } = await watch.within(
        reader.read().catch((cause: unknown) => {
          throw limits.broken(cause);
        }),
      );
      watch.clearLimit();
      if (done) break;
      byteLength += value.length;
      if (byteLength > maxBytes) throw limits.tooLarge();
      yield value;
    }
    isComplete = true;
  } finally {
    watch.clearLimit();
    // Not waited for: a body that broke may never answer.
    if (!isComplete) reader.cancel().catch(() => {});
  }
}

/** The whole body as text. */
export async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for await (const chunk of chunks) parts.push(decoder.decode(chunk, { stream: true }));
  parts.push(decoder.decode());
  return parts.join('');
}

/** The beginning of a body as text; what is beyond is not read. */
export async function readBeginning(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let left = maxBytes;
  for await (const chunk of chunks) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    if (left <= 0) break;
  }
  return text;
}
