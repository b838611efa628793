/** One of a few names, as typed. */
import { didYouMean, usageError } from './usage-error.ts';

/** @throws GlyphError kind `config`, with the nearest name, for none and for any other */
export function choose<Name extends string>(
  what: string,
  names: readonly Name[],
  text: string | undefined,
): Name {
  const name = names.find(each => each === text);
  if (name !== undefined) return name;
  throw usageError({
    operation: `choose a ${what}`,
    expected: names.join(', '),
    actual: text === undefined ? 'none' : JSON.stringify(text),
    ...(text === undefined ? {} : { hint: didYouMean(text, names) }),
  });
}
