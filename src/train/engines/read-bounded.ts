/** Reads a request's body whole, within bounds of its own and of all that are held at once. */

export interface HeldBody {
  readonly text: string;
  /** Frees its room. */
  release(): void;
}

/** @param held is counted up while a body is here */
export async function readBounded(
  request: Request,
  limits: { readonly maxBodyBytes: number; readonly maxHeldBytes: number },
  held: { bytes: number },
): Promise<HeldBody | 'too-large' | 'busy'> {
  const decoder = new TextDecoder();
  let [text, byteLength] = ['', 0];
  const release = () => {
    held.bytes -= byteLength;
    byteLength = 0;
  };
  const reader = request.body?.getReader();
  const refuse = async (why: 'too-large' | 'busy') => {
    release();
    await reader?.cancel();
    return why;
  };
  if (Number(request.headers.get('content-length') ?? 0) > limits.maxBodyBytes) return refuse('too-large');
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) break;
      if (byteLength + value.length > limits.maxBodyBytes) return await refuse('too-large');
      if (held.bytes + value.length > limits.maxHeldBytes) return await refuse('busy');
      held.bytes += value.length;
      byteLength += value.length;
      text += decoder.decode(value, { stream: true });
    }
    return { text: text + decoder.decode(), release };
  } catch (error) {
    release();
    throw error;
  }
}
