/**
 * A language model middleware for the AI SDK (`ai` 7): documents before a question and old turns go as pages, by
 * `compress`. Parts that stay are the same objects, and where anything fails the prompt goes on as it came.
 */
import { type CompressOptions, compress } from '../compress/index.ts';
import type { ImagePart, Message, Part, TextPart } from '../model/index.ts';
import { loadFont, spawnWorker } from '../node/index.ts';

export interface GlyphMiddlewareOptions
  extends Pick<CompressOptions, 'config' | 'exact' | 'redact' | 'longerAnswerTokens'> {
  /** Whose token rules count, where the SDK's id of the model does not tell, e.g. "gpt-4.1". */
  readonly family?: string | undefined;
  /** What kept a prompt from becoming pages, if anything did. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** Of a prompt, as far as it is looked at. */
interface SdkPart {
  readonly type: string;
  readonly text?: unknown;
  readonly mediaType?: unknown;
  readonly data?: unknown;
  readonly toolName?: unknown;
  readonly output?: { readonly type: string; readonly value?: unknown };
  readonly providerOptions?: unknown;
}

interface SdkMessage {
  readonly role: string;
  readonly content: string | readonly SdkPart[];
}

interface TransformRequest<Params> {
  readonly params: Params;
  readonly model: { readonly modelId: string };
}

/** Messages at the end that stay text, and how many at once become old, so that pages stay the same for a while. */
const recentMessages = 4;
const messagesPerStep = 8;
/** A text this long before the last one of a user's message is taken for a document. */
const minDocumentCharacters = 8000;

/** For `wrapLanguageModel({ model, middleware: glyphMiddleware() })`. */
export function glyphMiddleware({ family, onFailure, ...options }: GlyphMiddlewareOptions = {}) {
  return {
    async transformParams<Params extends { readonly prompt: readonly object[] }>({
      params,
      model,
    }: TransformRequest<Params>): Promise<Params> {
      try {
        const given = params.prompt as readonly SdkMessage[];
        const prompt = await withPages(given, { ...options, model: family ?? nameOf(model.modelId) });
        return { ...params, prompt };
      } catch (error) {
        onFailure?.(error);
        return params;
      }
    },
  };
}

/** Gateways put the vendor before the name. */
const nameOf = (modelId: string): string => modelId.slice(modelId.lastIndexOf('/') + 1);

async function withPages(
  prompt: readonly SdkMessage[],
  options: CompressOptions,
): Promise<readonly SdkMessage[]> {
  const messages = prompt.map(neutral);
  const settled = Math.floor(Math.max(0, prompt.length - recentMessages) / messagesPerStep) * messagesPerStep;
  const compressed = await compress(messages, {
    ...{ loadFont, spawnWorker, zoom: 'off' as const },
    ...options,
    recentMessages: prompt.length - settled,
  });
  return compressed.messages.map((message, i) => {
    const { content } = prompt[i]!;
    return typeof content === 'string'
      ? prompt[i]!
      : { ...prompt[i]!, content: putBack(content, messages[i]!.parts, message.parts) };
  });
}

function neutral({ role, content }: SdkMessage): Message {
  if (typeof content === 'string') return { role: 'system', parts: [{ type: 'text', text: content }] };
  const lastText = content.findLastIndex(part => part.type === 'text');
  const parts = content.map((part, i) => spell(part, role === 'user' && i < lastText));
  return { role: role === 'assistant' || role === 'tool' ? role : 'user', parts };
}

/** What is neither text, image nor the text of a tool's result is an empty text that stays. */
function spell({ type, text, mediaType, toolName, output }: SdkPart, isBefore: boolean): Part {
  if (type === 'text' && typeof text === 'string') {
    const isDocument = isBefore && text.length >= minDocumentCharacters;
    return { type, text, ...(isDocument ? { use: 'document' as const } : {}) };
  }
  if (type === 'tool-result' && output?.type === 'text' && typeof output.value === 'string') {
    return { type, id: '', name: String(toolName), parts: [{ type: 'text', text: output.value }] };
  }
  // Only counted: the part itself is put back.
  if (type === 'file' && String(mediaType).startsWith('image')) {
    return { type: 'image', bytes: new Uint8Array(), mediaType: 'image/png' };
  }
  return { type: 'text', text: '', use: 'instruction' };
}

/** What stayed is the part that was given; options of one that became pages, such as a cache mark, go to the last page. */
function putBack(content: readonly SdkPart[], before: readonly Part[], after: readonly Part[]): SdkPart[] {
  const parts: SdkPart[] = [];
  let at = 0;
  for (const [i, part] of before.entries()) {
    const given = content[i]!;
    if (after[at] === part) {
      parts.push(given);
      at++;
      continue;
    }
    const next = after[at];
    if (part.type === 'tool-result' && next?.type === 'tool-result') {
      const value = next.parts.map(sdkPart);
      parts.push(
        next.parts.every((each, k) => each === part.parts[k])
          ? given
          : { ...given, output: { type: 'content', value } },
      );
      at++;
      continue;
    }
    const pages: SdkPart[] = [];
    for (; at < after.length && after[at] !== before[i + 1]; at++)
      pages.push(sdkPart(after[at] as TextPart | ImagePart));
    const last = pages.pop();
    if (last !== undefined) parts.push(...pages, { ...last, ...optionsOf(given) });
  }
  return parts;
}

const optionsOf = ({ providerOptions }: SdkPart) =>
  providerOptions === undefined ? {} : { providerOptions };

const sdkPart = (part: TextPart | ImagePart): SdkPart =>
  part.type === 'text'
    ? { type: 'text', text: part.text }
    : { type: 'file', mediaType: part.mediaType, data: { type: 'data', data: part.bytes } };
