/** Conversations as an agent has them, from a seed: tasks, calls with long results, answers. */
import { createRandom, type Random } from '../../../base/index.ts';
import { parseConfig } from '../../../config/index.ts';
import type { Message } from '../../../model/index.ts';

const words =
  'the server returned an error while reading config from disk so we retry with a smaller batch and log every request before closing connection handler promise index value table'.split(
    ' ',
  );

const wordsOf = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.pick(words)).join(' ');

/** Four turns a task: a request, a call, its result, an answer. */
export function agentHistory(turns: number, seed: number | string = 1): Message[] {
  const random = createRandom(seed);
  const history: Message[] = [];
  for (let task = 0; history.length < turns; task++) {
    const id = `call-${task}`;
    const name = 'read_file';
    const request = `Task ${task}: ${wordsOf(random, 20)}`;
    const call = JSON.stringify({ path: `src/part-${task}.ts`, commit: `3f9a8c7d${1000 + task}` });
    const lines = Array.from({ length: random.integer(2, 40) }, () => wordsOf(random, 10));
    history.push(
      { role: 'user', parts: [{ type: 'text', text: request }] },
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: wordsOf(random, 15) },
          { type: 'tool-call', id, name, arguments: call },
        ],
      },
      {
        role: 'tool',
        parts: [{ type: 'tool-result', id, name, parts: [{ type: 'text', text: lines.join('\n') }] }],
      },
      { role: 'assistant', parts: [{ type: 'text', text: wordsOf(random, 60) }] },
    );
  }
  return history.slice(0, turns);
}

/** A page of few characters, so that a short history fills many; 8 x 5 patches of GLM-4.1V. */
export const smallPages = parseConfig({
  ...{ pageSize: [224, 140], marginX: 2, marginY: 2, framePadding: 0 },
  ...{ fontSize: 5, lineHeight: 5.5, autoCropWidth: false },
});
