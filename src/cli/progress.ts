/** A line on a terminal that says how far a long run is: pages, speed, time left. Short runs show nothing. */
import type { Terminal } from './command.ts';
import { countOf, countText, durationText } from './figures.ts';

const quietMs = 1000;
const intervalMs = 200;

export interface Progress {
  /** `share` is the part of the work done, 0 to 1. */
  update(pages: number, share: number): void;
  /** Takes the line away. */
  clear(): void;
}

/** `now` gives milliseconds. */
export function createProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  const startMs = now();
  let shownMs = startMs + quietMs - intervalMs;
  let isShown = false;
  return {
    update(pages, share) {
      const nowMs = now();
      if (!terminal.isErrTerminal || nowMs - shownMs < intervalMs) return;
      shownMs = nowMs;
      isShown = true;
      terminal.err(`\r\x1b[K${progressText(pages, share, (nowMs - startMs) / 1000)}`);
    },
    clear() {
      if (isShown) terminal.err('\r\x1b[K');
      isShown = false;
    },
  };
}

/** e.g. "1,024 pages, 512 pages/s, 45 %, 3 s left" */
export function progressText(pages: number, share: number, seconds: number): string {
  const rate = pages / seconds;
  const parts = [
    countOf(pages, 'page'),
    `${rate < 10 ? rate.toFixed(1) : countText(Math.round(rate))} pages/s`,
  ];
  if (share > 0) {
    parts.push(`${Math.floor(share * 100)} %`, `${durationText((seconds * (1 - share)) / share)} left`);
  }
  return parts.join(', ');
}
