/** The error for a name that is none: says the nearest valid one, or all of them when none is near. */
import { GlyphError, nearestName } from '../base/index.ts';

export function unknownName(
  operation: string,
  noun: 'key' | 'flag' | 'preset',
  name: string,
  valid: readonly string[],
): GlyphError {
  const near = nearestName(name, valid);
  return new GlyphError({
    kind: 'config',
    operation,
    expected: `a known ${noun}`,
    actual: JSON.stringify(name),
    hint: near === undefined ? `one of ${valid.join(', ')}` : `did you mean "${near}"?`,
  });
}
