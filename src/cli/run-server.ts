/** What all servers of the command line share: where they listen, who may enter, and an end that loses no answer. */
import { isLoopback, listen } from '../proxy/index.ts';
import { type Arguments, exitCodes, type Flag, type Terminal, textFlag } from './command.ts';
import { usageError } from './usage-error.ts';

/** @param token how clients send it, e.g. "as x-glyph-token" */
export const serverFlags = (defaultPort: number, token: string): readonly Flag[] => [
  { name: 'port', value: 'N', about: `${defaultPort} unless given; 0 for any that is free` },
  { name: 'host', value: 'ADDRESS', about: '127.0.0.1 unless given; any other wants --token' },
  {
    name: 'allow-host',
    value: 'NAMES',
    about: 'Answer to these names in Host too, commas between; with --token to any',
  },
  { name: 'token', value: 'TEXT', about: `Clients must send it ${token}; or set GLYPH_TOKEN` },
];

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  /** `any` with a token, which no page of another site has. */
  readonly allowHosts: readonly string[] | 'any';
}

/** @throws GlyphError kind `config` for a wrong port, or an address that others reach without a token */
export function placeFromFlags(args: Arguments, terminal: Terminal, defaultPort: number): Place {
  const host = textFlag(args, 'host') ?? '127.0.0.1';
  const token = textFlag(args, 'token') ?? (terminal.env['GLYPH_TOKEN'] || undefined);
  if (token === undefined && !isLoopback(host)) {
    throw usageError({
      operation: `serve on ${host}`,
      expected: '--token, since others can reach that address',
      actual: 'none',
    });
  }
  const port = portFrom(textFlag(args, 'port') ?? String(defaultPort));
  const names = (textFlag(args, 'allow-host') ?? '').split(',').map(name => name.trim());
  const allowHosts = token === undefined ? names.filter(name => name !== '') : 'any';
  return { host, port, token, allowHosts };
}

export interface Served {
  fetch(request: Request): Response | Promise<Response>;
  stop?(): void;
}

/**
 * Prints the address and serves until Ctrl-C or SIGTERM; answers under way are finished first.
 * @param server its `stop` ends what would never finish by itself
 */
export async function serveUntilTold(
  { fetch, stop }: Served,
  place: Place,
  terminal: Terminal,
): Promise<number> {
  const server = await listen(fetch, place);
  terminal.out(`${server.origin}\n`);
  await told(terminal.signal);
  terminal.err('finishing what is under way; again to stop now\n');
  const stopNow = () => server.closeNow();
  process.once('SIGTERM', stopNow);
  stop?.();
  await server.close();
  process.off('SIGTERM', stopNow);
  return exitCodes.ok;
}

/** Resolves on Ctrl-C or when the process is asked to end. */
function told(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const stop = () => {
      process.off('SIGTERM', stop);
      resolve();
    };
    process.once('SIGTERM', stop);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw usageError({
    operation: 'read flag "--port"',
    expected: 'a port from 0 to 65535',
    actual: JSON.stringify(text),
  });
}
