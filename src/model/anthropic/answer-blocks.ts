/** The content blocks of an answer from the Messages API as neutral pieces. */
import type { WirePiece } from '../wire.ts';
import type { Block, BlockDelta } from './answer-schema.ts';
import type { Opaque } from './request-blocks.ts';

/** A block of which more may come. */
export interface OpenBlock {
  readonly block: Block;
  /** Its signature, or what came so far of the JSON of its call. */
  late: string;
}

/** What a block brings with its start. */
export function startOf(block: Block): readonly WirePiece[] {
  if (block.type === 'text') return [{ type: 'text', text: block.text }];
  if (block.type === 'thinking') return [{ type: 'reasoning', text: block.thinking }];
  return [];
}

/** @param block undefined where its start never came */
export function addDelta(block: OpenBlock | undefined, delta: BlockDelta): readonly WirePiece[] {
  switch (delta.type) {
    case 'text_delta':
      return [{ type: 'text', text: delta.text }];
    case 'thinking_delta':
      return [{ type: 'reasoning', text: delta.thinking }];
    case 'signature_delta':
      if (block !== undefined) block.late = delta.signature;
      return [];
    case 'input_json_delta':
      if (block !== undefined) block.late += delta.partial_json;
      return [];
    case 'other':
      return [];
    default:
      return delta satisfies never;
  }
}

/** What is known of a block only when it is complete. */
export function endOf({ block, late }: OpenBlock): readonly WirePiece[] {
  switch (block.type) {
    case 'thinking': {
      const signature = late || block.signature;
      return signature === '' ? [] : [opaquePiece({ type: 'thinking', signature })];
    }
    case 'redacted_thinking':
      return [opaquePiece({ type: 'redacted_thinking', data: block.data })];
    case 'tool_use': {
      const { id, name, input } = block;
      const json = late || JSON.stringify(input ?? {});
      return [{ type: 'tool-call', call: { type: 'tool-call', id, name, arguments: json } }];
    }
    case 'text':
    case 'other':
      return [];
    default:
      return block satisfies never;
  }
}

const opaquePiece = (opaque: Opaque): WirePiece => ({ type: 'reasoning', text: '', opaque });
