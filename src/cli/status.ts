/** A line on a terminal that says what a call is waiting for, with the seconds; gone before anything is printed. */
import type { AskEvent } from '../compress/index.ts';
import type { Terminal } from './command.ts';
import { countOf, durationText } from './figures.ts';

export interface Status {
  show(event: AskEvent): void;
  clear(): void;
}

const intervalMs = 500;

export function startStatus(terminal: Terminal, { isQuiet }: { readonly isQuiet: boolean }): Status {
  if (!terminal.isErrTerminal || isQuiet) return { show: () => {}, clear: () => {} };
  const startMs = performance.now();
  let text = 'drawing pages';
  let isShown = false;
  const draw = () => {
    isShown = true;
    terminal.err(`\r\x1b[K${text}, ${durationText((performance.now() - startMs) / 1000)}`);
  };
  const timer = setInterval(draw, intervalMs);
  timer.unref();
  return {
    show(event) {
      text = statusText(event) ?? text;
      if (isShown) draw();
    },
    clear() {
      clearInterval(timer);
      if (isShown) terminal.err('\r\x1b[K');
      isShown = false;
    },
  };
}

function statusText(event: AskEvent): string | undefined {
  switch (event.type) {
    case 'request-compressed':
      return `sending ${countOf(event.compressed.accounting.pages, 'page')}`;
    case 'request-started':
      return event.requests === 1 ? 'waiting for the answer' : `part ${event.request} of ${event.requests}`;
    case 'reasoning-received':
      return 'the model is thinking';
    case 'lines-expanded':
      return `the model reads page ${event.expansion.page}, lines ${event.expansion.firstLine} to ${event.expansion.lastLine}`;
    case 'text-received':
      return undefined;
    default:
      event satisfies never;
      return undefined;
  }
}
