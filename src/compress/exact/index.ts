/** Exact strings: found in a text and carried beside its pages; and secrets, taken out of it. */
export { type ExactSpan, findExact } from './find-exact.ts';
export type { SidecarPage } from './places.ts';
export { type Redacted, redactSecrets } from './redact.ts';
export { buildSidecar } from './sidecar.ts';
