/** A proxy on a port, with an end that lets answers under way finish. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GlyphError } from '../base/index.ts';
import { type Fetch, nodeListener } from './node-listener.ts';
import { type NamedServer, underOwnNames } from './own-names.ts';

export interface Listening {
  /** e.g. "http://127.0.0.1:47822" */
  readonly origin: string;
  /** Takes no more requests, and resolves when the last answer is out. */
  close(): Promise<void>;
  /** Ends all answers now. */
  closeNow(): void;
}

export interface ListenOptions extends NamedServer {
  /** 0: any that is free. */
  readonly port: number;
}

/** Longer than clients keep one: whoever closes a connection first may cut a request that is just being sent. */
const keepAliveMs = 75_000;

/** How often connections that fell idle are closed while the last answers end. */
const sweepMs = 50;

/** On loopback only requests under a name of this machine are answered. @throws GlyphError kind `io` for a port that cannot be had */
export async function listen(fetch: Fetch, options: ListenOptions): Promise<Listening> {
  const { host, port } = options;
  const server = createServer({ keepAliveTimeout: keepAliveMs }, nodeListener(underOwnNames(fetch, options)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error) => reject(cannotListen(`${host}:${port}`, cause)));
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const closed = new Promise<void>(resolve => {
    server.once('close', resolve);
  });
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close() {
      server.close();
      const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
      return closed.finally(() => clearInterval(sweep));
    },
    closeNow: () => server.closeAllConnections(),
  };
}

function cannotListen(address: string, cause: Error): GlyphError {
  return new GlyphError({
    kind: 'io',
    operation: `listen on ${address}`,
    expected: 'a free port',
    actual: cause.message,
    hint: 'another one: --port 47823',
    cause,
  });
}
