/** Runs the `glyph` command from source in a process of its own, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { commandFile, loader } from '../../src/cli/test/run-source.ts';

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
}

interface World {
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts it; standard input is empty unless given. */
export function startGlyph(args: readonly string[], { stdin = '', env }: World = {}): Running {
  const child = spawn(process.execPath, [...loader, commandFile('main'), ...args], { stdio: 'pipe', env });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {}); // it may end without reading
  child.stdin.end(stdin);
  const finished = new Promise<Finished>(resolve => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { process: child, finished };
}

export const glyph = (args: readonly string[], world?: World): Promise<Finished> =>
  startGlyph(args, world).finished;
