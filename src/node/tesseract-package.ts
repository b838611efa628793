/**
 * Tesseract's WebAssembly build (the npm package `tesseract.js`) as a recogniser of pages, for machines without the
 * program. Its data comes from a package too, so nothing is fetched at run time. It reads one page at a time.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker as Thread } from 'node:worker_threads';
import type { Worker } from 'tesseract.js';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import type { PageImage, Recognise } from '../model/index.ts';
import { orAborted } from './or-aborted.ts';

const operation = 'transcribe a page with tesseract.js';

/** Data for the neural recogniser alone comes first: it is a third of the size. */
const dataFolders = ['4.0.0_best_int', '4.0.0'];

/** The folder with a language's data; undefined where `tesseract.js` or the data's package is not installed. */
export function packageDataFolder(language: string): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  try {
    resolve('tesseract.js');
    const packageFolder = dirname(resolve(`@tesseract.js-data/${language}/package.json`));
    return dataFolders
      .map(folder => join(packageFolder, folder))
      .find(folder => existsSync(join(folder, `${language}.traineddata.gz`)));
  } catch {
    return undefined; // not installed
  }
}

/** @param langPath from `packageDataFolder` */
export function packageRecognise(language: string, langPath: string): Recognise {
  let engine: Promise<Engine> | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  async function read(image: PageImage, signal: AbortSignal): Promise<string> {
    throwIfAborted(signal, operation);
    engine ??= startEngine(language, langPath);
    const started = engine;
    try {
      return await orAborted((await started).read(image), signal, operation);
    } catch (error) {
      engine = undefined; // the next page gets a new one
      await started.then(
        each => each.stop(),
        () => {}, // it never was
      );
      throw recogniseError(error);
    }
  }

  return (image, { signal }) => {
    const result = previous.then(() => read(image, signal));
    previous = result.catch(() => {});
    return result;
  };
}

interface Engine {
  read(image: PageImage): Promise<string>;
  stop(): Promise<unknown>;
}

async function startEngine(language: string, langPath: string): Promise<Engine> {
  const { createWorker, OEM, PSM } = (await import('tesseract.js')).default;
  const worker = await new Promise<Worker>((resolve, reject) => {
    // Some failures reach only the handler, and the promise stays open.
    const options = { langPath, gzip: true, cacheMethod: 'none', errorHandler: reject };
    createWorker(language, OEM.LSTM_ONLY, options).then(resolve, reject);
  });
  const thread = threadOf(worker);
  thread.on('error', () => {}); // its exit follows and is what a job waits for
  thread.unref(); // an idle reader must not keep the process alive
  return {
    async read({ bytes, dpi }) {
      thread.ref();
      try {
        const scale = dpi === undefined ? '0' : String(dpi);
        const settings = { tessedit_pageseg_mode: PSM.SINGLE_BLOCK, user_defined_dpi: scale };
        await untilGone(thread, worker.setParameters(settings));
        const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        return (await untilGone(thread, worker.recognize(file))).data.text;
      } finally {
        thread.unref();
      }
    },
    // Not `worker.terminate()`: a job between two messages would post its second to a thread that is null by then.
    stop: () => thread.terminate(),
  };
}

/** The package's types leave it out. */
function threadOf(worker: Worker): Thread {
  const thread: unknown = Reflect.get(worker, 'worker');
  if (thread instanceof Thread) return thread;
  throw new GlyphError({
    kind: 'internal',
    operation,
    expected: 'a worker with a thread, as in tesseract.js 7',
    actual: 'none',
  });
}

/** A job of a thread that has ended stays open for ever, so the end is waited for too. */
async function untilGone<Result>(thread: Thread, job: Promise<Result>): Promise<Result> {
  let end = () => {};
  const gone = new Promise<never>((_, reject) => {
    end = () => reject(new Error('its thread ended'));
  });
  thread.once('exit', end);
  try {
    return await Promise.race([job, gone]);
  } finally {
    thread.off('exit', end);
  }
}

/** The package rejects with strings. */
function recogniseError(error: unknown): GlyphError {
  if (error instanceof GlyphError) return error;
  const actual = error instanceof Error ? error.message : String(error);
  return new GlyphError({ kind: 'model', operation, expected: 'its text', actual, cause: error });
}
