/** A command line that cannot be carried out as typed; ends with exit code 2. */
import { GlyphError, nearestName } from '../base/index.ts';

export interface UsageDetails {
  readonly operation: string;
  readonly expected: string;
  readonly actual: string;
  readonly hint?: string | undefined;
}

export function usageError({ operation, expected, actual, hint }: UsageDetails): GlyphError {
  return new GlyphError({
    kind: 'config',
    operation,
    expected,
    actual,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** e.g. `did you mean "--dpi"?` */
export function didYouMean(name: string, names: Iterable<string>, prefix = ''): string | undefined {
  const near = nearestName(name, names);
  return near === undefined ? undefined : `did you mean "${prefix}${near}"?`;
}
