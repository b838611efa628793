/** The parts of a message as the parts of a request to generateContent. */
import * as v from 'valibot';
import { toBase64 } from '../base64.ts';
import type { ImagePart, Part, ReasoningPart, Role, ToolCallPart, ToolResultPart } from '../message.ts';
import { misplacedPart } from '../refuse.ts';
import { title } from './title.ts';

interface InlineData {
  inlineData: { mimeType: string; data: string };
}

interface FunctionResponse {
  id: string;
  name: string;
  response: { output: string } | { error: string };
  parts?: InlineData[];
}

export type PartParam =
  | InlineData
  | { text: string; thought?: true; thoughtSignature?: string }
  | {
      functionCall: { id: string; name: string; args: Record<string, unknown> };
      thoughtSignature?: string;
    }
  | { functionResponse: FunctionResponse };

/** What of a signed part is kept as `opaque`. */
const opaqueSchema = v.object({ thoughtSignature: v.string() });

export type Opaque = v.InferOutput<typeof opaqueSchema>;

/** @throws GlyphError kind `input` for a part that a message of its role cannot have */
export function partsOf(role: Role, part: Part): PartParam[] {
  switch (part.type) {
    case 'text':
      // An empty one is refused.
      if (role !== 'tool') return part.text === '' ? [] : [{ text: part.text }];
      break;
    case 'image':
      if (role === 'user') return [inlineData(part)];
      break;
    case 'reasoning':
      if (role === 'assistant') return thoughtParts(part);
      break;
    case 'tool-call':
      if (role === 'assistant') return [functionCall(part)];
      break;
    case 'tool-result':
      if (role === 'tool') return [{ functionResponse: functionResponse(part) }];
      break;
    default:
      part satisfies never;
  }
  throw misplacedPart(title, role, part);
}

const inlineData = ({ bytes, mediaType }: ImagePart): InlineData => ({
  inlineData: { mimeType: mediaType, data: toBase64(bytes) },
});

/** Only a signature is of use to the server. One without text was that of an answer, or of thoughts not shown. */
function thoughtParts({ text, opaque }: ReasoningPart): PartParam[] {
  const result = v.safeParse(opaqueSchema, opaque);
  if (!result.success) return [];
  return [{ text, ...(text === '' ? {} : { thought: true }), ...result.output }];
}

function functionCall(call: ToolCallPart): PartParam {
  const { id, name, opaque } = call;
  const signed = v.safeParse(opaqueSchema, opaque);
  return { functionCall: { id, name, args: argsOf(call) }, ...(signed.success ? signed.output : {}) };
}

/** The API demands an object; a call that is none is wrapped. */
function argsOf(call: ToolCallPart): Record<string, unknown> {
  try {
    const args: unknown = JSON.parse(call.arguments || '{}');
    if (typeof args === 'object' && args !== null && !Array.isArray(args)) return { ...args };
  } catch {
    // Wrapped below.
  }
  return { INVALID_JSON: call.arguments };
}

/** Images of a result lie inside of it, as Gemini 3 and later models want them. */
function functionResponse({ id, name, parts, outcome }: ToolResultPart): FunctionResponse {
  const text = parts.flatMap(part => (part.type === 'text' ? part.text : [])).join('\n');
  const images = parts.filter(part => part.type === 'image').map(inlineData);
  return {
    id,
    name,
    response: outcome === 'error' ? { error: text } : { output: text },
    ...(images.length === 0 ? {} : { parts: images }),
  };
}
