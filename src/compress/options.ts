/** What a caller may ask of `compress`, checked once. */
import * as v from 'valibot';
import { GlyphError, nearestName } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import type { Model, Part } from '../model/index.ts';
import type { CountTextOptions, VisionSettings } from '../tokens/index.ts';
import type { Place } from './decision.ts';
import type { DrawEffects } from './text-pages.ts';
import type { ZoomOptions } from './zoom.ts';

export interface Budget {
  /** Input tokens of one request, text and images together. */
  readonly tokens?: number | undefined;
  /** Of them for exact strings; unlimited unless given. */
  readonly exactTokens?: number | undefined;
  /** Of them for sharpening pages; 30 % of the dense pages unless given, or what `tokens` leaves. */
  readonly zoomTokens?: number | undefined;
  /** Kept free in the context for the answer; 4096, or an eighth of a small context, unless given. */
  readonly answerTokens?: number | undefined;
}

export interface CompressOptions {
  /** A model, or the name its token rules go by, e.g. "claude-sonnet-4-5". */
  readonly model: Model | string;
  /** By the model's family unless given. */
  readonly config?: RenderConfig | undefined;
  readonly budget?: Budget | undefined;
  /** What will be asked: zoom and a limited number of exact strings go by it. Asked last where given. */
  readonly question?: string | undefined;
  /** `gated` (the default): only where pages cost less. `always`: whatever they cost, e.g. to compare. */
  readonly pages?: 'gated' | 'always' | undefined;
  /** `carry` (the default): strings that must be verbatim travel as text beside the pages. */
  readonly exact?: 'carry' | 'off' | undefined;
  /** `secrets`: credentials are replaced in pages and text alike; `off` unless given. */
  readonly redact?: 'secrets' | 'off' | undefined;
  readonly zoom?: ZoomOptions | 'off' | undefined;
  /** A document that fits no single request: an error (the default), or several requests. */
  readonly overflow?: 'refuse' | 'split' | undefined;
  /** `text` (the default where the model takes parts as given): "Page 3:" before each page. */
  readonly labels?: 'text' | 'none' | undefined;
  /** Messages at the end that stay as they are; 4 unless given. */
  readonly recentMessages?: number | undefined;
  /** Tokens by which answers from pages are expected to be longer; 100 unless given. They count at the output's price. */
  readonly longerAnswerTokens?: number | undefined;
  /** Parts that must stay as they are. */
  readonly keep?: ((part: Part, place: Place) => boolean) | undefined;
  /** o200k_base unless given; the model's own makes the counts exact. */
  readonly tokenizer?: CountTextOptions['tokenizer'];
  /** Settings of the model's image rule, e.g. `{ detail: 'high' }`. */
  readonly vision?: VisionSettings | undefined;
  readonly signal?: AbortSignal | undefined;
}

const whole = (min: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(min)));

const schema = v.strictObject({
  model: v.union([v.pipe(v.string(), v.minLength(1)), v.looseObject({ family: v.string() })]),
  config: v.optional(v.looseObject({ pageSize: v.any() })),
  budget: v.optional(
    v.strictObject({
      tokens: whole(1),
      exactTokens: whole(0),
      zoomTokens: whole(0),
      answerTokens: whole(0),
    }),
  ),
  question: v.optional(v.string()),
  pages: v.optional(v.picklist(['gated', 'always'])),
  exact: v.optional(v.picklist(['carry', 'off'])),
  redact: v.optional(v.picklist(['secrets', 'off'])),
  zoom: v.optional(
    v.union([
      v.literal('off'),
      v.strictObject({
        pages: whole(1),
        dpi: v.optional(v.pipe(v.number(), v.minValue(10), v.maxValue(1200))),
        as: v.optional(v.picklist(['auto', 'dpi', 'text'])),
      }),
    ]),
  ),
  overflow: v.optional(v.picklist(['refuse', 'split'])),
  labels: v.optional(v.picklist(['text', 'none'])),
  recentMessages: whole(0),
  longerAnswerTokens: whole(0),
  keep: v.optional(v.function()),
  tokenizer: v.optional(v.any()),
  vision: v.optional(v.any()),
  signal: v.optional(v.any()),
  loadFont: v.optional(v.function()),
  spawnWorker: v.optional(v.function()),
  jobs: whole(1),
});

/** @throws GlyphError kind `config` naming the option that does not hold */
export function checkOptions(options: CompressOptions & DrawEffects): void {
  const result = v.safeParse(schema, options);
  if (result.success) return;
  const [issue] = result.issues;
  const name = v.getDotPath(issue) ?? 'options';
  const known = issue.type === 'strict_object' ? nearestName(name, Object.keys(schema.entries)) : undefined;
  throw new GlyphError({
    kind: 'config',
    operation: `read compress option "${name}"`,
    expected: issue.type === 'strict_object' ? 'a known option' : (issue.expected ?? 'another value'),
    actual: issue.received,
    ...(known === undefined ? {} : { hint: `did you mean "${known}"?` }),
  });
}
