/** Errors for what a wire format cannot say, so that nothing a caller asks for is dropped in silence. */
import { GlyphError } from '../base/index.ts';
import type { Part, Role } from './message.ts';
import type { GenerateOptions } from './model.ts';

/** @throws GlyphError kind `config` where one of `names` is set */
export function refuseOptions(
  title: string,
  options: GenerateOptions,
  names: readonly (keyof GenerateOptions)[],
): void {
  const name = names.find(option => options[option] !== undefined);
  if (name === undefined) return;
  throw new GlyphError({
    kind: 'config',
    operation: `write a request for ${title}`,
    expected: 'options this format has',
    actual: `"${name}"`,
    hint: `leave it out; it has no ${names.join(', ')}`,
  });
}

/** A part where its role cannot have one, e.g. an image in a system message. */
export function misplacedPart(title: string, role: Role, part: Part): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: `write a request for ${title}`,
    expected: `parts that a message of role "${role}" may hold`,
    actual: `a part of type "${part.type}"`,
  });
}
