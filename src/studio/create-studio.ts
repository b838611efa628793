/**
 * The studio's server as `Request → Response`: its page and files, and a JSON API for what a browser cannot do alone.
 * Everything stands under `/studio`, but for the page itself, so that no address of an upstream is taken.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { generator, readDocumentText } from '../node/index.ts';
import { type About, type AskEvent, apiBase, type SampleDocument, studioBase } from './api.ts';
import { appAsset, appPage, fontFile, isFileName, safeHeaders } from './app-files.ts';
import { askColumn, readAskRequest } from './ask.ts';
import { describeFailure } from './describe-failure.ts';
import { eventStream } from './event-stream.ts';
import { failure, failureOf } from './failure.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { openStudioModels } from './models.ts';
import { listRuns, runReport } from './runs.ts';
import type { Traffic } from './traffic.ts';

export interface StudioOptions extends GuardOptions {
  /** Where keys of models are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A model the server was started with, as `--model` takes it. */
  readonly model?: string | undefined;
  /** The folder whose runs are shown. */
  readonly runs?: string | undefined;
  readonly sample: SampleDocument;
  readonly traffic: Traffic;
}

export interface Studio {
  /** Whether a request is the studio's; all others are the proxy's. */
  takes(request: Request): boolean;
  fetch(request: Request): Response | Promise<Response>;
  close(): Promise<void>;
}

const mostBodyBytes = 64 * 2 ** 20;
/** Columns answered at once. */
const mostAsks = 8;

/** A report is a page of its own: it may run its own scripts, but not reach anything, this studio included. */
const reportPolicy =
  "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";

export function createStudio(options: StudioOptions): Studio {
  const { env, model, runs, sample, traffic } = options;
  const guard = createGuard(options);
  const models = openStudioModels(env, model);
  let asks = 0;
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: mostBodyBytes,
    onError: () => failure(413, `a document may have ${mostBodyBytes / 2 ** 20} MB`),
  });
  app.use(guard.host);
  app.get('/', appPage);
  app.get(studioBase, appPage);
  app.get(`${studioBase}/`, appPage);
  app.get(`${studioBase}/assets/:name`, ({ req }) => fileOf(req.param('name'), appAsset));
  app.get(`${studioBase}/fonts/:name`, ({ req }) => fileOf(req.param('name'), fontFile));

  const api = new Hono();
  api.use(guard.origin, onlyJsonAndBytes);
  api.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(safeHeaders)) context.res.headers.set(name, value);
    context.res.headers.set('cache-control', 'no-store');
  });
  api.post('/login', limit, async context => {
    const { token } = (await context.req.json()) as { token?: unknown };
    return guard.logIn(context, typeof token === 'string' ? token : '');
  });
  api.use(guard.session);
  api.get('/about', ({ json }) => json(aboutOf()));
  api.get('/sample', ({ json }) => json(sample));
  api.post('/text', limit, async ({ req, json }) => {
    const name = (req.query('name') ?? 'document').slice(0, 400);
    return json({ name, text: await readDocumentText(name, new Uint8Array(await req.arrayBuffer())) });
  });
  api.post('/ask', limit, async ({ req }) => {
    const request = readAskRequest(await req.json());
    if (asks >= mostAsks) return failure(429, `${mostAsks} questions are being answered`, 'wait for one');
    asks++;
    return answerStream(tell =>
      askColumn(request, models, tell, req.raw.signal).finally(() => {
        asks--;
      }),
    );
  });
  api.get('/runs', async ({ json }) => json(runs === undefined ? [] : await listRuns(runs)));
  api.get('/runs/report', async ({ req }) => {
    if (runs === undefined) return failure(404, 'no folder of runs was named', 'glyph serve --runs DIR');
    const html = await runReport(runs, req.query('path') ?? '');
    return new Response(html, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': reportPolicy },
    });
  });
  api.get('/traffic', ({ req }) => eventStream(traffic, req.raw.signal));
  api.get('/traffic/:id', ({ req, json }) => {
    const parts = traffic.partsOf(Number(req.param('id')));
    return parts === undefined ? failure(404, 'its texts and pages were not kept') : json(parts);
  });
  api.put('/traffic/compression', limit, async ({ req, json }) => {
    const { compression } = (await req.json()) as { compression?: unknown };
    if (compression !== 'on' && compression !== 'off') return failure(400, 'compression is on or off');
    traffic.switchTo(compression);
    return json({ compression });
  });
  api.all('*', () => failure(404, 'there is nothing at this address'));
  api.onError(failureOf);
  app.route(apiBase, api);
  app.notFound(() => failure(404, 'there is nothing at this address'));
  app.onError(failureOf);

  function aboutOf(): About {
    return {
      version: generator().version,
      models: models.list,
      runs: runs === undefined ? 'none' : 'named',
      bodies: traffic.bodies,
    };
  }

  return {
    takes: request => isOfStudio(new URL(request.url).pathname, request.method),
    fetch: request => app.fetch(request),
    close: () => models.close(),
  };
}

const isOfStudio = (path: string, method: string): boolean =>
  path === studioBase ||
  path.startsWith(`${studioBase}/`) ||
  (path === '/' && (method === 'GET' || method === 'HEAD'));

const fileOf = (name: string, open: (name: string) => Promise<Response>) =>
  isFileName(name) ? open(name) : failure(404, 'there is no such file');

/** Other sites can send forms, but not these types without asking first (CORS). */
async function onlyJsonAndBytes({ req }: Context, next: () => Promise<void>) {
  const type = req.header('content-type') ?? '';
  const isSafe = req.method === 'GET' || /^application\/(json|octet-stream)\b/.test(type);
  return isSafe ? next() : failure(400, 'bodies are application/json or application/octet-stream');
}

/** A JSON value a line, as it comes. */
function answerStream(work: (tell: (event: AskEvent) => void) => Promise<void>): Response {
  const encoder = new TextEncoder();
  let isOpen = true;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (event: AskEvent) => {
        if (isOpen) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      };
      // Not awaited: what is told shall go out while it works.
      work(tell)
        .catch((error: unknown) => tell({ type: 'failed', ...describeFailure(error) }))
        .finally(() => {
          if (isOpen) controller.close();
        });
    },
    cancel() {
      isOpen = false;
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } });
}
