/**
 * Messages as OpenAI Chat Completions spells them. Tool messages hold only text, so images of a tool's result follow in
 * a user message after all results of the turn. Reasoning is not sent back: the format has no place for it.
 */
import type { ImagePart, Message, Part, TextPart, ToolResultPart } from '../message.ts';
import type { GenerateOptions } from '../model.ts';
import { present } from '../present.ts';
import { misplacedPart } from '../refuse.ts';
import type { WireMode } from '../wire.ts';
import { dataUrl, type ImageDetail } from './shared.ts';

export interface ChatSettings {
  /** OpenAI's newer models refuse `max_tokens`; many other servers know no other. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  readonly imageDetail?: ImageDetail;
}

interface TextContent {
  type: 'text';
  text: string;
}

interface ImageContent {
  type: 'image_url';
  image_url: { url: string; detail?: ImageDetail };
}

interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

type ChatMessage =
  | { role: 'system'; content: string | TextContent[] }
  | { role: 'user'; content: string | (TextContent | ImageContent)[] }
  | { role: 'assistant'; content: string | null; tool_calls?: ToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

export const chatTitle = 'OpenAI Chat Completions';

export function chatBody(
  model: string,
  messages: readonly Message[],
  options: GenerateOptions,
  mode: WireMode,
  settings: ChatSettings,
) {
  const { maxTokens, temperature, topP, topK, stop, seed, tools, toolChoice } = options;
  return {
    model,
    messages: chatMessages(messages, settings.imageDetail),
    ...(mode === 'stream'
      ? { stream: true as const, stream_options: { include_usage: true } }
      : { stream: false as const }),
    ...present({
      max_tokens: settings.maxTokensField === 'max_tokens' ? maxTokens : undefined,
      max_completion_tokens: settings.maxTokensField === 'max_completion_tokens' ? maxTokens : undefined,
      temperature,
      top_p: topP,
      top_k: topK,
      stop: stop === undefined ? undefined : [...stop],
      seed,
      tools: tools?.map(({ name, about, parameters }) => ({
        type: 'function' as const,
        function: { name, description: about, parameters: { ...parameters } },
      })),
      tool_choice: toolChoice,
    }),
  };
}

function chatMessages(messages: readonly Message[], detail: ImageDetail | undefined): ChatMessage[] {
  const spelled: ChatMessage[] = [];
  let toolImages: (TextContent | ImageContent)[] = [];
  function flushToolImages(): void {
    if (toolImages.length > 0) spelled.push({ role: 'user', content: toolImages });
    toolImages = [];
  }
  for (const message of messages) {
    if (message.role === 'tool') {
      for (const result of toolResults(message)) {
        spelled.push({ role: 'tool', tool_call_id: result.id, content: resultText(result) });
        toolImages.push(...resultImages(result, detail));
      }
      continue;
    }
    flushToolImages();
    spelled.push(spell(message, detail));
  }
  flushToolImages();
  return spelled;
}

function spell({ role, parts }: Message, detail: ImageDetail | undefined): ChatMessage {
  switch (role) {
    case 'system':
      return { role, content: plainIfOne(parts.map(part => textContent(role, part))) };
    case 'user':
      return {
        role,
        content: plainIfOne(
          parts.map(part => (part.type === 'image' ? imageContent(part, detail) : textContent(role, part))),
        ),
      };
    case 'assistant':
      return assistantMessage(parts);
    case 'tool':
      throw misplacedPart(chatTitle, role, parts[0]!);
    default:
      return role satisfies never;
  }
}

function assistantMessage(parts: readonly Part[]): ChatMessage {
  const texts: string[] = [];
  const calls: ToolCall[] = [];
  for (const part of parts) {
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'tool-call') {
      calls.push({ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } });
    } else if (part.type !== 'reasoning') throw misplacedPart(chatTitle, 'assistant', part);
  }
  if (calls.length === 0) return { role: 'assistant', content: texts.join('') };
  return { role: 'assistant', content: texts.length === 0 ? null : texts.join(''), tool_calls: calls };
}

/** A single text goes as a string, which every server takes. */
function plainIfOne<Content extends TextContent | ImageContent>(content: Content[]): string | Content[] {
  const [first] = content;
  return content.length === 1 && first?.type === 'text' ? first.text : content;
}

function textContent(role: 'system' | 'user', part: Part): TextContent {
  if (part.type !== 'text') throw misplacedPart(chatTitle, role, part);
  return { type: 'text', text: part.text };
}

const imageContent = (part: ImagePart, detail: ImageDetail | undefined): ImageContent => ({
  type: 'image_url',
  image_url: { url: dataUrl(part), ...(detail === undefined ? {} : { detail }) },
});

function toolResults(message: Message): ToolResultPart[] {
  return message.parts.map(part => {
    if (part.type !== 'tool-result') throw misplacedPart(chatTitle, message.role, part);
    return part;
  });
}

function resultText({ parts }: ToolResultPart): string {
  const text = parts
    .filter((part): part is TextPart => part.type === 'text')
    .map(part => part.text)
    .join('\n');
  return text === '' && parts.length > 0 ? '(the result is an image, which follows)' : text;
}

function resultImages(
  { name, id, parts }: ToolResultPart,
  detail: ImageDetail | undefined,
): (TextContent | ImageContent)[] {
  const images = parts.flatMap(part => (part.type === 'image' ? [imageContent(part, detail)] : []));
  if (images.length === 0) return [];
  return [{ type: 'text', text: `Result of ${name} (call ${id}):` }, ...images];
}
