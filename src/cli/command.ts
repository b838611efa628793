/** What a command is: plain data for the parser and the help, and a function that does the work and gives an exit code. */

export interface Flag {
  /** Without dashes, e.g. "out". */
  readonly name: string;
  /** One letter, e.g. "o". */
  readonly short?: string;
  /** What its value is called in the help, e.g. "FOLDER"; a flag without one is a switch. */
  readonly value?: string;
  /** `yes-no`: `--flag`, `--no-flag` and `--flag true|false` all work. */
  readonly kind?: 'yes-no';
  readonly about: string;
}

/** A heading of the help and the flags under it. */
export interface FlagGroup {
  readonly title: string;
  readonly flags: readonly Flag[];
  /** Shown in place of the flags one by one. */
  readonly summary?: string;
}

/** A command line as typed and what it does. */
export type Example = readonly [line: string, effect: string];

export interface Arguments {
  readonly positionals: readonly string[];
  /** Values by flag name; a switch is true, a yes-no flag true, false or its text. */
  readonly flags: Readonly<Record<string, string | boolean>>;
}

/** The world as a command sees it. */
export interface Terminal {
  /** Standard output, for results. */
  out(text: string): void;
  /** Standard error, for progress, notes and errors. */
  err(text: string): void;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly isStdinTerminal: boolean;
  /** Whether `err` may be overwritten in place. */
  readonly isErrTerminal: boolean;
  readonly widthColumns: number;
  /** The environment: addresses and keys of models. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  readonly about: string;
  /** What follows the name, e.g. "INPUT… -o OUT". */
  readonly usage: string;
  readonly groups: readonly FlagGroup[];
  readonly examples: readonly Example[];
  /** Paragraphs shown after the flags. */
  readonly notes?: readonly string[];
  /** @returns the exit code: 0 for success */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

export const exitCodes = { ok: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/** The text of a flag that takes a value; undefined where it was not given. */
export function textFlag(args: Arguments, name: string): string | undefined {
  const value = args.flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** Whether a switch was given. */
export const hasFlag = (args: Arguments, name: string): boolean => args.flags[name] === true;
