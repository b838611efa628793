/**
 * An answer's text from its tokens as they are written: thinking apart, no character cut in two, and nothing past a
 * stop string, not even its beginning.
 */
import type { Delta } from '../model/index.ts';
import { specialId, type Vocabulary } from './vocabulary.ts';

export interface AnswerText {
  readonly text: string;
  readonly reasoning: string;
  readonly reasoningTokens: number;
  /** Whether a stop string was met. */
  readonly isStopped: boolean;
  take(token: number): readonly Delta[];
  /** What was held back. */
  end(): readonly Delta[];
}

export function createAnswerText(vocabulary: Vocabulary, stops: readonly string[] = []): AnswerText {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let [text, reasoning, held] = ['', '', ''];
  let reasoningTokens = 0;
  let isThinking = false;
  let isStopped = false;

  function give(more: string): readonly Delta[] {
    if (more === '') return [];
    if (isThinking) {
      reasoning += more;
      return [{ type: 'reasoning', text: more }];
    }
    text += more;
    return [{ type: 'text', text: more }];
  }

  function write(more: string): readonly Delta[] {
    if (isThinking) return give(more);
    held += more;
    const found = stops.map(stop => held.indexOf(stop)).filter(at => at >= 0);
    isStopped = found.length > 0;
    const safe = isStopped ? Math.min(...found) : held.length - longestBeginning(held, stops);
    const given = held.slice(0, safe);
    held = isStopped ? '' : held.slice(safe);
    return give(given);
  }

  function rest(): readonly Delta[] {
    const pieces = isStopped ? [] : write(utf8.decode());
    const last = held;
    held = '';
    return [...pieces, ...give(last)];
  }

  return {
    get text() {
      return text;
    },
    get reasoning() {
      return reasoning;
    },
    get reasoningTokens() {
      return reasoningTokens;
    },
    get isStopped() {
      return isStopped;
    },
    take(token) {
      if (token === specialId('think') || token === specialId('think-end')) {
        const pieces = rest();
        reasoningTokens++;
        isThinking = token === specialId('think');
        return pieces;
      }
      if (isThinking) reasoningTokens++;
      return write(utf8.decode(vocabulary.bytesOf(token), { stream: true }));
    },
    end: rest,
  };
}

/** Length of the longest end of the text that a stop string begins with. */
function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--)
      if (text.endsWith(stop.slice(0, length))) longest = length;
  }
  return longest;
}
