/** What a caller gives, as one conversation: a text or documents become a user's message with the question last. */
import { GlyphError } from '../base/index.ts';
import type { Message, TextPart } from '../model/index.ts';
import type { NamedSpan } from './join-texts.ts';
import type { PageSource } from './page-source.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** The texts it was joined from, where there are several. */
  readonly parts?: readonly NamedSpan[];
}

/** A document by its text, or by pages that somebody draws. */
export type DocumentInput = PageSource | NamedText;

export type CompressInput = string | readonly Message[] | readonly DocumentInput[];

export interface Conversation {
  readonly messages: readonly Message[];
  /** What is known of a part beyond its text, by "message part". */
  readonly documents: ReadonlyMap<string, DocumentInput>;
}

/** @throws GlyphError kind `input` for what is none of these */
export function conversationOf(input: CompressInput, question: string | undefined): Conversation {
  if (typeof input === 'string') return ofDocuments([{ name: 'the document', text: input }], question);
  if (isMessages(input)) return { messages: asking(input, question), documents: new Map() };
  if (isDocuments(input)) return ofDocuments(input, question);
  throw new GlyphError({
    kind: 'input',
    operation: 'compress',
    expected: 'a text, a list of messages or a list of documents',
    actual: Array.isArray(input) ? 'a list of other things' : typeof input,
  });
}

const isMessages = (input: readonly unknown[]): input is readonly Message[] =>
  Array.isArray(input) && input.every(each => isObject(each) && 'role' in each && 'parts' in each);

const isDocuments = (input: readonly unknown[]): input is readonly DocumentInput[] =>
  Array.isArray(input) && input.every(each => isObject(each) && 'name' in each && 'text' in each);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function ofDocuments(documents: readonly DocumentInput[], question: string | undefined): Conversation {
  const parts = documents.map(({ name, text }): TextPart => ({ type: 'text', text, use: 'document', name }));
  const known = new Map(documents.map((document, i) => [`0 ${i}`, document] as const));
  return { messages: asking([{ role: 'user', parts }], question), documents: known };
}

/** With the question at the end of the last user's message. */
function asking(messages: readonly Message[], question: string | undefined): readonly Message[] {
  if (question === undefined || question === '') return messages;
  const part: TextPart = { type: 'text', text: question, use: 'instruction' };
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages, { role: 'user', parts: [part] }];
  return [...messages.slice(0, -1), { ...last, parts: [...last.parts, part] }];
}
