/** The flags that say how input becomes text, shared by all commands that read some. */
import type { InputOptions } from '../node/index.ts';
import { type Arguments, type FlagGroup, hasFlag, type Terminal, textFlag } from './command.ts';
import { didYouMean, usageError } from './usage-error.ts';

export const inputGroup: FlagGroup = {
  title: 'Input',
  flags: [
    {
      name: 'encoding',
      value: 'NAME',
      about: 'e.g. latin1, gb18030, utf-16le; detected as UTF-8 or UTF-16 otherwise',
    },
    {
      name: 'invalid',
      value: 'error|replace',
      about: 'Malformed bytes: stop (the default), or read each as U+FFFD',
    },
    { name: 'no-ignore', about: 'Read what .gitignore names too; folders and globs leave it out otherwise' },
  ],
};

/** @throws GlyphError kind `config` for a wrong value. */
export function inputOptions(args: Arguments, terminal: Terminal): InputOptions {
  return {
    encoding: textFlag(args, 'encoding'),
    invalid: invalidFlag(textFlag(args, 'invalid') ?? 'error'),
    gitignore: hasFlag(args, 'no-ignore') ? 'disregard' : 'honour',
    get stdin() {
      return terminal.stdin;
    },
    signal: terminal.signal,
    onNote: note => terminal.err(`note: ${note}\n`),
  };
}

function invalidFlag(value: string): 'refuse' | 'replace' {
  if (value === 'replace') return 'replace';
  if (value === 'error') return 'refuse';
  throw usageError({
    operation: 'read flag "--invalid"',
    expected: 'error or replace',
    actual: JSON.stringify(value),
    hint: didYouMean(value, ['error', 'replace']),
  });
}

/**
 * The inputs named on the command line; says where input comes from when that is the keyboard.
 * @throws GlyphError kind `config` when there is none
 */
export function inputsOf(args: Arguments, terminal: Terminal): readonly string[] {
  const { positionals } = args;
  if (positionals.length === 0) {
    throw usageError({
      operation: 'read the command line',
      expected: 'an input: a file, a folder, a glob or - for standard input',
      actual: 'none',
    });
  }
  if (positionals.includes('-') && terminal.isStdinTerminal) {
    terminal.err('reading from the keyboard; end with Ctrl-D\n');
  }
  return positionals;
}

/** A positive whole number. @throws GlyphError kind `config`. */
export function countFlag(args: Arguments, name: string, max: number): number | undefined {
  const text = textFlag(args, name);
  if (text === undefined) return undefined;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= max) return count;
  throw usageError({
    operation: `read flag "--${name}"`,
    expected: `a whole number from 1 to ${max}`,
    actual: JSON.stringify(text),
  });
}
