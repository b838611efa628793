/** `glyph stats LOG`: what the proxy's log comes to, model by model; what was lost as well as what was saved. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { ioError } from '../node/index.ts';
import { promptTokens } from '../tokens/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal } from './command.ts';
import { countOf, countText, table } from './figures.ts';
import { usageError } from './usage-error.ts';

export const statsCommand: Command = {
  name: 'stats',
  about: 'Sums up the log of `glyph serve` or `glyph wrap`.',
  usage: 'LOG…',
  groups: [{ title: 'Output', flags: [{ name: 'json', about: 'Print the figures as JSON instead' }] }],
  notes: [
    'Tokens are counted, not billed: both columns by the same tokenizer, images the client sent itself left out. Cost is in tokens at the full input price, cached ones at theirs, with the cache in the same state for the request as it came and as it was sent; a request that cost more than its text is a loss.',
  ],
  examples: [
    ['glyph stats proxy.jsonl', 'tokens, cost and losses of each model'],
    ['glyph stats proxy.jsonl --json', 'the same for a program'],
  ],
  run,
};

const count = v.pipe(v.number(), v.minValue(0));
const recordSchema = v.object({
  model: v.nullable(v.string()),
  decision: v.picklist(['imaged', 'passed']),
  reason: v.string(),
  textTokens: count,
  sentTokens: count,
  textCost: count,
  sentCost: count,
  pages: count,
  transformMs: count,
  upstreamStatus: v.nullable(v.number()),
  usage: v.nullable(
    v.object({
      inputTokens: count,
      cachedInputTokens: count,
      cacheWriteTokens: count,
      outputTokens: count,
    }),
  ),
});
type LogRecord = v.InferOutput<typeof recordSchema>;

interface Sums {
  requests: number;
  imaged: number;
  pages: number;
  textTokens: number;
  sentTokens: number;
  textCost: number;
  sentCost: number;
  /** Requests that cost more than their text, and by how much. */
  losses: number;
  lostCost: number;
  failed: number;
  billedInputTokens: number;
  billedOutputTokens: number;
}

const noSums = (): Sums => ({
  ...{ requests: 0, imaged: 0, pages: 0, textTokens: 0, sentTokens: 0, textCost: 0, sentCost: 0 },
  ...{ losses: 0, lostCost: 0, failed: 0, billedInputTokens: 0, billedOutputTokens: 0 },
});

interface Stats {
  readonly total: Sums;
  readonly models: Map<string, Sums>;
  readonly reasons: Map<string, number>;
  readonly transformMs: number[];
  /** Lines that are no records, e.g. one cut by a crash. */
  unreadable: number;
}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.positionals.length === 0) {
    throw usageError({ operation: 'read the command line', expected: 'a log', actual: 'none' });
  }
  const stats: Stats = {
    total: noSums(),
    models: new Map(),
    reasons: new Map(),
    transformMs: [],
    unreadable: 0,
  };
  for (const file of args.positionals) await readLog(file, stats);
  stats.transformMs.sort((a, b) => a - b);
  terminal.out(hasFlag(args, 'json') ? jsonOf(stats) : textOf(stats));
  return exitCodes.ok;
}

async function readLog(file: string, stats: Stats): Promise<void> {
  try {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
    for await (const line of lines) if (line.trim() !== '') addLine(line, stats);
  } catch (error) {
    throw ioError(`read ${JSON.stringify(file)}`, 'a log of the proxy', error);
  }
}

function addLine(line: string, stats: Stats): void {
  const record = v.safeParse(v.pipe(v.string(), v.parseJson(), recordSchema), line);
  if (!record.success) {
    stats.unreadable++;
    return;
  }
  const { model, decision, reason, transformMs } = record.output;
  add(stats.total, record.output);
  const reasonName = `${decision}: ${reason}`;
  stats.reasons.set(reasonName, (stats.reasons.get(reasonName) ?? 0) + 1);
  if (model === null) return;
  const sums = stats.models.get(model) ?? noSums();
  stats.models.set(model, sums);
  add(sums, record.output);
  stats.transformMs.push(transformMs);
}

function add(sums: Sums, record: LogRecord): void {
  const { decision, pages, textTokens, sentTokens, textCost, sentCost, upstreamStatus, usage } = record;
  sums.requests++;
  if (decision === 'imaged') sums.imaged++;
  sums.pages += pages;
  sums.textTokens += textTokens;
  sums.sentTokens += sentTokens;
  sums.textCost += textCost;
  sums.sentCost += sentCost;
  if (sentCost > textCost) {
    sums.losses++;
    sums.lostCost += sentCost - textCost;
  }
  if (upstreamStatus === null || upstreamStatus >= 400) sums.failed++;
  if (usage === null) return;
  sums.billedInputTokens += promptTokens(usage);
  sums.billedOutputTokens += usage.outputTokens;
}

/** Of sorted values. */
const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;

const shareOf = (saved: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * saved) / whole).toFixed(1)} %`;

function jsonOf({ total, models, reasons, transformMs, unreadable }: Stats): string {
  const figures = {
    total,
    models: Object.fromEntries(models),
    reasons: Object.fromEntries(reasons),
    transformMs: { p50: quantile(transformMs, 0.5), p95: quantile(transformMs, 0.95) },
    unreadable,
  };
  return `${JSON.stringify(figures, undefined, 2)}\n`;
}

function textOf({ total, models, reasons, transformMs, unreadable }: Stats): string {
  if (total.requests === 0)
    return `no requests${unreadable === 0 ? '' : `; ${countOf(unreadable, 'line')} unreadable`}\n`;
  const row = (name: string, sums: Sums) => [
    name,
    countText(sums.requests),
    countText(sums.imaged),
    countText(sums.pages),
    countText(sums.textTokens),
    countText(sums.sentTokens),
    shareOf(sums.textTokens - sums.sentTokens, sums.textTokens),
    shareOf(sums.textCost - sums.sentCost, sums.textCost),
    sums.losses === 0 ? '0' : `${countText(sums.losses)} (${countText(Math.round(sums.lostCost))} tokens)`,
  ];
  const head = [
    'model',
    'requests',
    'imaged',
    'pages',
    'text tokens',
    'sent',
    'saved',
    'cost saved',
    'losses',
  ];
  const rows = [...models]
    .sort(([, a], [, b]) => b.textTokens - a.textTokens)
    .map(([name, sums]) => row(name, sums));
  const sums = table([head, ...rows, row('all', total)], [1, 2, 3, 4, 5, 6, 7, 8]);
  const why = [...reasons].sort(([, a], [, b]) => b - a).map(([reason, n]) => [reason, countText(n)]);
  const [p50, p95] = [quantile(transformMs, 0.5), quantile(transformMs, 0.95)];
  const time =
    p50 === null ? '' : `added by the proxy: ${p50} ms at the median, ${p95} ms at the 95th percentile\n`;
  const billed = `billed, where answers told: ${countText(total.billedInputTokens)} input and ${countText(total.billedOutputTokens)} output tokens\n`;
  const bad = [
    ...(total.failed === 0 ? [] : [`${countOf(total.failed, 'request')} failed upstream`]),
    ...(unreadable === 0 ? [] : [`${countOf(unreadable, 'line')} of the log unreadable`]),
  ];
  return `${sums}\n${table(why, [1])}\n${time}${billed}${bad.map(line => `${line}\n`).join('')}`;
}
