/**
 * Cuts the one text that NVIDIA's scripts write into example, instruction, context and question, so that the context
 * alone can become pages. Put together again they are the text, character for character.
 */
import type { RulerParts } from './parts.ts';

type InputParts = Pick<RulerParts, 'example' | 'instruction' | 'context' | 'question'>;

/** How the question begins, where it is not the last line. */
const questionMarks: readonly (readonly [prefix: string, mark: string])[] = [
  ['niah', '\n'],
  ['qa', '\n\nAnswer the question'],
  ['', '\nQuestion:'],
];

export function splitInput(input: string, subset: string): InputParts {
  const [, mark] = questionMarks.find(([prefix]) => subset.startsWith(prefix))!;
  const found = input.trimEnd().lastIndexOf(mark);
  const questionAt = found === -1 ? input.length : found;
  const body = input.slice(0, questionAt);
  // An example opens with the same sentence: the last one is the task's own.
  const [opening = ''] = /^[^.]*\./.exec(body) ?? [];
  const start = body.lastIndexOf(opening);
  const instruction = instructionOf(body.slice(start), subset);
  return {
    example: body.slice(0, start),
    instruction: body.slice(start, start + instruction.length),
    context: body.slice(start + instruction.length),
    question: input.slice(questionAt),
  };
}

/** The first line; in `fwe` the text follows on the same line, in `qa` a line announces the documents. */
function instructionOf(text: string, subset: string): string {
  const pattern = subset === 'fwe' ? /^.*? words\. / : subset.startsWith('qa') ? /^.*\n\n.*\n\n/ : /^.*\n+/;
  return pattern.exec(text)?.[0] ?? '';
}
