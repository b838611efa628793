/**
 * Rewards over HTTP, as `Request → Response`: an engine on any machine sends rollouts and gets what the local trainer
 * would have given them. `POST /rewards` takes `{ rows }`; `GET /health` says that it is there and what it has done.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import { sha256Hex } from '../../base/index.ts';
import type { JudgeAnswer } from '../reward.ts';
import { readBounded } from './read-bounded.ts';
import { scoreRows } from './score-rows.ts';

export interface RewardLimits {
  /** Of a request's body. */
  readonly maxBodyBytes: number;
  /** Of all bodies and rows that are here at once; more are sent away with 429. */
  readonly maxHeldBytes: number;
  readonly maxRows: number;
}

export const defaultRewardLimits: RewardLimits = {
  maxBodyBytes: 64_000_000,
  maxHeldBytes: 256_000_000,
  maxRows: 16_384,
};

export interface RewardServerOptions {
  readonly judge?: JudgeAnswer | undefined;
  /** Asked of every client as `authorization: Bearer …`, where others can reach the server. */
  readonly token?: string | undefined;
  readonly limits?: Partial<RewardLimits> | undefined;
}

const bodySchema = v.object({ rows: v.array(v.unknown()) });

export function createRewardServer(options: RewardServerOptions = {}): Hono {
  const limits = { ...defaultRewardLimits, ...options.limits };
  const held = { bytes: 0, rows: 0 };
  const counts = { requests: 0, rows: 0, unscored: 0, refused: 0 };
  const app = new Hono();
  const busy = () => {
    counts.refused++;
    return failure(429, 'as much as it can hold is under way', { 'retry-after': '1' });
  };

  app.use(async ({ req }, next) => {
    const { token } = options;
    if (token === undefined || isSame(req.header('authorization') ?? '', `Bearer ${token}`)) return next();
    return failure(401, 'the token is missing or wrong; send it as authorization: Bearer TOKEN');
  });
  app.get('/health', ({ json }) => json({ status: 'ok', judge: options.judge !== undefined, ...counts }));
  app.post('/rewards', async ({ req, json }) => {
    const body = await readBounded(req.raw, limits, held);
    if (body === 'too-large')
      return failure(413, `a body may have ${limits.maxBodyBytes} bytes; send fewer rows`);
    if (body === 'busy') return busy();
    try {
      const rows = rowsOf(body.text);
      if (typeof rows === 'string') return failure(400, rows);
      if (rows.length > limits.maxRows)
        return failure(413, `a batch may have ${limits.maxRows} rows, this one has ${rows.length}`);
      if (held.rows + rows.length > limits.maxRows) return busy();
      held.rows += rows.length;
      try {
        const details = await scoreRows(rows, { judge: options.judge, signal: req.raw.signal });
        const rewards = details.map(({ value }) => value);
        counts.requests++;
        counts.rows += rows.length;
        counts.unscored += rewards.filter(value => value === null).length;
        return json({ rewards, details });
      } finally {
        held.rows -= rows.length;
      }
    } finally {
      body.release();
    }
  });
  app.notFound(() => failure(404, 'there are POST /rewards and GET /health'));
  // A client that left, or a bug: nobody's log is written to.
  app.onError(error => failure(500, error.message));
  return app;
}

/** The rows of a body, or what is wrong with it as a whole. */
function rowsOf(text: string): readonly unknown[] | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return `the body is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = v.safeParse(bodySchema, body);
  return parsed.success
    ? parsed.output.rows
    : 'the body must be { "rows": [{ completion, reward, answer }, …] }';
}

const failure = (status: 400 | 401 | 404 | 413 | 429 | 500, message: string, headers = {}): Response =>
  Response.json({ error: `glyph reward: ${message}` }, { status, headers });

/** By hashes, whose comparison tells nothing of the token. */
const isSame = (given: string, wanted: string): boolean => sha256Hex(given) === sha256Hex(wanted);
