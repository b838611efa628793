/**
 * Stands in for `node:test` where several test files share a process: a file's tests and hooks wait until it is loaded
 * and become one suite, as if it ran alone.
 */
import * as runner from 'node:test';

type Declare = (...args: unknown[]) => unknown;
let waiting: (() => unknown)[] | undefined;

/** @param load imports the file */
export async function declareFile(file: string, load: () => Promise<unknown>): Promise<() => void> {
  const own: (() => unknown)[] = [];
  waiting = own;
  await load().catch((error: unknown) =>
    own.push(() => runner.test('is loaded', () => Promise.reject(error))),
  );
  waiting = undefined;
  return () => {
    runner.describe(file, () => {
      runner.after(keepWorld());
      for (const declare of own) declare();
    });
  };
}

/** The function puts the environment and the working folder back as they are now. */
function keepWorld(): () => void {
  const folder = process.cwd();
  const env = { ...process.env };
  return () => {
    process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  };
}

const later = <Function extends object>(declare: Function): Function =>
  ((...args: unknown[]) => {
    const now = () => (declare as unknown as Declare)(...args);
    return waiting === undefined ? now() : void waiting.push(now);
  }) as unknown as Function;

export const after = later(runner.after);
export const afterEach = later(runner.afterEach);
export const before = later(runner.before);
export const beforeEach = later(runner.beforeEach);
export const describe = later(runner.describe);
export const it = later(runner.it);
export const test = later(runner.test);
export const mock = runner.mock;
