/** This package's name and version, as manifests state them. */
import { readFileSync } from 'node:fs';

export interface Generator {
  readonly name: string;
  readonly version: string;
}

let known: Generator | undefined;

export function generator(): Generator {
  if (known === undefined) {
    // Two folders up both in the source tree and once built.
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { name, version } = JSON.parse(text) as Generator;
    known = { name, version };
  }
  return known;
}
