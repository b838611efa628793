/** Files of a job: config as YAML, scripts for bash. What a user gave stands in them quoted, never as code. */
import { stringify } from 'yaml';
import type { EngineConfig, JobFile } from './job.ts';

export const text = (content: string): JobFile => ({ content, kind: 'text' });

/** @param about one or more lines of comment */
// Engines read YAML 1.1, where an unquoted `no` is false.
export const yaml = (about: string, value: EngineConfig | object): JobFile =>
  text(`${about.replace(/^/gm, '# ')}\n${stringify(value, { lineWidth: 0, version: '1.1' })}`);

/** A script that runs in the folder it lies in and stops at the first failure. */
export const script = (about: string, body: string): JobFile => ({
  kind: 'script',
  content: `#!/usr/bin/env bash
${about.replace(/^/gm, '# ')}
set -euo pipefail
cd "$(dirname "\${BASH_SOURCE[0]}")"
${body.trim()}
`,
});

/** A file that scripts read with `.`. */
export const sourced = (about: string, body: string): JobFile =>
  text(`# shellcheck shell=bash disable=SC2034
${about.replace(/^/gm, '# ')}
${body.trim()}
`);

/** What a user set goes over the recipe's; an empty value leaves a key to the engine. */
export const withOverrides = (keys: EngineConfig, overrides: EngineConfig): EngineConfig =>
  Object.fromEntries(Object.entries({ ...keys, ...overrides }).filter(([, value]) => value !== ''));
