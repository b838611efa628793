/** `glyph eval speed`: time to the first token, decoding and the server's cache, text against pages of the same content. */
import { measureSpeed, readCacheShare, type SpeedRow } from '../eval/index.ts';
import { type Arguments, exitCodes, type FlagGroup, hasFlag, type Terminal, textFlag } from './command.ts';
import { clock, evalEffects } from './eval-effects.ts';
import { givenSettings } from './eval-settings.ts';
import { msText } from './eval-text.ts';
import { countText, table } from './figures.ts';
import { countFlag } from './input-flags.ts';
import { modelFromFlags } from './model-flags.ts';
import { usageError } from './usage-error.ts';

/** Stands where a task does. */
export const speedTask = 'speed';

export const speedGroup: FlagGroup = {
  title: 'Speed (also --lengths, --max-tokens, --json and the settings of pages)',
  flags: [
    {
      name: 'repeat',
      value: 'N',
      about: 'Measured requests of each length and form (5); the median is shown',
    },
    {
      name: 'metrics-url',
      value: 'URL',
      about: 'The server’s metrics, to tell how full its cache is; /metrics beside --base-url unless given',
    },
  ],
};

const defaultLengths = [4096, 8192, 16_384, 32_768];

export async function runSpeed(args: Arguments, terminal: Terminal): Promise<number> {
  const model = await modelFromFlags(args, terminal);
  const { lengths, maxTokens, config } = await givenSettings(args, terminal);
  const url = metricsUrl(args);
  const isShown = terminal.isErrTerminal && !hasFlag(args, 'quiet');
  const rows = await measureSpeed({
    model,
    lengths: lengths ?? defaultLengths,
    repetitions: countFlag(args, 'repeat', 1000),
    outputTokens: maxTokens ?? undefined,
    config,
    loadFont: evalEffects.loadFont,
    clock,
    signal: terminal.signal,
    ...(url === undefined ? {} : { readCacheShare: () => fetchCacheShare(url, terminal.signal) }),
    onEvent: ({ done, total }) => {
      if (isShown) terminal.err(`\r\x1b[K${done < total ? `${done}/${total} requests` : ''}`);
    },
  });
  terminal.out(
    hasFlag(args, 'json') ? `${JSON.stringify({ model: model.id, rows }, undefined, 2)}\n` : speedText(rows),
  );
  return rows.some(row => row.repetitions > 0) ? exitCodes.ok : exitCodes.failure;
}

function metricsUrl(args: Arguments): URL | undefined {
  const given = textFlag(args, 'metrics-url');
  if (given !== undefined) {
    if (URL.canParse(given)) return new URL(given);
    throw usageError({
      operation: 'read flag "--metrics-url"',
      expected: 'a URL',
      actual: JSON.stringify(given),
    });
  }
  const baseUrl = textFlag(args, 'base-url');
  return baseUrl === undefined || !URL.canParse(baseUrl) ? undefined : new URL('/metrics', baseUrl);
}

async function fetchCacheShare(url: URL, signal: AbortSignal): Promise<number | undefined> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]) });
  return response.ok ? readCacheShare(await response.text()) : undefined;
}

function speedText(rows: readonly SpeedRow[]): string {
  const heading = [
    'length',
    'form',
    'tokens',
    'drawing',
    'first token',
    'with drawing',
    'tokens/s after',
    'whole answer',
    'cache full',
    'requests',
  ];
  const notes = rows.flatMap(({ length, form, failure }) =>
    failure === undefined ? [] : [`note: ${countText(length)} as ${form}: ${failure}\n`],
  );
  return [
    table([heading, ...rows.map(speedRow)], [0, 2, 3, 4, 5, 6, 7, 8]),
    '\nMedians. The first token is counted from the sending of the request; drawing stands apart.\n',
    ...notes,
  ].join('');
}

function speedRow(row: SpeedRow): string[] {
  const { length, form, repetitions, failed, inputTokens, drawMs, firstTokenMs, totalMs } = row;
  const both = drawMs === null || firstTokenMs === null ? null : drawMs + firstTokenMs;
  return [
    countText(length),
    form,
    inputTokens === null ? '-' : countText(Math.round(inputTokens)),
    form === 'text' ? '' : msText(drawMs),
    msText(firstTokenMs),
    msText(both),
    row.decodeTokensPerSecond === null ? '-' : row.decodeTokensPerSecond.toFixed(1),
    msText(totalMs),
    row.cacheShare === null ? 'not told' : `${(100 * row.cacheShare).toFixed(1)} %`,
    `${repetitions}${failed === 0 ? '' : ` (${failed} failed)`}`,
  ];
}
