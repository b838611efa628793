/**
 * The one neutral `Message`: what a conversation is before a wire format spells it. Each vendor's spelling lives in
 * its own folder and nowhere else.
 */

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  /**
   * `document`: material to read, which may become pages wherever it stands. `instruction`: always stays text.
   * Undefined: whoever rewrites the conversation judges by place and length.
   */
  readonly use?: 'document' | 'instruction';
  /** What the text is called, e.g. "report.txt". */
  readonly name?: string;
}

export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';

export interface ImagePart {
  readonly type: 'image';
  readonly bytes: Uint8Array;
  readonly mediaType: ImageMediaType;
  /** Pixels, where the maker of the image knows them. */
  readonly widthPx?: number;
  readonly heightPx?: number;
}

/** The model's reasoning apart from its answer, where a vendor wants it back on the next turn. */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
  /** What the vendor needs to trust it, untouched, e.g. a signature; only the adapter that made it reads it. */
  readonly opaque?: unknown;
}

/** A call the model wants made. */
export interface ToolCallPart {
  readonly type: 'tool-call';
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it; it may be malformed. */
  readonly arguments: string;
  /** As in `ReasoningPart`. */
  readonly opaque?: unknown;
}

/** What came of a call. */
export interface ToolResultPart {
  readonly type: 'tool-result';
  /** The `id` of the call. */
  readonly id: string;
  readonly name: string;
  readonly parts: readonly (TextPart | ImagePart)[];
  readonly outcome?: 'ok' | 'error';
}

export type Part = TextPart | ImagePart | ReasoningPart | ToolCallPart | ToolResultPart;

export type Role = 'system' | 'user' | 'assistant' | 'tool';

export interface Message {
  readonly role: Role;
  readonly parts: readonly Part[];
}

/** A tool a model may call. */
export interface Tool {
  readonly name: string;
  readonly about: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A message of one text. */
export function textMessage(role: Role, text: string): Message {
  return { role, parts: [{ type: 'text', text }] };
}

/** The texts of a message, joined. */
export function messageText(message: Message): string {
  return message.parts.map(part => (part.type === 'text' ? part.text : '')).join('');
}
