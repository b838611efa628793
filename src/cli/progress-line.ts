/** A line that says how a run goes: on a terminal written over and over, in a log one now and then. */
import type { Terminal } from './command.ts';

const intervalMs = 200;
/** Between lines where none can be overwritten, as in a log. */
const logIntervalMs = 30_000;

export interface ProgressLine {
  /** Nothing so soon after the line before. */
  show(text: string): void;
  showNow(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

/**
 * @param say prints a line of a log
 * @param now milliseconds; `sinceMs` is when a line before the first one would have been shown, now unless given
 */
export function createProgressLine(
  terminal: Terminal,
  say: (text: string) => void,
  now: () => number,
  sinceMs = now(),
): ProgressLine {
  let shownMs = sinceMs;
  let isShown = false;
  const showNow = (text: string) => {
    shownMs = now();
    if (terminal.isErrTerminal) {
      isShown = true;
      terminal.err(`\r\x1b[K${text.slice(0, terminal.widthColumns - 1)}`);
    } else say(`${text}\n`);
  };
  return {
    showNow,
    show(text) {
      if (now() - shownMs >= (terminal.isErrTerminal ? intervalMs : logIntervalMs)) showNow(text);
    },
    clear() {
      if (isShown) terminal.err('\r\x1b[K');
      isShown = false;
    },
  };
}
