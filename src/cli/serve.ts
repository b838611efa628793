/** `glyph serve`: the proxy and the studio on a port, until it is told to stop; answers under way are finished first. */
import { listen, type RequestRecord } from '../proxy/index.ts';
import { createStudio, createTraffic, type SampleDocument } from '../studio/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { demoDocument } from './demo-document.ts';
import { isLoopback, proxyFromFlags, upstreamGroup } from './proxy-flags.ts';
import { openProxyLog } from './proxy-log.ts';
import { usageError } from './usage-error.ts';

const defaultPort = 47_822;

export const serveCommand: Command = {
  name: 'serve',
  about: 'Runs a proxy that turns long material in requests of existing clients into pages.',
  usage: '[--port N]',
  groups: [
    {
      title: 'Server',
      flags: [
        { name: 'port', value: 'N', about: `${defaultPort} unless given; 0 for any that is free` },
        { name: 'host', value: 'ADDRESS', about: '127.0.0.1 unless given; any other wants --token' },
        { name: 'token', value: 'TEXT', about: 'Clients must send it as x-glyph-token; or set GLYPH_TOKEN' },
        { name: 'log', value: 'FILE', about: 'Append a JSON line a request, for `glyph stats`' },
      ],
    },
    {
      title: 'Studio',
      flags: [
        { name: 'runs', value: 'FOLDER', about: 'Show the runs of eval and search below it' },
        {
          name: 'keep-bodies',
          about: 'Keep texts and pages of the last requests in memory, to look at them',
        },
      ],
    },
    upstreamGroup,
    ...configGroups,
  ],
  notes: [
    'In a browser the address shows the studio: try a config on your own text, compare answers from text and from pages, look at runs and at what the proxy does.',
    'Give clients the address as base URL: OPENAI_BASE_URL=http://127.0.0.1:47822/v1, ANTHROPIC_BASE_URL and GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:47822. Keys stay with the client and go on to the upstream of its format only.',
    'What was decided about a request stands in the header x-glyph-decision of its answer; sums are at /metrics.',
  ],
  examples: [
    ['glyph serve', 'a proxy on port 47822, and the studio for a browser'],
    ['glyph serve --runs runs --keep-bodies', 'the studio shows reports, and requests as text and as pages'],
    ['glyph serve --log proxy.jsonl', 'the same, with a log that `glyph stats` reads'],
    ['glyph serve --upstream-openai http://localhost:8000/v1', 'before a server of your own'],
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
    const traffic = createTraffic({ bodies: hasFlag(args, 'keep-bodies') ? 'kept' : 'not-kept' });
    const { compression } = traffic;
    const show = traffic.bodies === 'kept' ? { onPages: traffic.add } : {};
    const onRecord = (record: RequestRecord) => {
      log.write(record);
      if (traffic.bodies === 'not-kept') traffic.add(record, []);
    };
    const app = await proxyFromFlags(args, terminal, { token, onRecord, compression, ...show });
    const studio = createStudio({
      ...{ host, token, traffic, sample: sampleDocument(), env: terminal.env },
      model: terminal.env['GLYPH_MODEL'] || undefined,
      runs: textFlag(args, 'runs'),
    });
    const server = await listen(
      request => (studio.takes(request) ? studio.fetch(request) : app.fetch(request)),
      { host, port },
    );
    terminal.out(`${server.origin}\n`);
    await told(terminal.signal);
    terminal.err('finishing what is under way; again to stop now\n');
    const stopNow = () => server.closeNow();
    process.once('SIGTERM', stopNow);
    traffic.close();
    await server.close();
    process.off('SIGTERM', stopNow);
    await studio.close();
    return exitCodes.ok;
  } finally {
    await log.close();
  }
}

/** That of `glyph demo`, with its facts to ask for. */
function sampleDocument(): SampleDocument {
  const { text, facts } = demoDocument('studio', 5200);
  return { name: 'sample.txt', text, questions: facts.map(({ question }) => question) };
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
