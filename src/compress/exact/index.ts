/** Exact strings: found in a text, carried beside its pages; and secrets, taken out of it. */
export { type ExactSpan, findExact } from './find-exact.ts';
export type { SidecarPage } from './places.ts';
export { type Redacted, redactSecrets, type Secret } from './redact.ts';
export { buildSidecar, type Sidecar, type SidecarInput } from './sidecar.ts';
