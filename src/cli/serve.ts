/** `glyph serve`: the proxy on a port, until it is told to stop; answers under way are finished first. */
import { type Arguments, type Command, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { proxyFromFlags, upstreamGroup } from './proxy-flags.ts';
import { openProxyLog } from './proxy-log.ts';
import { placeFromFlags, serverFlags, serveUntilTold } from './run-server.ts';

const defaultPort = 47_822;

export const serveCommand: Command = {
  name: 'serve',
  about: 'Runs a proxy that turns long material in requests of existing clients into pages.',
  usage: '[--port N]',
  groups: [
    {
      title: 'Server',
      flags: [
        ...serverFlags(defaultPort, 'as x-glyph-token'),
        { name: 'log', value: 'FILE', about: 'Append a JSON line a request, for `glyph stats`' },
      ],
    },
    upstreamGroup,
    ...configGroups,
  ],
  notes: [
    'Give clients the address as base URL: OPENAI_BASE_URL=http://127.0.0.1:47822/v1, ANTHROPIC_BASE_URL and GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:47822. Keys stay with the client and go on to the upstream of its format only.',
    'What was decided about a request stands in the header x-glyph-decision of its answer; sums are at /metrics.',
  ],
  examples: [
    ['glyph serve', 'a proxy on port 47822'],
    ['glyph serve --log proxy.jsonl', 'the same, with a log that `glyph stats` reads'],
    ['glyph serve --upstream-openai http://localhost:8000/v1', 'before a server of your own'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const place = placeFromFlags(args, terminal, defaultPort);
  const log = await openProxyLog(textFlag(args, 'log'), terminal);
  try {
    const app = await proxyFromFlags(args, terminal, { token: place.token, onRecord: log.write });
    return await serveUntilTold(app.fetch, place, terminal);
  } finally {
    await log.close();
  }
}
