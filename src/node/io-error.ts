/** File-system failures as errors a user can act on: what was tried, on which path, why it failed. */
import { GlyphError } from '../base/index.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a read-only file system',
  ENOSPC: 'a full disk',
  EDQUOT: 'an exhausted disk quota',
  ENOENT: 'nothing there',
  ENOTDIR: 'a file where a folder should be',
  EEXIST: 'a file where a folder should be',
  EISDIR: 'a folder',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'too long a name',
  EIO: 'a device error',
};

/** Node's code of a failure, e.g. "ENOENT"; undefined when it has none. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Wraps a file-system failure; hands on what is a GlyphError already. */
export function ioError(operation: string, expected: string, cause: unknown): GlyphError {
  if (cause instanceof GlyphError) return cause;
  const code = errorCode(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  const actual = code === undefined ? message : `${reasons[code] ?? message} (${code})`;
  return new GlyphError({ kind: 'io', operation, expected, actual, cause });
}
