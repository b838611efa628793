/**
 * The proxy as `Request → Response`: bodies of known formats are edited, everything goes on to the upstream of its
 * format, answers come back as they are. Whatever goes wrong with an edit, the original is sent.
 */
import { type Context, Hono } from 'hono';
import { Conversations } from './conversations.ts';
import { decide } from './decide.ts';
import { mayEnter, tokenHeader } from './entry.ts';
import { failure } from './failure.ts';
import { send, startVisit } from './forward.ts';
import { HeldBytes, holdBody } from './hold-body.ts';
import { createMetrics } from './metrics.ts';
import { createPager } from './pager.ts';
import type { ProxyState } from './proxy-state.ts';
import { Refusals } from './refusals.ts';
import { type EditRoute, editRoutes, upstreamOf } from './routes.ts';
import { defaultSettings, type ProxyOptions } from './settings.ts';
import { passed } from './transform.ts';

/** After pages were refused, the model gets text for so long. */
const refusalRestMs = 10 * 60_000;

export function createProxy(options: ProxyOptions): Hono {
  const settings = { ...defaultSettings, ...options.settings };
  const now = options.now ?? (() => Date.now());
  const pager = createPager({
    loadFont: options.loadFont,
    config: options.config,
    cacheBytes: settings.pageCacheBytes,
  });
  const proxy: ProxyState = {
    options,
    settings,
    transformer: { pager, conversations: new Conversations(), settings, now },
    held: new HeldBytes(settings.maxHeldBytes),
    refusals: new Refusals(refusalRestMs),
    metrics: createMetrics(),
    now,
    running: 0,
  };
  const app = new Hono();
  app.use(async (context, next) => {
    if (mayEnter(context.req.header(tokenHeader), options.token)) return next();
    return failure(401, 'the token of this proxy is missing or wrong', `send it as ${tokenHeader}`);
  });
  app.get('/metrics', context => context.text(proxy.metrics.text()));
  for (const route of editRoutes) app.post(route.pattern, context => edit(context, route, proxy));
  app.all('*', context => passThrough(context, proxy));
  // A client that left before its body was here, or a bug: nobody's log is written to.
  app.onError(error => {
    if (options.use === 'in-process') throw error;
    return failure(502, error.message);
  });
  return app;
}

async function edit({ req }: Context, route: EditRoute, proxy: ProxyState): Promise<Response> {
  const visit = startVisit(req.raw, route.upstream, proxy);
  const body = await holdBody(req.raw, proxy.held, proxy.settings.maxBodyBytes);
  if (body.state === 'passing') return send(visit, body.stream, passed(body.reason), route);
  const start = performance.now();
  const transformed = await decide(req.raw, body.bytes, route, proxy);
  const transformMs = performance.now() - start;
  try {
    return await send({ ...visit, transformMs }, body.bytes, transformed, route);
  } finally {
    body.release();
  }
}

async function passThrough({ req }: Context, proxy: ProxyState): Promise<Response> {
  const upstream = upstreamOf(new URL(req.url).pathname, req.raw.headers);
  return send(startVisit(req.raw, upstream, proxy), req.raw.body, passed('another-route'));
}
