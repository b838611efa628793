/**
 * `glyph serve`: the proxy, or a server of the embedded reader, on a port until it is told to stop; answers under way are
 * finished first.
 */
import { type Listening, listen } from '../proxy/index.ts';
import { type Arguments, type Command, exitCodes, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { isLoopback, proxyFromFlags, upstreamGroup } from './proxy-flags.ts';
import { openProxyLog, type ProxyLog } from './proxy-log.ts';
import { openEmbeddedServer } from './serve-embedded.ts';
import { usageError } from './usage-error.ts';

const defaultPort = 47_822;

export const serveCommand: Command = {
  name: 'serve',
  about: 'Runs a proxy that turns long material in requests of existing clients into pages.',
  usage: '[--port N] [--model embedded]',
  groups: [
    {
      title: 'Server',
      flags: [
        { name: 'port', value: 'N', about: `${defaultPort} unless given; 0 for any that is free` },
        { name: 'host', value: 'ADDRESS', about: '127.0.0.1 unless given; any other wants --token' },
        { name: 'token', value: 'TEXT', about: 'Clients must send it as x-glyph-token; or set GLYPH_TOKEN' },
        {
          name: 'model',
          value: 'NAME',
          about: 'embedded or embedded:FOLDER: no proxy, but an OpenAI-compatible server of that reader',
        },
        { name: 'log', value: 'FILE', about: 'Append a JSON line a request, for `glyph stats`' },
      ],
    },
    upstreamGroup,
    ...configGroups,
  ],
  notes: [
    'Give clients the address as base URL: OPENAI_BASE_URL=http://127.0.0.1:47822/v1, ANTHROPIC_BASE_URL and GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:47822. Keys stay with the client and go on to the upstream of its format only.',
    'What was decided about a request stands in the header x-glyph-decision of its answer; sums are at /metrics.',
    'With --model embedded there is no upstream. A long text in a question is drawn as pages and answered as `glyph ask` does it; pages drawn with --preset embedded can be sent as images.',
  ],
  examples: [
    ['glyph serve', 'a proxy on port 47822'],
    ['glyph serve --log proxy.jsonl', 'the same, with a log that `glyph stats` reads'],
    ['glyph serve --upstream-openai http://localhost:8000/v1', 'before a server of your own'],
    ['glyph serve --model embedded', 'the small reader of this package for any OpenAI client'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const host = textFlag(args, 'host') ?? '127.0.0.1';
  const token = textFlag(args, 'token') ?? (terminal.env['GLYPH_TOKEN'] || undefined);
  if (token === undefined && !isLoopback(host)) {
    throw usageError({
      operation: `serve on ${host}`,
      expected: '--token, since others can reach that address',
      actual: 'none',
    });
  }
  const port = portFrom(args);
  const log = await openProxyLog(textFlag(args, 'log'), terminal);
  try {
    const spec = textFlag(args, 'model');
    const opened =
      spec === undefined
        ? await openProxy(args, terminal, token, log)
        : await openEmbeddedServer(spec, args, { token, onRecord: log.write });
    try {
      return await serveUntilTold(await listen(opened.fetch, { host, port }), terminal);
    } finally {
      await opened.close();
    }
  } finally {
    await log.close();
  }
}

async function openProxy(args: Arguments, terminal: Terminal, token: string | undefined, log: ProxyLog) {
  const { fetch } = await proxyFromFlags(args, terminal, { token, onRecord: log.write });
  return { fetch, close: async () => {} };
}

async function serveUntilTold(server: Listening, terminal: Terminal): Promise<number> {
  terminal.out(`${server.origin}\n`);
  await told(terminal.signal);
  terminal.err('finishing what is under way; again to stop now\n');
  const stopNow = () => server.closeNow();
  process.once('SIGTERM', stopNow);
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

function portFrom(args: Arguments): number {
  const text = textFlag(args, 'port') ?? String(defaultPort);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw usageError({
    operation: 'read flag "--port"',
    expected: 'a port from 0 to 65535',
    actual: JSON.stringify(text),
  });
}
