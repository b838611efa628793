/**
 * Splits a model's `<think>…</think>` off its text as reasoning, however the stream cuts the tags. Only a block before
 * the answer counts: an answer may speak of the tag. Where the server has split it already, text is left as it is.
 */
import type { Wire, WirePiece } from './wire.ts';

/** `generated`: the model writes both tags. `prompted`: the prompt's template ends with the opening one. */
export type ThinkTags = 'generated' | 'prompted';

const opening = '<think>';
const closing = '</think>';

/** The same wire with reasoning apart from the text. */
export function splitThinking(wire: Wire, tags: ThinkTags): Wire {
  return {
    ...wire,
    startReading() {
      const reader = wire.startReading();
      const splitter = createSplitter(tags);
      return { readEvent: event => reader.readEvent(event).flatMap(splitter.take) };
    },
    readWhole(json) {
      const splitter = createSplitter(tags);
      return [...wire.readWhole(json).flatMap(splitter.take), ...splitter.rest()];
    },
  };
}

interface Splitter {
  take(this: void, piece: WirePiece): readonly WirePiece[];
  /** What was held back. */
  rest(): readonly WirePiece[];
}

function createSplitter(tags: ThinkTags): Splitter {
  /** `before`: no word of the answer yet. */
  let place: 'before' | 'thinking' | 'answer' = 'before';
  /** The template has opened a thought that the model may open again. */
  let isOpened = tags === 'prompted';
  let isThoughtBegun = false;
  let hasThought = false;
  let held = '';

  function split(): WirePiece[] {
    const pieces: WirePiece[] = [];
    while (held !== '' && place !== 'answer') {
      const next = place === 'thinking' ? thought() : start();
      if (next === undefined) break;
      pieces.push(...next);
    }
    if (place === 'answer' && held !== '') pieces.push(text(take(held.length)));
    return pieces;
  }

  /** One step before the answer; undefined to wait for more. */
  function start(): WirePiece[] | undefined {
    const word = held.trimStart();
    const isTagged = word.startsWith(opening);
    if (!isTagged && opening.startsWith(word)) return undefined; // the empty word too
    if (isTagged || isOpened) {
      held = isTagged ? word.slice(opening.length) : word;
      place = 'thinking';
      isOpened = false;
      isThoughtBegun = false;
      return [];
    }
    if (hasThought) held = word; // blank lines between the reasoning and the answer
    place = 'answer';
    return [];
  }

  function thought(): WirePiece[] | undefined {
    if (!isThoughtBegun) held = held.trimStart();
    if (held === '') return undefined;
    isThoughtBegun = true;
    const end = held.indexOf(closing);
    const length = end < 0 ? held.length - heldBack(held) : end;
    const pieces = reasoning(end < 0 ? take(length) : take(length).trimEnd());
    if (end < 0) return pieces.length === 0 ? undefined : pieces;
    take(closing.length);
    place = 'before';
    hasThought = true;
    return pieces;
  }

  function take(length: number): string {
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  }

  function rest(): WirePiece[] {
    if (place === 'before' && isOpened) {
      held = held.trimStart();
      place = 'thinking';
    }
    const last = place === 'thinking' ? held.trimEnd() : hasThought ? held.trimStart() : held;
    held = '';
    if (last === '') return [];
    return place === 'thinking' ? reasoning(last) : [text(last)];
  }

  return {
    take(piece) {
      if (piece.type === 'text') {
        held += piece.text;
        return split();
      }
      if (piece.type === 'usage' || piece.type === 'model') return [piece];
      const pieces = rest();
      if (piece.type === 'reasoning') place = 'answer';
      return [...pieces, piece];
    },
    rest,
  };
}

const text = (words: string): WirePiece => ({ type: 'text', text: words });
const reasoning = (words: string): WirePiece[] => (words === '' ? [] : [{ type: 'reasoning', text: words }]);

/** Characters at the end that may belong to the closing tag or the blanks before it. */
function heldBack(thinking: string): number {
  const partial = /<(?:\/(?:t(?:h(?:i(?:nk?)?)?)?)?)?$/.exec(thinking)?.[0] ?? '';
  const before = thinking.slice(0, thinking.length - partial.length);
  return partial.length + before.length - before.trimEnd().length;
}
