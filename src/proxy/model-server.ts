/**
 * A model as an OpenAI-compatible server, `Request → Response`: Chat Completions with texts and images, whole or
 * streamed, and the list of models. For a model that runs in this process, so answers are written one at a time.
 */
import { type Context, Hono } from 'hono';
import { GlyphError } from '../base/index.ts';
import {
  type ChatRequest,
  type Completion,
  chatCompletion,
  chatError,
  chatEvents,
  type Delta,
  type Model,
  ModelError,
  readChatRequest,
} from '../model/index.ts';
import { mayEnter, tokenHeader } from './entry.ts';
import { HeldBytes, holdBody } from './hold-body.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { noTokens, type RequestRecord } from './record.ts';
import { WaitingLine } from './waiting-line.ts';

export interface ModelServerOptions {
  readonly model: Model;
  /** What clients ask for, e.g. "embedded". */
  readonly name: string;
  /** Asked of every client as `x-glyph-token` or as a bearer key. */
  readonly token?: string | undefined;
  /** Requests that wait while one is answered; 16 unless given. */
  readonly maxWaiting?: number | undefined;
  /** 64 MB unless given. */
  readonly maxBodyBytes?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  readonly onRecord?: ((record: RequestRecord) => void) | undefined;
}

interface ServerState extends ModelServerOptions {
  readonly line: WaitingLine;
  readonly held: HeldBytes;
  readonly metrics: Metrics;
  readonly maxBytes: number;
  now(): number;
  answers: number;
}

/** Bodies held at once, in bodies of the largest size. */
const bodiesHeld = 4;
const defaultMaxBodyBytes = 64_000_000;

export function createModelServer(options: ModelServerOptions): Hono {
  const { now = () => Date.now(), maxWaiting = 16, maxBodyBytes: maxBytes = defaultMaxBodyBytes } = options;
  const metrics = createMetrics();
  const held = new HeldBytes(bodiesHeld * maxBytes);
  const line = new WaitingLine(maxWaiting);
  const server: ServerState = { ...options, line, held, metrics, maxBytes, now, answers: 0 };
  const about = { id: options.name, object: 'model', created: 0, owned_by: 'glyph' };
  const app = new Hono();
  app.use(async ({ req }, next) => {
    const bearer = /^Bearer (.+)$/.exec(req.header('authorization') ?? '')?.[1];
    if (mayEnter(req.header(tokenHeader) ?? bearer, options.token)) return next();
    return failure(401, 'the token of this server is missing or wrong', 'invalid_api_key');
  });
  app.get('/metrics', context => context.text(metrics.text()));
  app.get('/v1/models', context => context.json({ object: 'list', data: [about] }));
  app.get('/v1/models/:name', ({ req, json }) =>
    req.param('name') === options.name ? json(about) : unknownModel(req.param('name'), options.name),
  );
  app.post('/v1/chat/completions', context => complete(context, server));
  app.notFound(({ req }) => failure(404, `there is no ${req.method} ${req.path} here`, 'unknown_url'));
  app.onError(error => failure(...failureOf(error)));
  return app;
}

async function complete({ req }: Context, server: ServerState): Promise<Response> {
  const startMs = server.now();
  const body = await holdBody(req.raw, server.held, server.maxBytes);
  if (body.state === 'passing') {
    await body.stream.cancel();
    if (body.reason === 'too-large') return failure(413, `a body has at most ${server.maxBytes} bytes`);
    return busy();
  }
  let request: ChatRequest;
  try {
    request = readChatRequest(new TextDecoder().decode(body.bytes));
  } finally {
    body.release();
  }
  if (request.model !== server.name) return unknownModel(request.model, server.name);
  const turn = server.line.enter();
  if (turn === undefined) return busy();
  const answering = await begin(request, req.raw.signal, await turn, server, startMs);
  return request.mode === 'whole' ? wholeAnswer(answering) : streamedAnswer(answering, request);
}

interface Answering {
  readonly head: Parameters<typeof chatCompletion>[0];
  /** What was written until the answer was known to begin. */
  readonly first: IteratorResult<Delta>;
  readonly deltas: AsyncIterator<Delta>;
  completion(): PromiseLike<Completion>;
  finish(how: Pick<RequestRecord, 'ended' | 'usage'>): void;
}

/** Waits for the first piece: a request that cannot be answered is an error with a status, not a broken stream. */
async function begin(
  { messages, options }: ChatRequest,
  signal: AbortSignal,
  leave: () => void,
  server: ServerState,
  startMs: number,
): Promise<Answering> {
  const { model, name, metrics, now, onRecord } = server;
  const close = metrics.open();
  let firstByteMs: number | null = null;
  let hasEnded = false;
  const end = (how: Pick<RequestRecord, 'ended' | 'usage' | 'upstreamStatus'>) => {
    if (hasEnded) return;
    hasEnded = true;
    leave();
    close();
    const record = recordOf({ startMs, totalMs: now() - startMs, firstByteMs, model: name, ...how });
    metrics.add(record);
    onRecord?.(record);
  };
  try {
    const generation = model.generate(messages, { ...options, signal });
    const deltas = generation[Symbol.asyncIterator]();
    const first = await deltas.next();
    firstByteMs = now() - startMs;
    const id = `chatcmpl-${++server.answers}`;
    return {
      head: { id, created: Math.floor(startMs / 1000), model: name },
      first,
      deltas,
      completion: () => generation,
      finish: ({ ended, usage }) =>
        end({ ended: signal.aborted ? 'left-by-client' : ended, usage, upstreamStatus: 200 }),
    };
  } catch (error) {
    end({
      ended: signal.aborted ? 'left-by-client' : 'no-answer',
      usage: null,
      upstreamStatus: failureOf(error)[0],
    });
    throw error;
  }
}

async function wholeAnswer({ head, completion, finish }: Answering): Promise<Response> {
  try {
    const whole = await completion();
    finish({ ended: 'complete', usage: whole.usage ?? null });
    return Response.json(chatCompletion(head, whole));
  } catch (error) {
    finish({ ended: 'cut-upstream', usage: null });
    throw error;
  }
}

function streamedAnswer(answering: Answering, { usage }: ChatRequest): Response {
  const { head, first, deltas, completion, finish } = answering;
  const events = chatEvents(head, usage);
  const encoder = new TextEncoder();
  let next: IteratorResult<Delta> | undefined = first;
  const stream = new ReadableStream<Uint8Array>(
    {
      start: controller => send(controller, [events.start()]),
      async pull(controller) {
        try {
          const { done, value } = next ?? (await deltas.next());
          next = undefined;
          if (!done) return send(controller, value.type === 'text' ? [events.text(value.text)] : []);
          const whole = await completion();
          finish({ ended: 'complete', usage: whole.usage ?? null });
          send(controller, events.end(whole));
          controller.close();
        } catch (error) {
          finish({ ended: 'cut-upstream', usage: null });
          controller.error(error);
        }
      },
      async cancel() {
        finish({ ended: 'left-by-client', usage: null });
        await deltas.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  function send(controller: ReadableStreamDefaultController<Uint8Array>, data: readonly string[]): void {
    // A comment where there is no text: whoever pulled must get something.
    const text = data.length === 0 ? ':\n\n' : data.map(each => `data: ${each}\n\n`).join('');
    controller.enqueue(encoder.encode(text));
  }
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
  });
}

interface Ended
  extends Pick<RequestRecord, 'firstByteMs' | 'totalMs' | 'ended' | 'usage' | 'upstreamStatus' | 'model'> {
  readonly startMs: number;
}

function recordOf({ startMs, ...how }: Ended): RequestRecord {
  const tokens = how.usage?.inputTokens ?? 0;
  return {
    ...noTokens,
    ...{ textTokens: tokens, sentTokens: tokens, textCost: tokens, sentCost: tokens },
    time: new Date(startMs).toISOString(),
    route: '/v1/chat/completions',
    decision: 'passed',
    reason: 'answered-here',
    ...{ parts: 0, pages: 0, pageBytes: 0, transformMs: 0 },
    ...how,
  };
}

type Failure = readonly [status: 400 | 401 | 404 | 413 | 429 | 500, message: string, code?: string];

function failureOf(error: unknown): Failure {
  if (error instanceof ModelError) return [500, error.message];
  if (!(error instanceof GlyphError)) return [500, 'the server failed; this is a bug in glyph'];
  return error.kind === 'internal' || error.kind === 'io' ? [500, error.message] : [400, error.message];
}

function failure(...[status, message, code]: Failure): Response {
  const type = status === 429 ? 'rate_limit_error' : status < 500 ? 'invalid_request_error' : 'server_error';
  const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
  return Response.json(chatError(type, message, code ?? null), { status, headers });
}

const busy = () => failure(429, 'too many requests wait for this model', 'server_busy');

const unknownModel = (asked: string, served: string) =>
  failure(404, `there is no model ${JSON.stringify(asked)} here; there is "${served}"`, 'model_not_found');
