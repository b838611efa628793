/** The `tesseract` program as a recogniser of pages: one process a page, fed through its standard input. */
import { spawn } from 'node:child_process';
import { GlyphError, throwIfAborted } from '../base/index.ts';
import type { Recognise } from '../model/index.ts';
import { errorCode, ioError } from './io-error.ts';

/** Far more than any page holds. */
const maxOutputBytes = 16e6;
const shownErrorLength = 300;

const operation = 'transcribe a page with tesseract';

/** Languages the program has data of, e.g. "eng"; undefined where it is not installed. @throws GlyphError kind `io`. */
export async function programLanguages(
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  try {
    const list = await runTesseract(['--list-langs'], new Uint8Array(0), signal);
    return list.split('\n').map(line => line.trim());
  } catch (error) {
    if (error instanceof GlyphError && errorCode(error.cause) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads a page as one block of text (page segmentation mode 6), which keeps Glyph's pages in order. */
export const programRecognise =
  (language: string): Recognise =>
  async ({ bytes, dpi }, { signal }) => {
    const scale = dpi === undefined ? [] : ['--dpi', String(dpi)];
    return await runTesseract(['stdin', 'stdout', '-l', language, '--psm', '6', ...scale], bytes, signal);
  };

/** What a run of the program prints. @throws GlyphError kind `io`, `model` where it fails, `aborted`. */
async function runTesseract(
  args: readonly string[],
  input: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<string> {
  throwIfAborted(signal, operation);
  // One thread each: several pages are read at once, and OpenMP's threads only get in each other's way.
  const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
  const child = spawn('tesseract', args, { env, signal, killSignal: 'SIGKILL' });
  const output: Buffer[] = [];
  let outputBytes = 0;
  let errors = '';
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdout.on('data', (piece: Buffer) => {
    outputBytes += piece.length;
    if (outputBytes > maxOutputBytes) child.kill('SIGKILL');
    else output.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    errors = `${errors}${piece}`.slice(-shownErrorLength);
  });
  child.stdin.on('error', () => {}); // it ended before it had read all: its exit code tells why
  child.stdin.end(input);
  let code: number | null;
  try {
    code = await ended;
  } catch (error) {
    throwIfAborted(signal, operation);
    throw ioError('start tesseract', 'the installed program', error);
  }
  if (code === 0 && outputBytes <= maxOutputBytes) return Buffer.concat(output).toString('utf8');
  const message = errors.trim();
  const how = code === null ? 'it was killed' : `exit code ${code}`;
  throw new GlyphError({
    kind: 'model',
    operation,
    expected: `its text, at most ${maxOutputBytes / 1e6} MB`,
    actual: outputBytes > maxOutputBytes ? 'more' : `${how}${message === '' ? '' : `: ${message}`}`,
  });
}
