/**
 * `glyph serve`: the proxy with the studio, or a server of the embedded reader, on a port until it is told to stop; answers
 * under way are finished first.
 */
import type { RequestRecord } from '../proxy/index.ts';
import { createStudio, createTraffic, type SampleDocument } from '../studio/index.ts';
import { type Arguments, type Command, hasFlag, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { demoDocument } from './demo-document.ts';
import { proxyFromFlags, upstreamGroup } from './proxy-flags.ts';
import { openProxyLog, type ProxyLog } from './proxy-log.ts';
import { type Place, placeFromFlags, serverFlags, serveUntilTold } from './run-server.ts';
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
    'With --model embedded there is no upstream. A long text in a question is drawn as pages and answered as `glyph ask` does it; pages drawn with --preset embedded can be sent as images.',
  ],
  examples: [
    ['glyph serve', 'a proxy on port 47822, and the studio for a browser'],
    ['glyph serve --runs runs --keep-bodies', 'the studio shows reports, and requests as text and as pages'],
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
    const spec = textFlag(args, 'model');
    const opened =
      spec === undefined
        ? await openProxy(args, terminal, place, log)
        : await openEmbeddedServer(spec, args, { token: place.token, onRecord: log.write });
    try {
      return await serveUntilTold(opened, place, terminal);
    } finally {
      await opened.close();
    }
  } finally {
    await log.close();
  }
}

/** The studio answers for its own addresses, the proxy for all others. */
async function openProxy(args: Arguments, terminal: Terminal, place: Place, log: ProxyLog) {
  const { token } = place;
  const traffic = createTraffic({ bodies: hasFlag(args, 'keep-bodies') ? 'kept' : 'not-kept' });
  const { compression } = traffic;
  const show = traffic.bodies === 'kept' ? { onPages: traffic.add } : {};
  const onRecord = (record: RequestRecord) => {
    log.write(record);
    if (traffic.bodies === 'not-kept') traffic.add(record, []);
  };
  const app = await proxyFromFlags(args, terminal, { token, onRecord, compression, ...show });
  const studio = createStudio({
    ...{ ...place, traffic, sample: sampleDocument(), env: terminal.env },
    model: terminal.env['GLYPH_MODEL'] || undefined,
    runs: textFlag(args, 'runs'),
  });
  return {
    fetch: (request: Request) => (studio.takes(request) ? studio.fetch(request) : app.fetch(request)),
    /** Ends what would never end by itself. */
    stop: () => traffic.close(),
    close: () => studio.close(),
  };
}

/** That of `glyph demo`, with its facts to ask for. */
function sampleDocument(): SampleDocument {
  const { text, facts } = demoDocument('studio', 5200);
  return { name: 'sample.txt', text, questions: facts.map(({ question }) => question) };
}
