/** LongBench's score for few-shot classification (trec, lsht): the share of the named classes that is the right one. */
import type { Compat } from './compat.ts';

export interface ClassificationOptions {
  /**
   * `reference`: the published script removes from the list it walks, so that the class after a removed one is not
   * looked at and may stay.
   */
  readonly compat?: Compat | undefined;
}

/** Classes named in the prediction count, less those that are only a part of the right one's name. 0 to 1. */
export function classificationScore(
  prediction: string,
  target: string,
  classes: readonly string[],
  options: ClassificationOptions = {},
): number {
  const named = classes.filter(name => prediction.includes(name));
  const isPart = (name: string) => name !== target && target.includes(name);
  const counted =
    options.compat === 'reference' ? removeWhileWalking(named, isPart) : named.filter(name => !isPart(name));
  return counted.includes(target) ? 1 / counted.length : 0;
}

function removeWhileWalking(names: readonly string[], isRemoved: (name: string) => boolean): string[] {
  const left = [...names];
  for (let i = 0; i < left.length; i++) {
    const name = left[i]!;
    if (isRemoved(name)) left.splice(left.indexOf(name), 1);
  }
  return left;
}
