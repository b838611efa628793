/** Learning rates by step, counted from 0; plain functions, so that a trainer can print, plot and resume them. */
import { GlyphError } from '../base/index.ts';

export type Schedule = (step: number) => number;

interface WarmUp {
  /** The highest rate, e.g. 1e-3. */
  readonly peak: number;
  /** Steps on the straight line from 0 to the peak, which the first step after them reaches; 0 unless given. */
  readonly warmUpSteps?: number;
}

export function constantSchedule({ peak, warmUpSteps = 0 }: WarmUp): Schedule {
  return step => peak * Math.min(1, (step + 1) / (warmUpSteps + 1));
}

export interface CosineSchedule extends WarmUp {
  readonly totalSteps: number;
  /** Where it ends and stays; a tenth of the peak unless given. */
  readonly floor?: number;
}

export function cosineSchedule(options: CosineSchedule): Schedule {
  const { peak, warmUpSteps = 0, totalSteps, floor = peak / 10 } = options;
  if (!(totalSteps > warmUpSteps)) {
    const expected = `more steps than the ${warmUpSteps} of warm-up`;
    throw new GlyphError({
      kind: 'config',
      operation: 'make a learning-rate schedule',
      expected,
      actual: String(totalSteps),
    });
  }
  const rising = constantSchedule({ peak, warmUpSteps });
  return step => {
    if (step < warmUpSteps) return rising(step);
    const progress = Math.min(1, (step - warmUpSteps) / (totalSteps - 1 - warmUpSteps || 1));
    return floor + ((peak - floor) * (1 + Math.cos(Math.PI * progress))) / 2;
  };
}
