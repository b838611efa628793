/**
 * Lets the event loop have a turn, so that a long computation neither starves timers, signals and messages nor freezes
 * a page. Promises alone never do.
 */
const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;

export function nextTurn(): Promise<void> {
  if (immediate !== undefined) return new Promise(resolve => void immediate(resolve));
  return new Promise(resolve => {
    // In browsers a message comes at once, where timers wait some milliseconds.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
