/**
 * What the table says of one model family: which ids belong to it, its vision-token rule with the settings a caller
 * may choose, how sure the figure is, and the limits of a request. Plain data, so users write the same in JSON.
 */
import * as v from 'valibot';
import { ruleSchema } from './rules/rule.ts';
import { positiveWhole, wholeNumber } from './rules/rule-kind.ts';

/**
 * How a figure is known. `exact`: the model's own published code gives it. `documented`: the vendor's page states the
 * rule. `measured`: fitted to billed usage. `estimated`: sources disagree or a part is unverified.
 */
const basisSchema = v.picklist(['exact', 'documented', 'measured', 'estimated']);
export type Basis = v.InferOutput<typeof basisSchema>;

const choiceSchema = v.strictObject({
  /** Parameters of the rule this choice replaces. */
  set: v.optional(v.record(v.string(), v.unknown())),
  basis: v.optional(basisSchema),
  perImageOverhead: v.optional(wholeNumber),
});

const settingSchema = v.strictObject({
  /** The value in force when the caller names none. */
  default: v.string(),
  values: v.record(v.string(), choiceSchema),
});

const settingsSchema = v.strictObject({
  /** OpenAI's image detail, e.g. "high". */
  detail: v.optional(settingSchema),
  /** Gemini's media resolution, e.g. "medium". */
  mediaResolution: v.optional(settingSchema),
  /** A size the model's own processor offers, e.g. "gundam". */
  mode: v.optional(settingSchema),
  /** Which account of the rule, where sources differ, e.g. "documented". */
  variant: v.optional(settingSchema),
});

const limitsSchema = v.strictObject({
  /** Tokens of prompt and answer together, e.g. 131072. */
  contextTokens: v.optional(positiveWhole),
  imagesPerRequest: v.optional(positiveWhole),
  /** Bytes of the request body. */
  requestBytes: v.optional(positiveWhole),
  /** A longer side is refused. */
  maxSidePx: v.optional(positiveWhole),
  /** In a request of more than `above` images, a longer side is refused. */
  manyImages: v.optional(v.strictObject({ above: positiveWhole, maxSidePx: positiveWhole })),
});
export type ModelLimits = v.InferOutput<typeof limitsSchema>;

export const familySchema = v.strictObject({
  /** Stable name, also accepted as a model id, e.g. "qwen2.5-vl". */
  id: v.pipe(v.string(), v.minLength(1)),
  title: v.string(),
  /** Whole ids, compared without case. */
  models: v.array(v.pipe(v.string(), v.minLength(1))),
  /** Beginnings of ids, the longest match of all families wins. */
  prefixes: v.array(v.pipe(v.string(), v.minLength(1))),
  rule: ruleSchema,
  /** Of `tokens`; the overhead is as sure unless `notes` says otherwise. */
  basis: basisSchema,
  /** Marker tokens around each image on top of the rule, whatever the image's size. */
  perImageOverhead: wholeNumber,
  settings: v.optional(settingsSchema),
  limits: v.optional(limitsSchema),
  /** Limits of single models, by whole id or beginning of it; the longest match wins. */
  limitsOf: v.optional(v.record(v.string(), limitsSchema)),
  /** Where the rule is stated. */
  source: v.string(),
  notes: v.optional(v.string()),
});
export type Family = v.InferOutput<typeof familySchema>;

export type SettingName = keyof v.InferOutput<typeof settingsSchema>;
/** In the order their choices are laid over the rule. */
export const settingNames = [
  'detail',
  'mediaResolution',
  'mode',
  'variant',
] as const satisfies readonly SettingName[];

export interface FamilyTable {
  readonly families: readonly Family[];
  /** Beginnings that name who serves a model, stripped before matching, e.g. "openrouter/". */
  readonly providers: readonly string[];
}
