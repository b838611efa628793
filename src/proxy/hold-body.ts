/** Reads a request's body whole where there is room for it, and hands it on as it comes where there is none. */

/** Bytes of all bodies held at once. */
export class HeldBytes {
  readonly #max: number;
  #used = 0;

  constructor(max: number) {
    this.#max = max;
  }

  take(byteLength: number): boolean {
    if (this.#used + byteLength > this.#max) return false;
    this.#used += byteLength;
    return true;
  }

  give(byteLength: number): void {
    this.#used -= byteLength;
  }
}

export type HeldBody =
  | { readonly state: 'whole'; readonly bytes: Uint8Array; release(): void }
  | {
      readonly state: 'passing';
      readonly reason: 'too-large' | 'busy';
      readonly stream: ReadableStream<Uint8Array>;
    };

export async function holdBody(request: Request, held: HeldBytes, maxBytes: number): Promise<HeldBody> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  let isReleased = false;
  const release = () => {
    if (!isReleased) held.give(byteLength);
    isReleased = true;
  };
  const pass = (reason: 'too-large' | 'busy', waiting: readonly Uint8Array[]): HeldBody => {
    release();
    return { state: 'passing', reason, stream: rejoin(waiting, reader!) };
  };
  try {
    if (reader !== undefined) {
      if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return pass('too-large', []);
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        chunks.push(value);
        if (byteLength + value.length > maxBytes) return pass('too-large', chunks);
        if (!held.take(value.length)) return pass('busy', chunks);
        byteLength += value.length;
      }
    }
  } catch (error) {
    release();
    throw error;
  }
  return { state: 'whole', bytes: Buffer.concat(chunks), release };
}

/** What was read already, then the rest. */
function rejoin(
  waiting: readonly Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  const first = [...waiting];
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = first.shift();
        if (chunk !== undefined) return controller.enqueue(chunk);
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: reason => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
