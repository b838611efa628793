/** RULER's scores: which of the targets the answer contains (NVIDIA/RULER, `scripts/eval`). */
import { strip } from './python-text.ts';
import { requireTargets } from './targets.ts';

/** What RULER does to an answer before scoring: control characters become line ends; none at the ends. */
export function cleanRulerPrediction(prediction: string): string {
  return strip(strip(prediction).replace(/[\0-\x1f]/g, '\n'));
}

/** `string_match_all`: the share of the targets contained, regardless of case. 0 to 1. */
export function stringMatchAll(prediction: string, targets: readonly string[]): number {
  return contained(prediction, targets) / targets.length;
}

/** `string_match_part`: 1 where at least one target is contained, regardless of case. */
export function stringMatchPart(prediction: string, targets: readonly string[]): number {
  return contained(prediction, targets) > 0 ? 1 : 0;
}

function contained(prediction: string, targets: readonly string[]): number {
  requireTargets(targets, 'match strings');
  const text = prediction.toLowerCase();
  return targets.filter(target => text.includes(target.toLowerCase())).length;
}
