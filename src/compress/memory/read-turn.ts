/** A turn at the border: what a caller appends, and what a line of the log holds, checked by one schema. */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import type { Message } from '../../model/index.ts';

const text = v.looseObject({
  type: v.literal('text'),
  text: v.string(),
  use: v.exactOptional(v.picklist(['document', 'instruction'])),
  name: v.exactOptional(v.string()),
});

const parts = v.variant('type', [
  text,
  v.looseObject({ type: v.literal('reasoning'), text: v.string(), opaque: v.optional(v.unknown()) }),
  v.looseObject({
    type: v.literal('tool-call'),
    id: v.string(),
    name: v.string(),
    arguments: v.string(),
    opaque: v.optional(v.unknown()),
  }),
  v.looseObject({
    type: v.literal('tool-result'),
    id: v.string(),
    name: v.string(),
    parts: v.array(text),
    outcome: v.exactOptional(v.picklist(['ok', 'error'])),
  }),
]);

const messageSchema = v.looseObject({
  role: v.picklist(['user', 'assistant', 'tool']),
  parts: v.array(parts),
});

/** A message from JSON. @throws GlyphError kind `input` naming the field that does not hold */
export function readTurn(value: unknown, operation: string): Message {
  const result = v.safeParse(messageSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new GlyphError({
    kind: 'input',
    operation: path === null ? operation : `${operation}, field "${path}"`,
    expected: issue.expected ?? 'a message',
    actual: issue.received,
    ...hintFor(issue.input),
  });
}

/** The two kinds of message that a memory does not take, and what to do instead. */
function hintFor(input: unknown): { readonly hint?: string } {
  if (input === 'system') return { hint: 'keep instructions outside and put them before the messages' };
  if (input === 'image') return { hint: 'keep the image yourself and append a text that names it' };
  return {};
}

/** A turn as the log will give it back, so that a memory reads the same before and after it is opened again. */
export const asLogged = (turn: Message): Message =>
  readTurn(JSON.parse(jsonOf(turn) ?? 'null'), 'append a turn');

function jsonOf(turn: unknown): string | undefined {
  try {
    return JSON.stringify(turn);
  } catch (cause) {
    throw new GlyphError({
      kind: 'input',
      operation: 'append a turn',
      expected: 'a message that JSON can hold',
      actual: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
