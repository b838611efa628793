/** Bytes as base64 text (RFC 4648 §4), as every wire format carries images; no Node `Buffer`, so it runs in a browser. */

/** Bytes of a step: a multiple of 3, and few enough for one call's arguments. */
const stepBytes = 3 * 8192;

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += stepBytes) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + stepBytes))));
  }
  return parts.join('');
}

/** Undefined for what is no base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
