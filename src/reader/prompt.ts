/** Conversations as the reader's tokens: a prompt, and the answers that training teaches, which have marks of rows. */
import { GlyphError } from '../base/index.ts';
import { greyPage, type ImagePart, type Message } from '../model/index.ts';
import type { ReaderConfig } from './config.ts';
import { markTokens, type RowMark, splitMarks } from './marks.ts';
import { cutPage } from './page.ts';
import { measuredPage } from './pitch.ts';
import type { Piece } from './sample.ts';

/**
 * Each turn begins with its mark, those of the assistant end with one too, and the assistant's next mark closes the prompt.
 * @throws GlyphError kind `input` for an image that is no PNG or too large, and for what the reader cannot take
 */
export function promptPieces(messages: readonly Message[], config: ReaderConfig): readonly Piece[] {
  return [
    ...messages.flatMap(message => messagePieces(message, config)),
    { type: 'special', token: 'assistant' },
  ];
}

function messagePieces({ role, parts }: Message, config: ReaderConfig): readonly Piece[] {
  if (role === 'tool') throw refusal('turns of system, user and assistant', 'one of a tool');
  const pieces = parts.flatMap((part): readonly Piece[] => {
    switch (part.type) {
      case 'text':
        return [{ type: 'text', text: part.text }];
      case 'image':
        return [{ type: 'page', patches: cutPage(measuredPage(greyPage(pngOf(part)), config), config) }];
      case 'reasoning':
        return thoughtPieces([{ type: 'text', text: part.text }]);
      case 'tool-call':
      case 'tool-result':
        throw refusal('text and pages', `a ${part.type}`);
      default:
        return part satisfies never;
    }
  });
  const end: readonly Piece[] = role === 'assistant' ? [{ type: 'special', token: 'end' }] : [];
  return [{ type: 'special', token: role }, ...pieces, ...end];
}

const thinking = /^<think>\n(.*?)\n<\/think>\n/s;

/**
 * An assistant's text of training data: thinking between tags and marks at line starts become special tokens, all else
 * is text, exactly. Only for text that is trusted; what a user says is never looked at for marks.
 * @param weight of the loss on all of it
 */
export function answerPieces(content: string, weight = 0): readonly Piece[] {
  const thought = thinking.exec(content);
  if (thought === null) return markedPieces(content, weight);
  return [
    ...thoughtPieces(markedPieces(thought[1]!, weight), weight),
    ...markedPieces(content.slice(thought[0].length), weight),
  ];
}

/** A page's mark stands only where it is another page than before; the row below needs no number. */
function markedPieces(text: string, weight: number): readonly Piece[] {
  let before: RowMark | undefined;
  return splitMarks(text).flatMap(({ mark, text: own }): readonly Piece[] => {
    const tokens = mark === undefined ? [] : markTokens(mark, before);
    before = mark;
    return [
      ...tokens.map(token => ({ type: 'special', token, weight }) as const),
      ...(own === '' ? [] : ([{ type: 'text', text: own, weight }] as const)),
    ];
  });
}

/** Thinking between its marks. @param weight of the loss on these */
const thoughtPieces = (pieces: readonly Piece[], weight = 0): readonly Piece[] => [
  { type: 'special', token: 'think', weight },
  ...pieces,
  { type: 'special', token: 'think-end', weight },
];

function pngOf({ mediaType, bytes }: ImagePart): Uint8Array {
  if (mediaType === 'image/png') return bytes;
  throw refusal('pages as image/png', mediaType);
}

const refusal = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'ask the embedded reader', expected, actual });
