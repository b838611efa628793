/** The owner's side of a thread that reads one PDF (`pdf-worker.ts`): requests out, answers back in the same order. */
import { GlyphError } from '../base/index.ts';
import type { FromPdfWorker, PdfTask, ToPdfWorker } from './pdf-worker.ts';
import { startThread } from './start-thread.ts';

export interface PdfThread {
  /** @throws GlyphError kind `input` for what the file is to blame for, `io` where the thread ended. */
  ask<Type extends 'facts' | 'drawn'>(
    request: ToPdfWorker,
    answer: Type,
  ): Promise<Extract<FromPdfWorker, { readonly type: Type }>>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: FromPdfWorker): void;
  reject(error: GlyphError): void;
}

export function startPdfThread(task: PdfTask): PdfThread {
  const worker = startThread('pdf-worker', { workerData: task });
  const waiting: Waiting[] = [];
  let ended: GlyphError | undefined;

  function end(cause: unknown): void {
    ended ??= threadEnded(task.operation, cause);
    for (const { reject } of waiting.splice(0)) reject(ended);
  }
  worker.on('message', (answer: FromPdfWorker) => waiting.shift()?.resolve(answer));
  worker.on('error', end);
  worker.on('exit', () => end(undefined));

  return {
    async ask(request, type) {
      if (ended !== undefined) throw ended;
      worker.postMessage(request);
      const answer = await new Promise<FromPdfWorker>((resolve, reject) => waiting.push({ resolve, reject }));
      if (answer.type === 'failed') throw new GlyphError(answer.error);
      return answer as Extract<FromPdfWorker, { readonly type: typeof type }>;
    },
    async close() {
      await worker.terminate();
    },
  };
}

const threadEnded = (operation: string, cause: unknown) =>
  new GlyphError({
    kind: 'io',
    operation,
    expected: 'an open PDF file',
    actual: cause === undefined ? 'a closed one' : `a thread that failed: ${cause}`,
    cause,
  });
