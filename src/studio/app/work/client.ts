/** The page's side of a worker: drawings are heard page by page, everything else is a promise. */
import type { Failure } from '../../api.ts';
import { FailureError } from '../../describe-failure.ts';
import type { DocumentFacts, DrawOrder, FromWorker, StudioPage, ToWorker } from './protocol.ts';

export interface Drawing {
  onPage(page: StudioPage): void;
  /** @param pageMs of a page, the median */
  onDrawn(pages: number, pageMs: number): void;
  onFailed(failure: Failure): void;
}

export interface StudioWorker {
  /** Draws, and ends the drawing before. */
  draw(order: DrawOrder, text: string, drawing: Drawing): void;
  facts(document: number, text: string): Promise<DocumentFacts>;
  pageAt(order: DrawOrder, text: string, offset: number): Promise<StudioPage | undefined>;
  /** JSON. */
  request(order: DrawOrder & { readonly model: string }, text: string): Promise<string>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function startWorker(): StudioWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let job = 0;
  let known = 0;
  let current: Drawing | undefined;
  const post = (message: ToWorker) => worker.postMessage(message);
  const tellDocument = (document: number, text: string) => {
    if (document === known) return;
    known = document;
    post({ type: 'document', document, text });
  };
  function call<T>(message: (call: number) => ToWorker): Promise<T> {
    const number = ++calls;
    return new Promise<T>((resolve, reject) => {
      waiting.set(number, { resolve: value => resolve(value as T), reject });
      post(message(number));
    });
  }
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    switch (data.type) {
      case 'page':
        if (data.job === job) current?.onPage(data.page);
        break;
      case 'drawn':
        if (data.job === job) current?.onDrawn(data.pages, data.pageMs);
        break;
      case 'draw-failed':
        if (data.job === job) current?.onFailed(data.failure);
        break;
      case 'result':
        waiting.get(data.call)?.resolve(data.value);
        waiting.delete(data.call);
        break;
      case 'failed':
        waiting.get(data.call)?.reject(new FailureError(data.failure));
        waiting.delete(data.call);
        break;
      default:
        data satisfies never;
    }
  };
  worker.onerror = event => current?.onFailed({ message: event.message });
  return {
    draw(order, text, drawing) {
      tellDocument(order.document, text);
      current = drawing;
      post({ type: 'draw', job: ++job, ...order });
    },
    facts(document, text) {
      tellDocument(document, text);
      return call(number => ({ type: 'facts', call: number, document }));
    },
    pageAt(order, text, offset) {
      tellDocument(order.document, text);
      return call(number => ({ type: 'page-at', call: number, offset, ...order }));
    },
    request(order, text) {
      tellDocument(order.document, text);
      return call(number => ({ type: 'request', call: number, ...order }));
    },
  };
}
