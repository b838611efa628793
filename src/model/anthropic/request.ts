/**
 * A conversation as the Messages API wants it: system texts apart, and turns of user and assistant in alternation, so
 * results of tools and what the user says after them are one turn.
 */
import type { Message, Tool } from '../message.ts';
import type { GenerateOptions } from '../model.ts';
import { present } from '../present.ts';
import { misplacedPart, refuseOptions } from '../refuse.ts';
import type { WireMode } from '../wire.ts';
import { type BlockParam, blocksOf, type TextParam, textBlocks } from './request-blocks.ts';
import { title } from './title.ts';

/** The API demands a limit. */
const defaultMaxTokens = 8192;

interface Turn {
  role: 'user' | 'assistant';
  content: BlockParam[];
}

const toolChoices = { auto: 'auto', none: 'none', required: 'any' } as const;

export function messagesBody(
  model: string,
  messages: readonly Message[],
  options: GenerateOptions,
  mode: WireMode,
) {
  refuseOptions(title, options, ['seed']);
  const { maxTokens, temperature, topP, topK, stop, tools, toolChoice } = options;
  const system = messages.flatMap(systemTexts);
  return {
    model,
    max_tokens: maxTokens ?? defaultMaxTokens,
    messages: turnsOf(messages.filter(message => message.role !== 'system')),
    ...(mode === 'stream' ? { stream: true as const } : { stream: false as const }),
    ...present({
      system: system.length === 0 ? undefined : system,
      temperature,
      top_p: topP,
      top_k: topK,
      stop_sequences: stop === undefined ? undefined : [...stop],
      tools: tools?.map(toolParam),
      tool_choice: toolChoice === undefined ? undefined : { type: toolChoices[toolChoice] },
    }),
  };
}

/** The schema of a tool's arguments is always one of an object. */
const toolParam = ({ name, about, parameters }: Tool) => ({
  name,
  description: about,
  input_schema: { ...parameters, type: 'object' as const },
});

function systemTexts({ role, parts }: Message): TextParam[] {
  if (role !== 'system') return [];
  return parts.flatMap(part => {
    if (part.type !== 'text') throw misplacedPart(title, role, part);
    return textBlocks(part);
  });
}

function turnsOf(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = message.parts.flatMap(part => blocksOf(message.role, part));
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content }); // empty ones are refused
  }
  return turns;
}
