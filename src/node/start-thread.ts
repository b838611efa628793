/**
 * Starts a thread from a file beside this one. Built, that is a `.js` file; run from source, a `.ts` file, for which
 * the thread must be given the loader again: threads of Node 20 do not inherit `--import tsx`.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** `name` is the file's without ending, e.g. "worker". */
export function startThread(name: string, options: WorkerOptions = {}): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), options);
  const file = JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(start, { ...options, eval: true });
}
