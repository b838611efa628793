/**
 * From a model id to its family: the whole id, then the longest declared beginning, then the same without a declared
 * provider in front. Nothing else matches: an id the table does not know is an error with the nearest known ones,
 * because a silently wrong rule is a silently wrong price.
 */
import { GlyphError, nearestName, RecentCache } from '../base/index.ts';
import type { Family, FamilyTable } from './family.ts';

export interface ResolvedModel {
  readonly family: Family;
  /** The id as it matched: lower case, without provider. */
  readonly name: string;
}

interface FamilyIndex {
  readonly byId: ReadonlyMap<string, Family>;
  /** Longest first. */
  readonly prefixes: readonly (readonly [prefix: string, family: Family])[];
  /** Ids asked for lately: the same few come again and again. */
  readonly resolved: RecentCache<string, ResolvedModel>;
}

const keptModels = 64;

const indexes = new WeakMap<FamilyTable, FamilyIndex>();

/** The family of `model`. Throws `tokens` for an unknown id. */
export function resolveModel(model: string, table: FamilyTable): ResolvedModel {
  const index = indexOf(table);
  return index.resolved.get(model, () => resolve(model, table, index));
}

function resolve(model: string, table: FamilyTable, index: FamilyIndex): ResolvedModel {
  const names = namesOf(model, table.providers);
  for (const name of names) {
    const family = index.byId.get(name) ?? index.prefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
    if (family !== undefined) return { family, name };
  }
  throw new GlyphError({
    kind: 'tokens',
    operation: 'find the model family',
    expected: 'a model id of the table',
    actual: JSON.stringify(model) ?? String(model),
    hint: hintFor(names.at(-1) ?? '', index),
  });
}

/** The id in lower case, then without each declared provider in front of it. */
export function namesOf(model: string, providers: readonly string[]): string[] {
  const names: string[] = [];
  let name: string | undefined = String(model).trim().toLowerCase();
  while (name !== undefined && name.length > 0) {
    names.push(name);
    const whole: string = name;
    const provider = providers.find(start => whole.startsWith(start.toLowerCase()));
    name = provider === undefined ? undefined : whole.slice(provider.length);
  }
  return names;
}

/** The value of the longest key that is `name` or a beginning of it. */
export function longestKeyed<T>(name: string, values: Readonly<Record<string, T>>): T | undefined {
  let best: string | undefined;
  for (const key of Object.keys(values)) {
    if (name.startsWith(key.toLowerCase()) && key.length > (best?.length ?? -1)) best = key;
  }
  return best === undefined ? undefined : values[best];
}

function indexOf(table: FamilyTable): FamilyIndex {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const byId = new Map<string, Family>();
  const byPrefix = new Map<string, Family>();
  for (const family of table.families) {
    byId.set(family.id.toLowerCase(), family);
    for (const model of family.models) byId.set(model.toLowerCase(), family);
    for (const prefix of family.prefixes) byPrefix.set(prefix.toLowerCase(), family);
  }
  const prefixes = [...byPrefix].sort(([a], [b]) => b.length - a.length);
  const index = { byId, prefixes, resolved: new RecentCache<string, ResolvedModel>(keptModels) };
  indexes.set(table, index);
  return index;
}

function hintFor(name: string, { byId, prefixes }: FamilyIndex): string {
  const names = new Set([...byId.keys(), ...prefixes.map(([prefix]) => prefix)]);
  const nearest: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const near = nearestName(name, names);
    if (near === undefined) break;
    nearest.push(near);
    names.delete(near);
  }
  if (nearest.length > 0) return `nearest known: ${nearest.join(', ')}`;
  const families = new Set([...byId.values()].map(family => family.id));
  return `families: ${[...families].join(', ')}`;
}
