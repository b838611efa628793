/** The parts of a message as the content blocks of a request to the Messages API. */
import * as v from 'valibot';
import { toBase64 } from '../base64.ts';
import type {
  ImageMediaType,
  ImagePart,
  Part,
  ReasoningPart,
  Role,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from '../message.ts';
import { misplacedPart } from '../refuse.ts';
import { title } from './title.ts';

export interface TextParam {
  type: 'text';
  text: string;
}

interface ImageParam {
  type: 'image';
  source: { type: 'base64'; media_type: ImageMediaType; data: string };
}

type ReasoningParam =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string };

interface ToolUseParam {
  type: 'tool_use';
  id: string;
  name: string;
  input: unknown;
}

interface ToolResultParam {
  type: 'tool_result';
  tool_use_id: string;
  content?: (TextParam | ImageParam)[];
  is_error?: true;
}

export type BlockParam = TextParam | ImageParam | ReasoningParam | ToolUseParam | ToolResultParam;

/** What of a block of reasoning is kept as `opaque`. */
const opaqueSchema = v.variant('type', [
  v.object({ type: v.literal('thinking'), signature: v.string() }),
  v.object({ type: v.literal('redacted_thinking'), data: v.string() }),
]);

export type Opaque = v.InferOutput<typeof opaqueSchema>;

/** @throws GlyphError kind `input` for a part that a message of its role cannot have */
export function blocksOf(role: Role, part: Part): BlockParam[] {
  switch (part.type) {
    case 'text':
      if (role !== 'tool') return textBlocks(part);
      break;
    case 'image':
      if (role === 'user') return [imageBlock(part)];
      break;
    case 'reasoning':
      if (role === 'assistant') return reasoningBlocks(part);
      break;
    case 'tool-call':
      if (role === 'assistant') {
        return [{ type: 'tool_use', id: part.id, name: part.name, input: inputOf(part) }];
      }
      break;
    case 'tool-result':
      if (role === 'tool') return [toolResult(part)];
      break;
    default:
      part satisfies never;
  }
  throw misplacedPart(title, role, part);
}

/** An empty text is refused. */
export const textBlocks = ({ text }: TextPart): TextParam[] => (text === '' ? [] : [{ type: 'text', text }]);

const imageBlock = ({ bytes, mediaType }: ImagePart): ImageParam => ({
  type: 'image',
  source: { type: 'base64', media_type: mediaType, data: toBase64(bytes) },
});

/** Reasoning without this vendor's signature is refused, so that of another model is left out. */
function reasoningBlocks({ text, opaque }: ReasoningPart): ReasoningParam[] {
  const result = v.safeParse(opaqueSchema, opaque);
  if (!result.success) return [];
  return [result.output.type === 'thinking' ? { ...result.output, thinking: text } : result.output];
}

function toolResult({ id, parts, outcome }: ToolResultPart): ToolResultParam {
  const content = parts.flatMap<TextParam | ImageParam>(part =>
    part.type === 'text' ? textBlocks(part) : imageBlock(part),
  );
  return {
    type: 'tool_result',
    tool_use_id: id,
    ...(content.length === 0 ? {} : { content }),
    ...(outcome === 'error' ? { is_error: true } : {}),
  };
}

/** The API demands an object; a call that is none is wrapped as its guide on malformed calls says. */
function inputOf(call: ToolCallPart): unknown {
  try {
    const input: unknown = JSON.parse(call.arguments || '{}');
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Wrapped below.
  }
  return { INVALID_JSON: call.arguments };
}
