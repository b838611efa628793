/**
 * The conversation as one text, a turn after the other: what pages show. Offsets count UTF-16 code units. Turns that
 * must stay together, a call and its results, form a group: only whole groups age, and only whole groups are shown
 * as messages.
 */
import type { Message, Part } from '../../model/index.ts';

/** Line ends as layout knows them (Unicode UAX #14, classes BK, CR, LF, NL). */
const lineEnds = /\r\n|[\n-\r\u0085\u2028\u2029]/g;

/** A turn in the words of the transcript, e.g. "Tool search: 3 results". Reasoning is not part of it. */
export const turnText = (turn: Message): string => labelledParts(turn).join('\n');

/** Lines within a part are set in by a space, so that no tool result can pass for a turn of the user. */
const transcriptText = (turn: Message): string =>
  labelledParts(turn)
    .map(part => `${part.replace(lineEnds, '$& ')}\n`)
    .join('');

function labelledParts({ role, parts }: Message): string[] {
  const speaker = role === 'user' ? 'User' : role === 'assistant' ? 'Assistant' : 'Tool';
  const labelled = parts.flatMap(part => labelledPart(part, speaker));
  return labelled.length === 0 ? [`${speaker}:`] : labelled;
}

function labelledPart(part: Part, speaker: string): string[] {
  switch (part.type) {
    case 'text':
      return [`${speaker}: ${part.text}`];
    case 'tool-call':
      return [`${speaker} calls ${part.name}: ${part.arguments}`];
    case 'tool-result': {
      const outcome = part.outcome === 'error' ? ' failed' : '';
      const texts = part.parts.map(inner => (inner.type === 'text' ? inner.text : ''));
      return [`Tool ${part.name}${outcome}: ${texts.join('\n')}`];
    }
    case 'reasoning':
    case 'image':
      return [];
    default:
      return part satisfies never;
  }
}

const isAnswerToCall = ({ parts }: Message): boolean => parts.some(part => part.type === 'tool-result');

export interface Group {
  /** Turns `firstTurn` to, without, `endTurn`. */
  readonly firstTurn: number;
  readonly endTurn: number;
  /** Where it begins in the transcript. */
  readonly start: number;
  /** Of its turns as messages. */
  readonly tokens: number;
}

export class Transcript {
  readonly #texts: string[] = [];
  /** Where each turn begins, and where the last one ends. */
  readonly #starts: number[] = [0];
  readonly #groups: Group[] = [];

  get length(): number {
    return this.#starts.at(-1)!;
  }

  get groups(): readonly Group[] {
    return this.#groups;
  }

  /** @param tokens of the turn as a message */
  add(turn: Message, tokens: number): void {
    const number = this.#texts.length;
    const start = this.length;
    const text = transcriptText(turn);
    this.#texts.push(text);
    this.#starts.push(start + text.length);
    const last = this.#groups.at(-1);
    if (last !== undefined && isAnswerToCall(turn)) {
      this.#groups[this.#groups.length - 1] = { ...last, endTurn: number + 1, tokens: last.tokens + tokens };
    } else this.#groups.push({ firstTurn: number, endTurn: number + 1, start, tokens });
  }

  /** The turn in which an offset lies; the number of turns at the end. */
  turnAt(offset: number): number {
    let [low, high] = [0, this.#texts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle + 1]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  slice(start: number, end: number): string {
    const first = this.turnAt(start);
    const last = this.turnAt(end);
    return this.#texts
      .slice(first, last + 1)
      .join('')
      .slice(start - this.#starts[first]!, end - this.#starts[first]!);
  }

  /** Number of the first group that begins at `offset` or behind it. */
  groupFrom(offset: number): number {
    const group = this.#groups.findIndex(({ start }) => start >= offset);
    return group < 0 ? this.#groups.length : group;
  }

  /**
   * Where the recent groups begin: those with less than `recentTokens` tokens after them, and the last one always,
   * since its calls may still be under way. It only ever moves forward.
   */
  recentStart(recentTokens: number): number {
    let newer = 0;
    for (let i = this.#groups.length - 1; i > 0; i--) {
      newer += this.#groups[i]!.tokens;
      if (newer >= recentTokens) return this.#groups[i]!.start;
    }
    return 0;
  }
}
