/** A thread that builds a part of a data set, and how the command starts one; it ends with the command. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { GlyphError, type GlyphErrorDetails } from '../base/index.ts';
import type { DataManifest } from '../data/index.ts';
import { type DataJob, type DataJobEvent, type JobOptions, runDataJob } from './data-job.ts';

type FromThread =
  | { readonly type: 'event'; readonly event: DataJobEvent }
  | { readonly type: 'done'; readonly manifest: DataManifest | undefined }
  | { readonly type: 'failed'; readonly error: GlyphErrorDetails };

/** What a thread is started with; tells it from other threads that may load this file. */
interface Start {
  readonly kind: 'data-job';
  readonly job: DataJob;
}

/** As `runDataJob`, in a thread of its own. */
export function runInThread(
  job: DataJob,
  { signal, onEvent }: JobOptions,
): Promise<DataManifest | undefined> {
  const worker = startThisFile(job);
  const stop = () => worker.postMessage('stop');
  signal.addEventListener('abort', stop);
  return new Promise<DataManifest | undefined>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.type === 'event') onEvent(message.event);
      else if (message.type === 'done') resolve(message.manifest);
      else reject(new GlyphError(message.error));
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread that builds data ended early')));
  }).finally(() => signal.removeEventListener('abort', stop));
}

/** Run from source, the thread must be given the loader again: threads of Node 20 do not inherit `--import tsx`. */
function startThisFile(job: DataJob): Worker {
  const url = import.meta.url;
  const data: Start = { kind: 'data-job', job };
  if (!url.endsWith('.ts')) return new Worker(new URL(url), { workerData: data });
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`;
  return new Worker(start, { workerData: data, eval: true });
}

async function serve(port: NonNullable<typeof parentPort>, { job }: Start): Promise<void> {
  const say = (message: FromThread) => port.postMessage(message);
  const controller = new AbortController();
  port.on('message', () => controller.abort());
  const onEvent = (event: DataJobEvent) => say({ type: 'event', event });
  try {
    const manifest = await runDataJob(job, { signal: controller.signal, onEvent });
    say({ type: 'done', manifest });
  } catch (error) {
    if (!(error instanceof GlyphError)) throw error;
    const { kind, operation, expected, actual, hint } = error;
    const details = { kind, operation, expected, actual };
    say({ type: 'failed', error: hint === undefined ? details : { ...details, hint } });
  } finally {
    port.close();
  }
}

const start = workerData as Partial<Start> | null;
if (!isMainThread && parentPort !== null && start?.kind === 'data-job') {
  await serve(parentPort, start as Start);
}
