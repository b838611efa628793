/** Checks what a caller asks of a generation before anything is sent: wrong names and values are errors, not ignored. */
import * as v from 'valibot';
import { GlyphError, nearestName } from '../base/index.ts';
import type { Message } from './message.ts';
import type { Abilities, GenerateOptions } from './model.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const entries = {
  maxTokens: v.optional(positive),
  temperature: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(2))),
  topP: v.optional(share),
  topK: v.optional(positive),
  stop: v.optional(v.array(v.pipe(v.string(), v.minLength(1)))),
  seed: v.optional(v.pipe(v.number(), v.safeInteger())),
  tools: v.optional(
    v.array(
      v.strictObject({
        name: v.pipe(v.string(), v.minLength(1)),
        about: v.string(),
        parameters: v.record(v.string(), v.unknown()),
      }),
    ),
  ),
  toolChoice: v.optional(v.picklist(['auto', 'none', 'required'])),
  signal: v.optional(v.instance(AbortSignal)),
} satisfies Record<keyof GenerateOptions, v.GenericSchema>;

const optionsSchema = v.strictObject(entries);

/** @throws GlyphError kind `config` for an unknown option, a wrong value, or tools where the model takes none */
export function checkOptions(options: unknown, abilities: Abilities): GenerateOptions {
  const result = v.safeParse(optionsSchema, options);
  if (!result.success) throw optionError(result.issues[0]);
  const { tools } = result.output;
  if (tools !== undefined && tools.length > 0 && abilities.tools === 'no') {
    throw new GlyphError({
      kind: 'config',
      operation: 'read option "tools"',
      expected: 'none, since this model calls no tools',
      actual: `${tools.length}`,
    });
  }
  return result.output;
}

function optionError(issue: v.InferIssue<typeof optionsSchema>): GlyphError {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const names = path.includes('.') ? ['name', 'about', 'parameters'] : Object.keys(entries);
    const name = path.slice(path.lastIndexOf('.') + 1);
    const near = nearestName(name, names);
    return new GlyphError({
      kind: 'config',
      operation: 'read the options of a generation',
      expected: 'a known option',
      actual: JSON.stringify(path),
      hint: near === undefined ? `one of ${names.join(', ')}` : `did you mean "${near}"?`,
    });
  }
  return new GlyphError({
    kind: 'config',
    operation: path === '' ? 'read the options of a generation' : `read option "${path}"`,
    expected:
      `${issue.requirement === undefined ? '' : `${issue.type.replaceAll('_', ' ')} `}${issue.expected ?? ''}`.trim(),
    actual: issue.received,
  });
}

/** @throws GlyphError kind `input` for no message, or more images than the model takes */
export function checkMessages(messages: readonly Message[], abilities: Abilities): void {
  if (messages.length === 0) throw inputError('at least one message', 'none');
  const limit = abilities.imagesPerRequest ?? Number.POSITIVE_INFINITY;
  const images = messages.reduce((count, message) => count + imagesOf(message.parts), 0);
  if (images > limit) {
    throw inputError(`at most ${limit === 1 ? 'one image' : `${limit} images`} a request`, `${images}`);
  }
}

function imagesOf(parts: Message['parts']): number {
  return parts.reduce((count, part) => {
    if (part.type === 'image') return count + 1;
    return part.type === 'tool-result' ? count + imagesOf(part.parts) : count;
  }, 0);
}

const inputError = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'generate an answer', expected, actual });
