/**
 * Messages as OpenAI's Responses API spells them: a flat list of items. Nothing is stored at the vendor, so reasoning
 * goes back as the encrypted item it came as.
 */
import * as v from 'valibot';
import type { ImagePart, Message, Part, TextPart } from '../message.ts';
import type { GenerateOptions } from '../model.ts';
import { present } from '../present.ts';
import { misplacedPart, refuseOptions } from '../refuse.ts';
import type { WireMode } from '../wire.ts';
import { dataUrl, type ImageDetail } from './shared.ts';

interface InputText {
  type: 'input_text';
  text: string;
}

interface InputImage {
  type: 'input_image';
  image_url: string;
  detail: ImageDetail;
}

type InputItem =
  | { role: 'system' | 'user'; content: (InputText | InputImage)[] }
  | { role: 'assistant'; content: string }
  | { type: 'function_call'; call_id: string; name: string; arguments: string }
  | { type: 'function_call_output'; call_id: string; output: string | (InputText | InputImage)[] }
  | {
      type: 'reasoning';
      id: string;
      summary: { type: 'summary_text'; text: string }[];
      encrypted_content: string;
    };

export const responsesTitle = 'OpenAI Responses';

/** What of a reasoning item is kept as `opaque`. */
export const opaqueSchema = v.object({ id: v.string(), encrypted_content: v.string() });

/** Other models refuse to be asked for encrypted reasoning. */
const reasoningModels = /^(o\d|gpt-[5-9](?!.*chat))/;

export function responsesBody(
  model: string,
  messages: readonly Message[],
  options: GenerateOptions,
  mode: WireMode,
  imageDetail: ImageDetail,
) {
  refuseOptions(responsesTitle, options, ['stop', 'seed', 'topK']);
  const { maxTokens, temperature, topP, tools, toolChoice } = options;
  return {
    model,
    input: messages.flatMap(message => itemsOf(message, imageDetail)),
    store: false,
    ...(reasoningModels.test(model) ? { include: ['reasoning.encrypted_content' as const] } : {}),
    ...(mode === 'stream' ? { stream: true as const } : { stream: false as const }),
    ...present({
      max_output_tokens: maxTokens,
      temperature,
      top_p: topP,
      tools: tools?.map(({ name, about, parameters }) => ({
        type: 'function' as const,
        name,
        description: about,
        parameters: { ...parameters },
        strict: false,
      })),
      tool_choice: toolChoice,
    }),
  };
}

function itemsOf({ role, parts }: Message, detail: ImageDetail): InputItem[] {
  switch (role) {
    case 'system':
      return [{ role, content: parts.map(part => inputText(role, part)) }];
    case 'user':
      return [
        {
          role,
          content: parts.map(part =>
            part.type === 'image' ? inputImage(part, detail) : inputText(role, part),
          ),
        },
      ];
    case 'assistant':
      return parts.flatMap(assistantItem);
    case 'tool':
      return parts.map(part => toolOutput(part, detail));
    default:
      return role satisfies never;
  }
}

function assistantItem(part: Part): InputItem[] {
  switch (part.type) {
    case 'text':
      return [{ role: 'assistant', content: part.text }];
    case 'tool-call':
      return [{ type: 'function_call', call_id: part.id, name: part.name, arguments: part.arguments }];
    case 'reasoning': {
      const opaque = v.safeParse(opaqueSchema, part.opaque);
      if (!opaque.success) return []; // another vendor's, or unencrypted: nothing this one trusts
      const summary = part.text === '' ? [] : [{ type: 'summary_text' as const, text: part.text }];
      return [{ type: 'reasoning', ...opaque.output, summary }];
    }
    case 'image':
    case 'tool-result':
      throw misplacedPart(responsesTitle, 'assistant', part);
    default:
      return part satisfies never;
  }
}

function toolOutput(part: Part, detail: ImageDetail): InputItem {
  if (part.type !== 'tool-result') throw misplacedPart(responsesTitle, 'tool', part);
  const isPlain = part.parts.every((result): result is TextPart => result.type === 'text');
  return {
    type: 'function_call_output',
    call_id: part.id,
    output: isPlain
      ? part.parts.map(result => (result.type === 'text' ? result.text : '')).join('\n')
      : part.parts.map(result =>
          result.type === 'image' ? inputImage(result, detail) : inputText('tool', result),
        ),
  };
}

function inputText(role: 'system' | 'user' | 'tool', part: Part): InputText {
  if (part.type !== 'text') throw misplacedPart(responsesTitle, role, part);
  return { type: 'input_text', text: part.text };
}

const inputImage = (part: ImagePart, detail: ImageDetail): InputImage => ({
  type: 'input_image',
  image_url: dataUrl(part),
  detail,
});
