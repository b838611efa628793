/**
 * Which parts of a conversation may become pages, by role and place alone. What a model must obey, what it is to answer
 * now and what it just said stays text; long material to read may go.
 */
import type { Message, Part, TextPart, ToolResultPart } from '../model/index.ts';
import type { KeptReason, PagedReason, Place } from './decision.ts';

export interface PlacedPart {
  readonly place: Place;
  readonly name: string;
  /** Of a tool call its arguments; '' for an image. */
  readonly text: string;
  /** Of a tool call. */
  readonly callName?: string;
  readonly verdict:
    | { readonly may: 'become-pages'; readonly reason: PagedReason }
    | { readonly may: 'stay'; readonly reason: KeptReason };
}

export interface CandidateOptions {
  /** Messages at the end that stay as they are, the live turn included. */
  readonly recentMessages: number;
  readonly keep?: ((part: Part, place: Place) => boolean) | undefined;
}

/** Every part of the conversation, in order, with what may be done with it. */
export function listParts(messages: readonly Message[], options: CandidateOptions): PlacedPart[] {
  const live = messages.findLastIndex(message => message.role === 'user');
  const firstRecent = messages.length - options.recentMessages;
  return messages.flatMap((message, m) =>
    message.parts.flatMap((part, p): PlacedPart[] => {
      if (part.type === 'tool-result') return listResult(part, m, p, m >= firstRecent, options);
      const place = { message: m, part: p };
      const name = nameOf(part, message, place);
      if (part.type === 'tool-call') {
        const { name: callName, arguments: text } = part;
        return [{ place, name, text, callName, verdict: stay('not-text') }];
      }
      if (part.type !== 'text') {
        const text = part.type === 'reasoning' ? part.text : '';
        return [{ place, name, text, verdict: stay('not-text') }];
      }
      const verdict = options.keep?.(part, place)
        ? stay('kept-by-caller')
        : judgeText(part, message, m >= live, m >= firstRecent);
      return [{ place, name, text: part.text, verdict }];
    }),
  );
}

/** A tool call as it is billed. */
export const callText = (name: string, args: string): string => `${name} ${args}`;

function listResult(
  result: ToolResultPart,
  message: number,
  part: number,
  isRecent: boolean,
  { keep }: CandidateOptions,
): PlacedPart[] {
  return result.parts.map((inner, i) => {
    const place = { message, part, inner: i };
    const name = `the result of ${result.name}`;
    if (inner.type !== 'text') return { place, name, text: '', verdict: stay('not-text') };
    const verdict = keep?.(inner, place)
      ? stay('kept-by-caller')
      : result.outcome === 'error'
        ? stay('error-result')
        : inner.use === 'document'
          ? go('document')
          : isRecent
            ? stay('recent-turn')
            : go('tool-result');
    return { place, name, text: inner.text, verdict };
  });
}

function judgeText(
  part: TextPart,
  { role }: Message,
  isLive: boolean,
  isRecent: boolean,
): PlacedPart['verdict'] {
  if (part.use === 'instruction') return stay('instruction');
  if (role === 'assistant') return stay('assistant-turn');
  if (part.use === 'document') return go('document');
  if (role === 'system') return stay('instruction');
  if (isLive) return stay('live-turn');
  return isRecent ? stay('recent-turn') : go('old-turn');
}

function nameOf(part: Part, { role }: Message, { message }: Place): string {
  if (part.type === 'text' && part.name !== undefined) return part.name;
  if (part.type === 'text' && part.use === 'document') return 'the document';
  return `${part.type === 'text' ? 'text' : part.type} of ${role} message ${message + 1}`;
}

const stay = (reason: KeptReason) => ({ may: 'stay', reason }) as const;
const go = (reason: PagedReason) => ({ may: 'become-pages', reason }) as const;
