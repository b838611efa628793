/** What a caller may ask of a memory, checked once. */
import * as v from 'valibot';
import { GlyphError, nearestName } from '../../base/index.ts';
import type { RenderConfig } from '../../config/index.ts';
import type { Model } from '../../model/index.ts';
import type { CountTextOptions, VisionSettings } from '../../tokens/index.ts';
import type { LoadFont } from './lay-out-page.ts';
import type { PageDrawn } from './page-shelf.ts';
import type { MemoryStore } from './store.ts';
import { defaultTiers, type MemoryTier } from './tiers.ts';

export interface MemoryOptions {
  /** A model, or the name its token rules go by, e.g. "claude-sonnet-4-5". */
  readonly model: Model | string;
  /** How pages look; by the model's family unless given. Reflow, page header and cropping of height are switched off. */
  readonly config?: RenderConfig | undefined;
  readonly store: MemoryStore;
  readonly loadFont: LoadFont;
  /** The newest turns, so many tokens of them, always stay text; 4000 unless given. */
  readonly recentTokens?: number | undefined;
  /** Sharp to faded; dpi x 1 for 16 pages, x 0.75 for 32, x 0.5 unless given. */
  readonly tiers?: readonly MemoryTier[] | undefined;
  /** Pages change tier, and are left out of a budget, so many at a time; 8 unless given. */
  readonly batchPages?: number | undefined;
  /** Most tokens, beside each page, of text for strings that must be verbatim; a quarter of a sharp page's unless given. */
  readonly exactTokens?: number | undefined;
  /** o200k_base unless given. */
  readonly tokenizer?: CountTextOptions['tokenizer'];
  /** Settings of the model's image rule, e.g. `{ detail: 'high' }`. */
  readonly vision?: VisionSettings | undefined;
  readonly onEvent?: ((event: PageDrawn) => void) | undefined;
}

export interface MemorySettings {
  readonly recentTokens: number;
  readonly tiers: readonly MemoryTier[];
  readonly batchPages: number;
  readonly exactTokens?: number | undefined;
}

const whole = (min: number) => v.pipe(v.number(), v.integer(), v.minValue(min));

const tierSchema = v.strictObject({
  dpiScale: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  pages: v.optional(whole(1)),
});

const schema = v.strictObject({
  model: v.union([v.pipe(v.string(), v.minLength(1)), v.looseObject({ family: v.string() })]),
  config: v.optional(v.looseObject({ pageSize: v.any() })),
  store: v.looseObject({ append: v.function() }),
  loadFont: v.function(),
  recentTokens: v.optional(whole(0), 4000),
  tiers: v.optional(v.pipe(v.array(tierSchema), v.minLength(1)), [...defaultTiers]),
  batchPages: v.optional(whole(1), 8),
  exactTokens: v.optional(whole(0)),
  tokenizer: v.optional(v.any()),
  vision: v.optional(v.any()),
  onEvent: v.optional(v.function()),
});

/** The options with their defaults. @throws GlyphError kind `config` naming the option that does not hold */
export function readMemoryOptions(options: MemoryOptions): MemorySettings {
  const result = v.safeParse(schema, options);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const name = v.getDotPath(issue) ?? 'options';
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  const known = isUnknown ? nearestName(name, Object.keys(schema.entries)) : undefined;
  throw new GlyphError({
    kind: 'config',
    operation: `read memory option "${name}"`,
    expected: isUnknown ? 'a known option' : (issue.expected ?? 'another value'),
    actual: issue.received,
    ...(known === undefined ? {} : { hint: `did you mean "${known}"?` }),
  });
}
