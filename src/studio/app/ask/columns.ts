/** The two columns of the comparison: what each is asked with, and what has come so far. */
import { type Signal, signal } from '@preact/signals';
import type { AskDone, AskPrepared, AskRequest, Failure } from '../../api.ts';
import { describeFailure } from '../../describe-failure.ts';
import { config, studioDocument } from '../state.ts';
import { api } from '../work/server.ts';

export type Reads = 'text' | 'pages' | 'try';

export interface ColumnChoice {
  readonly model: string;
  readonly reads: Reads;
}

export interface ColumnAnswer {
  readonly state: 'idle' | 'waiting' | 'preparing' | 'answering' | 'done' | 'failed' | 'stopped';
  /** By this browser's clock. */
  readonly startedMs: number;
  readonly firstTokenMs: number | undefined;
  readonly endedMs: number | undefined;
  readonly prepared: AskPrepared | undefined;
  readonly text: string;
  readonly reasoning: string;
  /** Tokens written so far, of a reader that shows its answer when it is whole. */
  readonly written: number;
  readonly done: AskDone | undefined;
  readonly failure: Failure | undefined;
}

export interface Column {
  readonly letter: 'A' | 'B';
  readonly choice: Signal<ColumnChoice>;
  readonly answer: Signal<ColumnAnswer>;
}

const nothing: ColumnAnswer = {
  state: 'idle',
  startedMs: 0,
  firstTokenMs: undefined,
  endedMs: undefined,
  prepared: undefined,
  text: '',
  reasoning: '',
  written: 0,
  done: undefined,
  failure: undefined,
};

const column = (letter: 'A' | 'B', reads: Reads): Column => ({
  letter,
  choice: signal<ColumnChoice>({ model: 'embedded', reads }),
  answer: signal(nothing),
});

export const columns: readonly Column[] = [column('A', 'text'), column('B', 'pages')];

export const question = signal('');

let asking: AbortController | undefined;

export const isAsking = signal(false);

export async function askBoth(): Promise<void> {
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  isAsking.value = true;
  await Promise.all(columns.map(each => askOne(each, controller.signal)));
  if (asking === controller) isAsking.value = false;
}

export function stopAsking(): void {
  asking?.abort();
}

async function askOne({ choice, answer }: Column, signal: AbortSignal): Promise<void> {
  const { model, reads } = choice.peek();
  const { name, text } = studioDocument.peek();
  const request: AskRequest = {
    ...{ model, name, text, question: question.peek() },
    reads: reads === 'text' ? 'text' : 'pages',
    ...(reads === 'try' ? { config: config.peek() } : {}),
  };
  const startedMs = performance.now();
  const since = () => performance.now() - startedMs;
  const set = (patch: Partial<ColumnAnswer>) => {
    answer.value = { ...answer.peek(), ...patch };
  };
  answer.value = { ...nothing, state: 'preparing', startedMs };
  try {
    for await (const event of api.ask(request, signal)) {
      switch (event.type) {
        case 'waiting':
          set({ state: 'waiting' });
          break;
        case 'prepared':
          set({ state: 'answering', prepared: event });
          break;
        case 'text':
        case 'reasoning':
          set({
            firstTokenMs: answer.peek().firstTokenMs ?? since(),
            [event.type]: answer.peek()[event.type] + event.text,
          });
          break;
        case 'written':
          set({ firstTokenMs: answer.peek().firstTokenMs ?? since(), written: event.tokens });
          break;
        case 'done':
          set({ state: 'done', done: event, text: event.text, endedMs: since() });
          break;
        case 'failed':
          set({ state: 'failed', failure: event, endedMs: since() });
          break;
        default:
          event satisfies never;
      }
    }
  } catch (error) {
    if (signal.aborted) set({ state: 'stopped', endedMs: since() });
    else set({ state: 'failed', failure: describeFailure(error) });
  }
}
