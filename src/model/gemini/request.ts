/**
 * A conversation as generateContent wants it: system texts apart, roles `user` and `model`, and the results of all
 * calls of one turn together in one content.
 */
import type { Message, Tool } from '../message.ts';
import type { GenerateOptions } from '../model.ts';
import { present } from '../present.ts';
import { type PartParam, partsOf } from './request-parts.ts';

interface ContentParam {
  role: 'user' | 'model';
  parts: PartParam[];
}

const callingModes = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const;

export function generateContentBody(messages: readonly Message[], options: GenerateOptions) {
  const { maxTokens, temperature, topP, topK, stop, seed, tools, toolChoice } = options;
  const system = messages.filter(message => message.role === 'system');
  const systemParts = system.flatMap(({ role, parts }) => parts.flatMap(part => partsOf(role, part)));
  return {
    contents: contentsOf(messages.filter(message => message.role !== 'system')),
    generationConfig: present({
      maxOutputTokens: maxTokens,
      temperature,
      topP,
      topK,
      stopSequences: stop === undefined ? undefined : [...stop],
      seed,
    }),
    ...present({
      systemInstruction: systemParts.length === 0 ? undefined : { parts: systemParts },
      tools: tools === undefined ? undefined : [{ functionDeclarations: tools.map(declarationOf) }],
      toolConfig:
        toolChoice === undefined ? undefined : { functionCallingConfig: { mode: callingModes[toolChoice] } },
    }),
  };
}

/** `parameters` would take only a part of JSON Schema. */
const declarationOf = ({ name, about, parameters }: Tool) => ({
  name,
  description: about,
  parametersJsonSchema: parameters,
});

function contentsOf(messages: readonly Message[]): ContentParam[] {
  const contents: ContentParam[] = [];
  let roleBefore: Message['role'] | undefined;
  for (const { role, parts } of messages) {
    const spelled = parts.flatMap(part => partsOf(role, part));
    if (spelled.length === 0) continue; // refused when empty
    if (role === 'tool' && roleBefore === 'tool') contents.at(-1)?.parts.push(...spelled);
    else contents.push({ role: role === 'assistant' ? 'model' : 'user', parts: spelled });
    roleBefore = role;
  }
  return contents;
}
