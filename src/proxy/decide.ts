/** The transform of one body, within its limits: of encoding, of time, of how many at once. */
import { hashOf } from './pager.ts';
import type { ProxyState } from './proxy-state.ts';
import { type EditRoute, modelInPath } from './routes.ts';
import { passed, type Transformed, transform } from './transform.ts';

/** Never throws, and never takes longer than it may. */
export async function decide(
  { headers, url }: Request,
  bytes: Uint8Array,
  { editor, upstream }: EditRoute,
  proxy: ProxyState,
): Promise<Transformed> {
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return passed('encoded-body');
  if (proxy.options.compression?.() === 'off') return passed('switched-off');
  const { transformTimeoutMs, maxTransforms } = proxy.settings;
  if (proxy.running >= maxTransforms) return passed('busy');
  const text = decode(bytes);
  if (text === undefined) return passed('malformed-body');
  const controller = new AbortController();
  const model = modelInPath(new URL(url).pathname);
  const account = `${upstream} ${hashOf(headers.get('authorization') ?? headers.get('x-api-key') ?? '')}`;
  proxy.running++;
  const working = transform({ text, editor, model, account, signal: controller.signal }, proxy.transformer)
    .then(done => (isResting(done, proxy) ? passed('refused-upstream', done.model) : done))
    .then(done => (proxy.options.onPages === undefined ? { ...done, paged: [] } : done))
    .catch(() => passed(controller.signal.aborted ? 'timed-out' : 'failed'))
    .finally(() => {
      proxy.running--;
    });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<Transformed>(resolve => {
    timer = setTimeout(() => {
      controller.abort();
      resolve(passed('timed-out'));
    }, transformTimeoutMs);
  });
  return Promise.race([working, limit]).finally(() => clearTimeout(timer));
}

const isResting = ({ decision, model }: Transformed, { refusals, now }: ProxyState): boolean =>
  decision.outcome === 'imaged' && refusals.has(model ?? '', now());

/** Undefined for what is no UTF-8: as text it would not be the same bytes again. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
