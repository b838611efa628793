/** A choice of few that outlives the page, where the browser allows it. */
import { effect, type Signal, signal } from '@preact/signals';

export function stored<T extends string>(name: string, choices: readonly T[], initial: T): Signal<T> {
  const key = `glyph-studio-${name}`;
  const found = choices.find(choice => choice === read(key));
  const value = signal<T>(found ?? initial);
  let isFirst = true;
  effect(() => {
    const now = value.value;
    if (!isFirst) write(key, now);
    isFirst = false;
  });
  return value;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // forbidden: nothing is kept
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // forbidden or full: it holds for this page only
  }
}
