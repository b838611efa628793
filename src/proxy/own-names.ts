/**
 * Under which names a server answers. A web page may have its own name point to this machine (DNS rebinding) and would then
 * ask with the rights of a program here, but a browser says the name it asked for in `Host` (RFC 9110, 7.2), which no
 * page can change.
 */
import { isIP } from 'node:net';
import { GlyphError } from '../base/index.ts';
import { failure } from './failure.ts';
import type { Fetch } from './node-listener.ts';

export interface NamedServer {
  /** The address listened on. */
  readonly host: string;
  /** Further names it is reached by, e.g. "host.docker.internal"; `any` where it asks for a token instead. */
  readonly allowHosts?: readonly string[] | 'any' | undefined;
}

/** Whether only programs of this machine reach it. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Undefined where it may be asked under this name. @param given a `Host` header; none is no browser's */
export function wrongName(
  given: string | null,
  { host, allowHosts = [] }: NamedServer,
): GlyphError | undefined {
  if (given === null || allowHosts === 'any' || !isLoopback(host.toLowerCase())) return undefined;
  const name = withoutPort(given).toLowerCase();
  if (isLoopback(name) || allowHosts.some(allowed => allowed.toLowerCase() === name)) return undefined;
  return new GlyphError({
    kind: 'input',
    operation: 'answer a request',
    expected: 'a name of this machine in Host, e.g. localhost or 127.0.0.1',
    actual: JSON.stringify(name),
    hint: `if you gave it that name yourself, start with --allow-host ${/^[\w.-]+$/.test(name) ? name : 'NAME'}`,
  });
}

/** Answers requests under other names itself. */
export function underOwnNames(fetch: Fetch, server: NamedServer): Fetch {
  return request => {
    const wrong = wrongName(request.headers.get('host'), server);
    return wrong === undefined ? fetch(request) : failure(421, wrong.message);
  };
}

/** An IPv6 address loses its brackets, too. */
const withoutPort = (host: string): string => host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
