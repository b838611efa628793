/** A sample without targets has no score: metrics over several targets refuse it instead of giving 0. */
import { GlyphError } from '../../base/index.ts';

/** @throws GlyphError kind `input` where there is no target */
export function requireTargets(targets: readonly string[], operation: string): void {
  if (targets.length > 0) return;
  throw new GlyphError({ kind: 'input', operation, expected: 'at least one target', actual: 'none' });
}
