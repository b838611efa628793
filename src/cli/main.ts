#!/usr/bin/env node
/** The `glyph` command: hands the process's streams and Ctrl-C to the command line and exits with its code. */
import { isatty } from 'node:tty';
import { runCommandLine } from './run.ts';

const { TERM } = process.env;
const controller = new AbortController();
let isReadingStdin = false;
process.on('SIGINT', () => {
  if (controller.signal.aborted) process.exit(130); // a second Ctrl-C does not wait
  controller.abort();
  if (isReadingStdin) process.stdin.destroy(); // else a wait for input would go on
});

// A reader that goes away, such as `head`, ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  get stdin() {
    isReadingStdin = true;
    return process.stdin;
  },
  isStdinTerminal: isatty(0),
  isErrTerminal: process.stderr.isTTY === true && TERM !== 'dumb',
  widthColumns: Math.min(process.stdout.columns ?? 100, 100),
  env: process.env,
  signal: controller.signal,
});
