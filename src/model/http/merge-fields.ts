/** Lays JSON objects over each other: objects into objects, everything else in place of what was there. */

export type Fields = Readonly<Record<string, unknown>>;

export function mergeFields(base: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const under = merged[name];
    merged[name] = isFields(under) && isFields(value) ? mergeFields(under, value) : value;
  }
  return merged;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
