/** The beginning of an answer, read until it shows what it is; then all of it again from its first byte. */

export type Verdict = 'refusal' | 'answer';

/** Where the bytes so far end: more will come, the answer ends, or no more are read. */
export type At = 'middle' | 'end' | 'full';

export interface Beginning {
  readonly verdict: Verdict;
  /** The whole answer. */
  readonly rest: ReadableStream<Uint8Array>;
}

/** No refusal is longer. */
const maxBytes = 65_536;

/**
 * @param verdictOf is asked after each piece with all bytes so far; must decide at the end
 * @param silenceMs after which the answer is taken for one
 */
export async function readBeginning(
  body: ReadableStream<Uint8Array>,
  verdictOf: (bytes: Uint8Array, at: At) => Verdict | undefined,
  silenceMs: number,
): Promise<Beginning> {
  const reader = body.getReader();
  const silence = timerOf(silenceMs);
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  let verdict: Verdict | undefined;
  let pending = reader.read();
  try {
    while (verdict === undefined) {
      const read = await Promise.race([pending, silence.over]);
      if (read === undefined) {
        verdict = 'answer';
        break;
      }
      if (!read.done) {
        chunks.push(read.value);
        byteLength += read.value.length;
      }
      verdict = verdictOf(
        Buffer.concat(chunks),
        read.done ? 'end' : byteLength > maxBytes ? 'full' : 'middle',
      );
      if (read.done) verdict ??= 'answer';
      else pending = reader.read();
    }
  } finally {
    silence.clear();
  }
  pending.catch(() => {}); // told to whoever reads on
  return { verdict, rest: again(chunks, pending, reader) };
}

function timerOf(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return { over, clear: () => clearTimeout(timer) };
}

/** What was read, what is being read, and the rest. */
function again(
  chunks: Uint8Array[],
  pending: Promise<ReadableStreamReadResult<Uint8Array>>,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  let next: typeof pending | undefined = pending;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = chunks.shift();
        if (chunk !== undefined) return controller.enqueue(chunk);
        const { done, value } = await (next ?? reader.read());
        next = undefined;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: reason => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
