/**
 * Reads answers of the Messages API. A whole answer is a list of blocks; a streamed one brings each block in a start,
 * deltas and a stop, so a whole block is read as one that starts and stops at once.
 */
import { parseJson, parseValue } from '../parse-answer.ts';
import type { WirePiece, WireReader } from '../wire.ts';
import { addDelta, endOf, type OpenBlock, startOf } from './answer-blocks.ts';
import { answeredError, finishPieces, modelPieces, usagePieces } from './answer-figures.ts';
import { eventSchema, wholeSchema } from './answer-schema.ts';
import { title } from './title.ts';

export function startReading(): WireReader {
  const open = new Map<number, OpenBlock>();

  function stop(index: number): readonly WirePiece[] {
    const block = open.get(index);
    open.delete(index);
    return block === undefined ? [] : endOf(block);
  }

  return {
    readEvent({ data }) {
      const event = parseJson(eventSchema, data, `an event of ${title}`);
      switch (event.type) {
        case 'message_start':
          return [...modelPieces(event.message.model), ...usagePieces(event.message.usage)];
        case 'content_block_start':
          open.set(event.index, { block: event.content_block, late: '' });
          return startOf(event.content_block);
        case 'content_block_delta':
          return addDelta(open.get(event.index), event.delta);
        case 'content_block_stop':
          return stop(event.index);
        case 'message_delta':
          return [...finishPieces(event.delta?.stop_reason), ...usagePieces(event.usage)];
        case 'message_stop':
          return [...[...open.keys()].flatMap(stop), { type: 'end' }];
        case 'error':
          throw answeredError(event.error?.type, data);
        case 'other':
          return [];
        default:
          return event satisfies never;
      }
    },
  };
}

export function readWhole(json: unknown): readonly WirePiece[] {
  const whole = parseValue(wholeSchema, json, `an answer of ${title}`);
  if (whole.type === 'error') throw answeredError(whole.error?.type, JSON.stringify(json));
  return [
    ...modelPieces(whole.model),
    ...whole.content.flatMap(block => [...startOf(block), ...endOf({ block, late: '' })]),
    ...finishPieces(whole.stop_reason),
    ...usagePieces(whole.usage),
  ];
}
