/**
 * `glyph serve`: the proxy, or a server of the embedded reader, on a port until it is told to stop; answers under way are
 * finished first.
 */
import { type Arguments, type Command, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { proxyFromFlags, upstreamGroup } from './proxy-flags.ts';
import { openProxyLog, type ProxyLog } from './proxy-log.ts';
import { placeFromFlags, serverFlags, serveUntilTold } from './run-server.ts';
import { openEmbeddedServer } from './serve-embedded.ts';

const defaultPort = 47_822;

export const serveCommand: Command = {
  name: 'serve',
  about: 'Runs a proxy that turns long material in requests of existing clients into pages.',
  usage: '[--port N] [--model embedded]',
  groups: [
    {
      title: 'Server',
      flags: [
        ...serverFlags(defaultPort, 'as x-glyph-token'),
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
  const place = placeFromFlags(args, terminal, defaultPort);
  const log = await openProxyLog(textFlag(args, 'log'), terminal);
  try {
    const { token } = place;
    const spec = textFlag(args, 'model');
    const opened =
      spec === undefined
        ? await openProxy(args, terminal, token, log)
        : await openEmbeddedServer(spec, args, { token, onRecord: log.write });
    try {
      return await serveUntilTold(opened.fetch, place, terminal);
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
