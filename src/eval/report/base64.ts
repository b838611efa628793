/** Bytes as base64, wherever JavaScript runs. */

/** Arguments a call takes safely. */
const sliceLength = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += sliceLength) {
    binary += String.fromCharCode(...bytes.subarray(at, at + sliceLength));
  }
  return btoa(binary);
}
