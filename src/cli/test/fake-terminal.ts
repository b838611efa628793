/** A terminal in memory, for tests of commands in this process. */
import type { Terminal } from '../command.ts';
import { runCommandLine } from '../run.ts';

export interface FakeTerminal extends Terminal {
  outText(): string;
  errText(): string;
}

export function fakeTerminal(world: Partial<Terminal>): FakeTerminal {
  let out = '';
  let err = '';
  return {
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
    stdin: noInput(),
    isStdinTerminal: false,
    isErrTerminal: false,
    widthColumns: 100,
    env: {},
    signal: new AbortController().signal,
    ...world,
    outText: () => out,
    errText: () => err,
  };
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

/** Runs a command line in this process. */
export async function runHere(words: readonly string[], world: Partial<Terminal> = {}) {
  const terminal = fakeTerminal(world);
  const code = await runCommandLine(words, terminal);
  return { code, out: terminal.outText(), err: terminal.errText() };
}
