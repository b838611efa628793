/**
 * Who may use the studio: pages of its own origin, under a name of this machine (a name that an attacker's DNS points
 * here is refused), and where the proxy has a token, browsers that have shown it once.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { sha256Hex } from '../base/index.ts';
import { type NamedServer, wrongName } from '../proxy/index.ts';
import { studioBase } from './api.ts';
import { failure } from './failure.ts';

export interface GuardOptions extends NamedServer {
  readonly token: string | undefined;
}

export interface Guard {
  /** For everything of the studio: its page may be opened from anywhere. */
  readonly host: MiddlewareHandler;
  /** For the API. */
  readonly origin: MiddlewareHandler;
  /** For the API but for the way in. */
  readonly session: MiddlewareHandler;
  /** Takes a token and gives a session for it. */
  logIn(context: Context, token: string): Response;
}

export const tokenHeader = 'x-glyph-token';
const cookieName = 'glyph-studio';
/** Browsers logged in at once; the oldest has to again. */
const mostSessions = 64;

export function createGuard({ token, ...server }: GuardOptions): Guard {
  const sessions = new Set<string>();
  return {
    host: async ({ req }, next) => {
      const wrong = wrongName(req.header('host') ?? null, server);
      return wrong === undefined ? next() : failure(421, wrong.message);
    },
    origin: async ({ req }, next) =>
      isSameOrigin(req.raw) ? next() : failure(403, 'asked from another site'),
    session: async (context, next) => {
      if (token === undefined) return next();
      const given = context.req.header(tokenHeader);
      const session = getCookie(context, cookieName) ?? '';
      if (sessions.has(session) || (given !== undefined && isSame(given, token))) return next();
      return failure(401, 'the token is missing or wrong', `log in, or send it as ${tokenHeader}`);
    },
    logIn(context, given) {
      if (token !== undefined && !isSame(given, token)) return failure(401, 'the token is wrong');
      const session = randomBytes(24).toString('base64url');
      sessions.add(session);
      if (sessions.size > mostSessions) sessions.delete(sessions.values().next().value!);
      setCookie(context, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: studioBase });
      return context.body(null, 204);
    },
  };
}

/** In constant time, whatever the lengths. */
function isSame(given: string, token: string): boolean {
  const hash = (text: string) => Buffer.from(sha256Hex(text));
  return timingSafeEqual(hash(given), hash(token));
}

/** Browsers say where a request comes from; what says nothing is no browser. */
function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  return origin === null || origin === new URL(url).origin;
}
