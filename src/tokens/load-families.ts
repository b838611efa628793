/**
 * Model families from a user's JSON, laid over the built-in table: a family with a known id replaces the fields it
 * gives, a new one must be complete; later ids and prefixes win over earlier ones. Everything is checked here, each
 * setting's choices too, so that pricing never meets a rule that does not hold.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { builtInFamilies } from './families.ts';
import { type Family, type FamilyTable, familySchema, settingNames } from './family.ts';
import { parseInput } from './parse-input.ts';
import { resolveRule } from './resolve-rule.ts';

const fileSchema = v.strictObject({
  families: v.optional(v.array(v.looseObject({ id: v.pipe(v.string(), v.minLength(1)) })), []),
  providers: v.optional(v.array(v.pipe(v.string(), v.minLength(1))), []),
});

/**
 * The table of `json` (`{ "families": [{ "id": …, … }], "providers": [...] }`) over `base`.
 * Throws `tokens` with the field's path where it does not hold.
 */
export function loadFamilies(json: unknown, base: FamilyTable = builtInFamilies): FamilyTable {
  const file = parseInput(fileSchema, json, 'read the model families');
  const families = new Map(base.families.map(family => [family.id, family]));
  for (const given of file.families) {
    const operation = `read the model family "${given.id}"`;
    const family = parseInput(familySchema, { ...families.get(given.id), ...given }, operation);
    assertSettings(family, operation);
    // Deleted first, so that the newest family is also the last, whose ids win.
    families.delete(family.id);
    families.set(family.id, family);
  }
  return { families: [...families.values()], providers: [...file.providers, ...base.providers] };
}

function assertSettings(family: Family, operation: string): void {
  for (const name of settingNames) {
    const setting = family.settings?.[name];
    if (setting === undefined) continue;
    for (const value of new Set([setting.default, ...Object.keys(setting.values)])) {
      try {
        resolveRule(family, { [name]: value });
      } catch (error) {
        if (error instanceof GlyphError) throw error;
        throw new GlyphError({
          kind: 'tokens',
          operation,
          expected: 'settings whose choices make a whole rule',
          actual: `${name} = ${JSON.stringify(value)}: ${error instanceof Error ? error.message : String(error)}`,
          cause: error,
        });
      }
    }
  }
}
