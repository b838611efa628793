/**
 * A family's rule with the caller's settings laid over it. A setting or value the family does not declare is an
 * error: a request for "detail: low" must not be priced as something else.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { type Basis, type Family, type SettingName, settingNames } from './family.ts';
import { type Rule, ruleSchema } from './rules/rule.ts';

/** Choices among what the family's `settings` declare; what is left out takes the family's default. */
export interface VisionSettings {
  /** OpenAI: "auto", "low", "high", "original". */
  readonly detail?: string | undefined;
  /** Gemini: "low", "medium", "high", "ultra-high". */
  readonly mediaResolution?: string | undefined;
  /** e.g. "gundam" of DeepSeek-OCR, "560" of Gemma 4. */
  readonly mode?: string | undefined;
  /** e.g. "documented" or "measured". */
  readonly variant?: string | undefined;
}

export interface ResolvedRule {
  readonly rule: Rule;
  readonly basis: Basis;
  readonly perImageOverhead: number;
}

/** Those without settings: each image of a request asks. */
const plainRules = new WeakMap<Family, ResolvedRule>();

/** Throws `tokens` for a setting or value the family does not declare. */
export function resolveRule(family: Family, settings: VisionSettings): ResolvedRule {
  if (Object.keys(settings).length > 0) return resolve(family, settings);
  const rule = plainRules.get(family) ?? resolve(family, settings);
  plainRules.set(family, rule);
  return rule;
}

function resolve(family: Family, settings: VisionSettings): ResolvedRule {
  let { basis, perImageOverhead } = family;
  let parameters: Record<string, unknown> = { ...family.rule };
  for (const name of settingNames) {
    const choice = chosen(family, name, settings[name]);
    if (choice === undefined) continue;
    basis = choice.basis ?? basis;
    perImageOverhead = choice.perImageOverhead ?? perImageOverhead;
    parameters = { ...parameters, ...choice.set };
  }
  return { rule: v.parse(ruleSchema, parameters), basis, perImageOverhead };
}

function chosen(family: Family, name: SettingName, value: string | undefined) {
  const setting = family.settings?.[name];
  if (setting === undefined) {
    if (value === undefined) return undefined;
    throw new GlyphError({
      kind: 'tokens',
      operation: `choose "${name}" for ${family.id}`,
      expected: `one of its settings: ${Object.keys(family.settings ?? {}).join(', ') || 'it has none'}`,
      actual: `${name} = ${JSON.stringify(value)}`,
    });
  }
  const choice = setting.values[value ?? setting.default];
  if (choice === undefined) {
    throw new GlyphError({
      kind: 'tokens',
      operation: `choose "${name}" for ${family.id}`,
      expected: `one of ${Object.keys(setting.values).join(', ')}`,
      actual: JSON.stringify(value ?? setting.default),
    });
  }
  return choice;
}
