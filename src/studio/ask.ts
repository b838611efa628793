/** One column of the studio's comparison: a document and a question go to a model as text or as pages. */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { type Answer, type AskOptions, ask, type Compressed, pageConfigFor } from '../compress/index.ts';
import { parseConfig, type RenderConfig, readConfig } from '../config/index.ts';
import { loadFont, spawnWorker } from '../node/index.ts';
import { readerFamily } from '../reader/index.ts';
import { cost, type TokenUsage } from '../tokens/index.ts';
import type { AskCitation, AskDone, AskEvent, AskRequest } from './api.ts';
import { askReader } from './ask-reader.ts';
import type { StudioModels } from './models.ts';

const mostAnswerTokens = 1500;

const schema = v.strictObject({
  model: v.pipe(v.string(), v.regex(/^[\w./:@-]{1,120}$/)),
  reads: v.picklist(['text', 'pages']),
  name: v.pipe(v.string(), v.maxLength(400)),
  text: v.string(),
  question: v.pipe(v.string(), v.maxLength(20_000)),
  config: v.optional(v.record(v.string(), v.unknown())),
});

/** @throws GlyphError kind `input`, or `config` for a config that does not hold */
export function readAskRequest(json: unknown): AskRequest {
  const result = v.safeParse(schema, json);
  if (result.success) {
    const { config, ...rest } = result.output;
    return config === undefined ? rest : { ...rest, config: withoutFiles(readConfig(config).config) };
  }
  const [issue] = result.issues;
  throw new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(v.getDotPath(issue) ?? 'the request')}`,
    expected: issue.expected ?? 'another value',
    actual: String(issue.received).slice(0, 80),
  });
}

/** Fonts by their family only: a browser names no file of this machine. */
function withoutFiles(config: RenderConfig): RenderConfig {
  const { fontPath, fontFallback } = config;
  const file = [fontPath, ...fontFallback.filter(name => /[\\/.]/.test(name))].find(name => name !== '');
  if (file === undefined) return config;
  throw new GlyphError({
    kind: 'config',
    operation: 'read the config',
    expected: 'fonts by their family',
    actual: JSON.stringify(file),
  });
}

/** @throws GlyphError as `ask`; what a model's server said as `ModelError` */
export async function askColumn(
  request: AskRequest,
  models: StudioModels,
  tell: (event: AskEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  if (request.model === readerFamily) {
    tell({ type: 'waiting' });
    await models.withReader(reader => askReader(request, reader, tell, signal));
    return;
  }
  const model = models.open(request.model);
  const startMs = performance.now();
  const since = () => performance.now() - startMs;
  const config = request.config === undefined ? pageConfigFor(model.family) : parseConfig(request.config);
  let firstTokenMs: number | null = null;
  const options: AskOptions = {
    model,
    config,
    signal,
    generate: { maxTokens: mostAnswerTokens },
    ...(request.reads === 'pages' ? { pages: 'always', cite: 'pages' } : { keep: () => true, expand: 'off' }),
    onEvent(event) {
      if (event.type === 'request-compressed') {
        tell({ type: 'prepared', prepareMs: since(), config, ...preparedOf(event.compressed, request) });
      } else if (event.type === 'text-received' || event.type === 'reasoning-received') {
        firstTokenMs ??= since();
        tell({ type: event.type === 'text-received' ? 'text' : 'reasoning', text: event.text });
      }
    },
  };
  const document = { name: request.name, text: request.text };
  const answer = await ask([document], request.question, { ...options, loadFont, spawnWorker, jobs: 2 });
  tell({ type: 'done', ...doneOf(answer, model.family), firstTokenMs, totalMs: since() });
}

function preparedOf({ accounting }: Compressed, { reads }: AskRequest) {
  const { tokensBefore, tokensAfter, tokenizer, pages } = accounting;
  const note = reads === 'pages' && pages === 0 ? ('stays-text' as const) : null;
  return { tokensBefore, tokensAfter, tokenizer, pages, note, ...(pages === 0 ? { config: null } : {}) };
}

function doneOf(answer: Answer, family: string): Omit<AskDone, 'firstTokenMs' | 'totalMs'> {
  const { text, usage, finishReason } = answer;
  return {
    text,
    supported: 'unchecked',
    citations: answer.citations.map(
      ({ page, lines, start, end, text: cited }): AskCitation => ({
        ...{ page, start, end },
        lines: lines ?? null,
        text: cited,
      }),
    ),
    usage: usage ?? null,
    costUsd: usage === undefined ? null : costUsd(family, usage),
    finishReason,
  };
}

/** Null where no price is known. */
function costUsd(family: string, usage: TokenUsage): number | null {
  try {
    return cost(family, usage).costUsd;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return null;
    throw error;
  }
}
