/**
 * Supervised fine-tuning (the paper's section 3.5): questions over pages, answers that think first and quote the lines
 * they rest on, with the auxiliary task of writing out pages where the data has it.
 */
import { createRandom, GlyphError, type Random } from '../base/index.ts';
import { cosineSchedule } from '../graph/index.ts';
import type { Sample } from '../reader/index.ts';
import { lengthFor, roomIn, sizeFor } from './batch-size.ts';
import type { Material } from './material.ts';
import { rowSample } from './row-sample.ts';
import type { OpenedStage } from './run.ts';
import type { Teacher } from './teacher.ts';
import { tokenCount } from './token-count.ts';

export interface SftSettings {
  readonly seed: string;
  readonly steps: number;
  /** Learning rates: the highest one, and the one it ends with. */
  readonly peakRate: number;
  readonly lastRate: number;
  readonly warmUpSteps: number;
  /** Tokens of a step, filled samples included: few long samples or many short ones. */
  readonly stepTokens: number;
  /** `without`: the ablation without the auxiliary task of writing out pages. */
  readonly ocr: 'with' | 'without';
}

/** @throws GlyphError kind `input` where no row is left to learn from */
export function openSft(settings: SftSettings, material: Material, teacher: Teacher): OpenedStage {
  const { seed, steps, peakRate, lastRate, warmUpSteps, stepTokens, ocr } = settings;
  const rows = material.rows.filter(({ task }) => ocr === 'with' || task !== 'ocr');
  if (rows.length === 0) throw refusal('rows that do not write out pages', 'none');
  const schedule = cosineSchedule({ peak: peakRate, floor: lastRate, warmUpSteps, totalSteps: steps });
  return {
    steps,
    async run(step) {
      const random = createRandom(`${seed} sft ${step}`);
      const samples = await drawBatch({ ...material, rows }, stepTokens, random);
      const size = sizeFor(samples, material.kind.config.contextTokens, stepTokens);
      const taught = await teacher.teach('answering', size, samples, schedule(step));
      return { ...taught, tokens: tokenCount(samples) };
    },
    close: () => teacher.close(),
  };
}

const mostTries = 400;

/** The first sample decides how long this step's samples are, and whether they have pages. */
async function drawBatch(material: Material, stepTokens: number, random: Random): Promise<readonly Sample[]> {
  const { contextTokens } = material.kind.config;
  const samples: Sample[] = [];
  let wanted: { readonly length: number; readonly hasPages: boolean } | undefined;
  for (let tries = 0; tries < mostTries; tries++) {
    const sample = await rowSample(random.pick(material.rows), material, random);
    const length = lengthFor(sample.tokens.length, contextTokens);
    if (length === undefined) continue;
    const hasPages = sample.pages.length > 0;
    wanted ??= { length, hasPages };
    if (length !== wanted.length || hasPages !== wanted.hasPages) continue;
    samples.push(sample);
    if (samples.length === roomIn(length, stepTokens)) return samples;
  }
  if (samples.length > 0) return samples;
  throw refusal(
    `samples of at most ${contextTokens} tokens, its window`,
    `none in ${mostTries} drawn`,
    'build the data with a smaller --max-tokens',
  );
}

const refusal = (expected: string, actual: string, hint?: string) =>
  new GlyphError({
    kind: 'input',
    operation: 'fine-tune a reader',
    expected,
    actual,
    ...(hint === undefined ? {} : { hint }),
  });
