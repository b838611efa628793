/**
 * SHA-256 as hex text: names configs, sources and pages. Runs wherever JavaScript does (no `node:crypto`).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** 64 lower-case hex digits. A string is hashed as UTF-8, a lone surrogate as U+FFFD. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? new TextEncoder().encode(data) : data));
}
