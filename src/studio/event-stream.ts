/** The proxy's traffic as server-sent events (WHATWG HTML §9.2), for as long as a browser listens. */
import type { Traffic } from './traffic.ts';

/** Chunks that wait for a browser that does not read; then it has to connect again. */
const mostWaiting = 1000;

export function eventStream(traffic: Traffic, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const end = () => {
        stop();
        signal.removeEventListener('abort', end);
        try {
          controller.close();
        } catch {
          // cancelled by its reader already
        }
      };
      signal.addEventListener('abort', end, { once: true });
      stop = traffic.follow({
        tell(event) {
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
          if ((controller.desiredSize ?? 0) < -mostWaiting) end();
        },
        end,
      });
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
  });
}
