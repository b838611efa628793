/** A conversation as the reader's tokens: the form that training writes too. */
import { GlyphError } from '../base/index.ts';
import { greyPage, type ImagePart, type Message } from '../model/index.ts';
import type { ReaderConfig } from './config.ts';
import { cutPage } from './page.ts';
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
        return [{ type: 'page', patches: cutPage(greyPage(pngOf(part)), config) }];
      case 'reasoning':
        return thoughtPieces(part.text);
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

/** Thinking between its marks. @param weight of the loss on it */
export const thoughtPieces = (text: string, weight = 0): readonly Piece[] => [
  { type: 'special', token: 'think', weight },
  { type: 'text', text, weight },
  { type: 'special', token: 'think-end', weight },
];

function pngOf({ mediaType, bytes }: ImagePart): Uint8Array {
  if (mediaType === 'image/png') return bytes;
  throw refusal('pages as image/png', mediaType);
}

const refusal = (expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: 'ask the embedded reader', expected, actual });
