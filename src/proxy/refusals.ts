/** Answers that look as if the pages were refused, and for which models nothing is imaged for a while after one. */

/** A larger body of an error is passed on as it is. */
const maxErrorBytes = 65_536;
/** Statuses that speak of the body; those of keys, addresses and rates do not. */
const statuses = new Set([400, 413, 415, 422]);
const pattern =
  /image|vision|multimodal|modalit|media|too (large|long|many|big)|payload|exceed|unsupported|content (type|part|block)/i;

export type RefusalReading =
  | { readonly isRefusal: true }
  /** The answer as it came, to be read from the start. */
  | { readonly isRefusal: false; readonly response: Response };

export async function readRefusal(response: Response): Promise<RefusalReading> {
  if (!statuses.has(response.status) || response.body === null) return { isRefusal: false, response };
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  while (byteLength <= maxErrorBytes) {
    const { done, value } = await reader.read();
    if (done) {
      const bytes = Buffer.concat(chunks);
      if (response.status === 413 || pattern.test(bytes.toString())) return { isRefusal: true };
      return { isRefusal: false, response: new Response(bytes, response) };
    }
    chunks.push(value);
    byteLength += value.length;
  }
  await reader.cancel();
  return { isRefusal: true };
}

export class Refusals {
  readonly #restMs: number;
  readonly #until = new Map<string, number>();

  constructor(restMs: number) {
    this.#restMs = restMs;
  }

  add(model: string, nowMs: number): void {
    this.#until.set(model, nowMs + this.#restMs);
  }

  has(model: string, nowMs: number): boolean {
    const until = this.#until.get(model);
    if (until === undefined) return false;
    if (until > nowMs) return true;
    this.#until.delete(model);
    return false;
  }
}
