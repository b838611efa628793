/** A check of a running server: what is wrong with it and how to mend it. */
export { type CheckServerOptions, checkServer } from './check-server.ts';
export type { Finding, ServedModel } from './finding.ts';
