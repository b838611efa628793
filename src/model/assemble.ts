/**
 * Builds a completion from the pieces of an answer, and says of each piece what the caller sees of it. Pieces of
 * reasoning join into one part until one carries `opaque`, which belongs to what came before it, or something else
 * than reasoning comes.
 */
import type { ReasoningPart, ToolCallPart } from './message.ts';
import type { Completion, Delta, FinishReason, Usage } from './model.ts';
import type { WirePiece } from './wire.ts';

export interface Assembly {
  /** The text so far. */
  readonly text: string;
  /** Undefined until the server tells. */
  readonly finishReason: FinishReason | undefined;
  add(piece: WirePiece): Delta | undefined;
  completion(): Omit<Completion, 'timing'>;
}

/** @param model the name that was asked for, where the answer names none */
export function createAssembly(model: string): Assembly {
  let text = '';
  let usage: Usage | undefined;
  let finishReason: FinishReason | undefined;
  let answeredBy = model;
  const reasoning: ReasoningPart[] = [];
  const toolCalls: ToolCallPart[] = [];
  let isReasoningOpen = false;

  function addReasoning(more: string, opaque: unknown): void {
    const last = isReasoningOpen ? reasoning.pop() : undefined;
    const joined = `${last?.text ?? ''}${more}`;
    if (joined === '' && opaque === undefined) return;
    reasoning.push({ type: 'reasoning', text: joined, ...(opaque === undefined ? {} : { opaque }) });
    isReasoningOpen = opaque === undefined;
  }

  return {
    get text() {
      return text;
    },
    get finishReason() {
      return finishReason;
    },
    add(piece) {
      switch (piece.type) {
        case 'text':
          if (piece.text === '') return undefined;
          isReasoningOpen = false;
          text += piece.text;
          return { type: 'text', text: piece.text };
        case 'reasoning':
          addReasoning(piece.text, piece.opaque);
          return piece.text === '' ? undefined : { type: 'reasoning', text: piece.text };
        case 'tool-call':
          isReasoningOpen = false;
          toolCalls.push(piece.call);
          return { type: 'tool-call', call: piece.call };
        case 'usage':
          usage = { ...(usage ?? noUsage), ...piece.usage };
          return undefined;
        case 'finish':
          finishReason = piece.reason;
          return undefined;
        case 'model':
          answeredBy = piece.model;
          return undefined;
        case 'end':
          return undefined;
        default:
          return piece satisfies never;
      }
    },
    completion: () => ({
      text,
      reasoning,
      toolCalls,
      usage,
      // Some servers say `stop` whatever the answer ends with.
      finishReason:
        finishReason === 'stop' && toolCalls.length > 0 ? 'tool-calls' : (finishReason ?? 'unknown'),
      model: answeredBy,
    }),
  };
}

const noUsage: Usage = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
