/**
 * The parts of a body for Chat Completions, and pages in the place of some. Messages of tools hold no images: theirs
 * follow in a user message after all results of the turn, as `chat-request.ts` does it.
 */
import * as v from 'valibot';
import {
  type Body,
  type BodyEditor,
  type BodyListing,
  type BodyPart,
  hasOnly,
  plainPart,
  type Replacement,
  shapeOf,
  valueAt,
} from '../body.ts';
import { editJson, type JsonEdit, listed } from '../json-edit.ts';
import type { Role } from '../message.ts';
import { chatTitle } from './chat-request.ts';

const contentSchema = v.union([
  v.string(),
  v.array(v.looseObject({ type: v.string(), text: v.optional(v.string()) })),
]);

const callSchema = v.looseObject({
  id: v.optional(v.string()),
  function: v.optional(v.looseObject({ name: v.string(), arguments: v.optional(v.string()) })),
});

const messageSchema = v.looseObject({
  role: v.string(),
  content: v.nullish(contentSchema),
  tool_calls: v.nullish(v.array(callSchema)),
  tool_call_id: v.optional(v.string()),
});

const bodySchema = v.looseObject({
  model: v.optional(v.string()),
  tools: v.nullish(v.array(v.unknown())),
  messages: v.array(messageSchema),
});

/** Roles of other names are those of vendors; what they say is not touched. */
const roles: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
};

function listBodyParts(body: Body): BodyListing {
  const { model, tools, messages } = shapeOf(bodySchema, body, chatTitle);
  const callNames = new Map<string, string>();
  const parts: BodyPart[] = (tools ?? []).map((tool, i) => ({
    ...plainPart,
    path: ['tools', i],
    role: 'system',
    kind: 'other',
    name: 'a tool',
    text: JSON.stringify(tool),
    message: -1,
  }));
  let images = 0;
  for (const [message, { role: given, content, tool_calls, tool_call_id }] of messages.entries()) {
    const role = roles[given] ?? 'system';
    const isTool = role === 'tool';
    const name = isTool
      ? `the result of ${callNames.get(tool_call_id ?? '') ?? 'a tool'}`
      : `a text of ${given} message ${message + 1}`;
    const base = { ...plainPart, role, kind: isTool ? 'tool-result' : 'text', name, message } as const;
    const canHold = given === 'user' || given === 'tool' ? 'possible' : 'impossible';
    const path = ['messages', message, 'content'];
    if (typeof content === 'string') parts.push({ ...base, path, text: content, images: canHold });
    else {
      for (const [i, item] of (content ?? []).entries()) {
        if (item.type === 'image_url') images++;
        const isPlain = item.type === 'text' && hasOnly(item, ['type', 'text']);
        const kind = item.type === 'text' ? base.kind : 'other';
        const held = isPlain ? canHold : 'impossible';
        parts.push({ ...base, path: [...path, i], kind, text: item.text ?? '', images: held });
      }
    }
    for (const [i, call] of (tool_calls ?? []).entries()) {
      if (call.id !== undefined) callNames.set(call.id, call.function?.name ?? 'a tool');
      const text = `${call.function?.name ?? ''} ${call.function?.arguments ?? ''}`;
      parts.push({ ...base, path: ['messages', message, 'tool_calls', i], kind: 'other', text });
    }
  }
  return { model, parts, images };
}

const elsewhere = 'This result is shown as page images after the results of this turn.';

function putBack(body: Body, replacements: readonly Replacement[]): string[] {
  const edits: JsonEdit[] = [];
  /** What follows a run of results, by the run's last message. */
  const following = new Map<number, string[][]>();
  const messages = valueAt(body.json, ['messages']);
  for (const replacement of replacements) {
    const { path, role, message } = replacement.part;
    const given = valueAt(body.json, path);
    const content = spell(replacement);
    const isString = typeof given === 'string';
    if (role === 'tool') {
      const note = isString ? JSON.stringify(elsewhere) : JSON.stringify({ type: 'text', text: elsewhere });
      edits.push({ path, at: 'replace', text: [note] });
      const last = endOfRun(messages, message);
      following.set(last, [...(following.get(last) ?? []), content]);
    } else {
      edits.push({ path, at: 'replace', text: isString ? ['[', ...content, ']'] : content });
    }
  }
  for (const [message, content] of following) {
    const text = [',{"role":"user","content":[', ...listed(content), ']}'];
    edits.push({ path: ['messages', message], at: 'after', text });
  }
  return editJson(body.text, edits);
}

function endOfRun(messages: unknown, message: number): number {
  let last = message;
  while (valueAt(messages, [last + 1, 'role']) === 'tool') last++;
  return last;
}

function spell({ texts, images }: Replacement): string[] {
  return listed([
    ...texts.map(text => [JSON.stringify({ type: 'text', text })]),
    ...images.map(({ mediaType, base64 }) => [
      `{"type":"image_url","image_url":{"url":"data:${mediaType};base64,`,
      base64,
      '","detail":"high"}}',
    ]),
  ]);
}

export const openaiChatEditor: BodyEditor = { listBodyParts, putBack };
