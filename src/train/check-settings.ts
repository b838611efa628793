/** Settings of a stage as they come from outside: every number in the range in which it means something. */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import type { StageSettings } from './train.ts';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const count = v.pipe(whole, v.minValue(1));
const positive = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const ocr = v.picklist(['with', 'without']);
const crops = v.strictObject({
  samples: count,
  tokens: v.pipe(whole, v.minValue(2)),
  rows: count,
  written: count,
  jumpingShare: share,
});

const schema = v.variant('stage', [
  v.strictObject({
    stage: v.literal('pretrain'),
    seed: v.string(),
    alignmentSteps: whole,
    steps: count,
    alignmentRate: positive,
    peakRate: positive,
    lastRate: positive,
    warmUpSteps: whole,
    near: crops,
    far: crops,
    farShare: share,
  }),
  v.strictObject({
    stage: v.literal('sft'),
    seed: v.string(),
    steps: count,
    peakRate: positive,
    lastRate: positive,
    warmUpSteps: whole,
    stepTokens: count,
    ocr,
  }),
  v.strictObject({
    stage: v.literal('rl'),
    seed: v.string(),
    steps: count,
    prompts: count,
    /** One answer has none to be compared with. */
    group: v.pipe(whole, v.minValue(2)),
    updates: count,
    clipLow: share,
    clipHigh: positive,
    klWeight: positive,
    temperature: v.pipe(v.number(), v.gtValue(0)),
    maxAnswerTokens: count,
    maxPromptTokens: count,
    rate: positive,
    warmUpSteps: whole,
    ocr,
  }),
]);

/** @throws GlyphError kind `config` */
export function checkSettings(settings: StageSettings): StageSettings {
  const result = v.safeParse(schema, settings);
  if (result.success) return settings;
  const [issue] = result.issues;
  throw new GlyphError({
    kind: 'config',
    operation: `read the setting ${JSON.stringify(v.getDotPath(issue))} of ${settings.stage}`,
    expected: issue.expected ?? issue.message,
    actual: issue.received,
  });
}
