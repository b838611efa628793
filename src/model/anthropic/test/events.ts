/** Events and messages of Anthropic's Messages API, shaped and ordered as the API sends them. */
import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import { eventStream } from '../../test/event-stream.ts';

export const answeredBy = 'claude-opus-5-5-20261007';

/** An event as far as it is read here; the types of the SDK demand every field. */
type Event =
  | { readonly type: RawMessageStreamEvent['type']; readonly [field: string]: unknown }
  | { readonly type: 'ping' | 'error'; readonly [field: string]: unknown };

export const stream = (events: readonly Event[]): string =>
  eventStream(events, event => (event as Event).type);

export const started = (usage: Readonly<Record<string, unknown>>): Event => ({
  type: 'message_start',
  message: {
    id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
    type: 'message',
    role: 'assistant',
    model: answeredBy,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  },
});

export const delta = (index: number, fields: Readonly<Record<string, unknown>>): Event => ({
  type: 'content_block_delta',
  index,
  delta: fields,
});

export const block = (
  index: number,
  start: Readonly<Record<string, unknown>>,
  ...deltas: readonly Event[]
): Event[] => [
  { type: 'content_block_start', index, content_block: start },
  ...deltas,
  { type: 'content_block_stop', index },
];

export const textBlock = (index: number, ...texts: readonly string[]): Event[] =>
  block(index, { type: 'text', text: '' }, ...texts.map(text => delta(index, { type: 'text_delta', text })));

export const ended = (stopReason: string, usage: Readonly<Record<string, unknown>>): Event[] => [
  { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage },
  { type: 'message_stop' },
];

export const message = (
  content: readonly unknown[],
  stopReason: string,
  usage: Readonly<Record<string, unknown>>,
): unknown => ({
  id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
  type: 'message',
  role: 'assistant',
  model: answeredBy,
  content,
  stop_reason: stopReason,
  stop_sequence: null,
  usage,
});
