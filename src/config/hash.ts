/** The name of a config: it stands in manifests, cache keys and logs, so equal configs must hash alike anywhere. */
import { sha256Hex } from '../base/index.ts';
import { configKeys } from './keys.ts';
import type { RenderConfig } from './render-config.ts';

/** A config does not change once it is made, and each page drawn asks for its name. */
const known = new WeakMap<RenderConfig, string>();

/**
 * First 16 hex digits of the SHA-256 of the config as JSON with sorted keys and numbers at twelve digits. Asks
 * nothing of the files a config names: two fonts under one path hash alike.
 */
export function configHash(config: RenderConfig): string {
  const hash = known.get(config) ?? hashOf(config);
  known.set(config, hash);
  return hash;
}

function hashOf(config: RenderConfig): string {
  const names = configKeys.map(key => key.name).sort();
  const canonical = names.map(name => [name, canonicalValue(config[name])]);
  return sha256Hex(JSON.stringify(canonical)).slice(0, 16);
}

function canonicalValue(value: RenderConfig[keyof RenderConfig]): unknown {
  if (typeof value === 'number') return canonicalNumber(value);
  return Array.isArray(value) ? value.map(canonicalValue) : value;
}

/** Drops rounding noise such as 0.1 + 0.2 and the sign of zero. */
function canonicalNumber(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
