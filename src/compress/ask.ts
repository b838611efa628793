/**
 * A question to documents: compress, send, let the model expand lines it cannot read, and answer. Documents that fit
 * no single request are asked in turn, where that is allowed, and the findings put together.
 */
import { GlyphError, throwIfAborted } from '../base/index.ts';
import type { Completion, GenerateOptions, Message, Model, Part, Usage } from '../model/index.ts';
import type { Accounting } from './accounting.ts';
import { type Citation, citeInstruction, findCitations } from './cite.ts';
import { type Compressed, compress } from './compress.ts';
import type { CompressInput } from './conversation.ts';
import { redactSecrets } from './exact/index.ts';
import { answerExpand, type Expansion, expandTool } from './expand.ts';
import type { CompressOptions } from './options.ts';
import type { DrawEffects } from './text-pages.ts';

export interface AskOptions extends Omit<CompressOptions, 'model' | 'question'> {
  readonly model: Model;
  /** `pages`: claims name their page and lines, mapped back to the source. `off` unless given. */
  readonly cite?: 'pages' | 'off' | undefined;
  /** `auto` (the default): models with tools may ask for exact lines. */
  readonly expand?: 'auto' | 'off' | undefined;
  /** Rounds in which the model may expand lines; 4 unless given. */
  readonly expandRounds?: number | undefined;
  readonly generate?: Omit<GenerateOptions, 'tools' | 'toolChoice' | 'signal'> | undefined;
  readonly onEvent?: ((event: AskEvent) => void) | undefined;
}

export type AskEvent =
  | { readonly type: 'request-compressed'; readonly compressed: Compressed }
  /** `request` counts from 1; with several, the last one puts the findings together. */
  | { readonly type: 'request-started'; readonly request: number; readonly requests: number }
  | { readonly type: 'text-received'; readonly text: string }
  | { readonly type: 'reasoning-received'; readonly text: string }
  | { readonly type: 'lines-expanded'; readonly expansion: Expansion };

export interface Answer {
  readonly text: string;
  readonly reasoning: string;
  readonly citations: readonly Citation[];
  /** Marks that name a place that does not exist. */
  readonly brokenCitations: readonly string[];
  readonly expansions: readonly Expansion[];
  readonly accounting: Accounting;
  readonly decisions: Compressed['decisions'];
  /** Of all calls together; undefined where the server told none. */
  readonly usage: Usage | undefined;
  readonly finishReason: Completion['finishReason'];
  readonly calls: number;
  readonly firstTokenMs: number | undefined;
  readonly model: string;
}

const defaultRounds = 4;

/** @throws GlyphError as `compress`; `ModelError` as the model */
export async function ask(
  input: CompressInput,
  question: string,
  options: AskOptions & DrawEffects,
): Promise<Answer> {
  const { model, signal, onEvent } = options;
  if (model.abilities.task !== 'answer') throw onlyTranscribes(model);
  if (question.trim() === '') throw noQuestion();
  const compressed = await compress(input, compressOptions(options, question));
  if (isEmpty(compressed)) throw nothingToRead();
  onEvent?.({ type: 'request-compressed', compressed });
  const calls: Completion[] = [];
  const expansions: Expansion[] = [];
  const many = compressed.requests.length > 1;
  const requests = compressed.requests.length + (many ? 1 : 0);
  const findings: string[] = [];
  const run: Run = { options, compressed, calls, expansions };
  for (const [i, { messages }] of compressed.requests.entries()) {
    throwIfAborted(signal, 'ask');
    onEvent?.({ type: 'request-started', request: i + 1, requests });
    const asked = many ? addInstruction(messages, partOfWhole(i + 1, compressed.requests.length)) : messages;
    findings.push(await converse(asked, run, many ? 'silent' : 'heard'));
  }
  if (many) {
    onEvent?.({ type: 'request-started', request: requests, requests });
    const safeQuestion = options.redact === 'secrets' ? redactSecrets(question).text : question;
    findings.push(await converse([putTogether(safeQuestion, findings)], run, 'heard'));
  }
  const text = findings.at(-1)!;
  const { citations, broken } =
    options.cite === 'pages' ? findCitations(text, compressed.documents) : { citations: [], broken: [] };
  const last = calls.at(-1)!;
  return {
    text,
    reasoning: last.reasoning.map(part => part.text).join(''),
    citations,
    brokenCitations: broken,
    expansions,
    accounting: compressed.accounting,
    decisions: compressed.decisions,
    usage: addUsage(calls),
    finishReason: last.finishReason,
    calls: calls.length,
    firstTokenMs: calls[0]!.timing.firstTokenMs,
    model: last.model,
  };
}

/** What `compress` gets of the options of `ask`, e.g. for a dry run: the question with its instructions. */
export function compressOptions(
  options: AskOptions & DrawEffects,
  question: string,
): CompressOptions & DrawEffects {
  const { cite, expand, expandRounds, generate, onEvent, ...rest } = options;
  return { ...rest, question: cite === 'pages' ? `${question}\n\n${citeInstruction}` : question };
}

interface Run {
  readonly options: AskOptions;
  readonly compressed: Compressed;
  readonly calls: Completion[];
  readonly expansions: Expansion[];
}

/** One request with the rounds of expanding that follow. @returns the text of the last answer */
async function converse(
  messages: readonly Message[],
  { options, compressed, calls, expansions }: Run,
  listener: 'heard' | 'silent',
): Promise<string> {
  const { model, signal, onEvent, expandRounds = defaultRounds } = options;
  const mayExpand =
    options.expand !== 'off' && model.abilities.tools === 'yes' && compressed.documents.length > 0;
  let conversation = messages;
  for (let round = 0; ; round++) {
    const tools = mayExpand
      ? { tools: [expandTool], toolChoice: round < expandRounds ? ('auto' as const) : ('none' as const) }
      : {};
    const generation = model.generate(conversation, { ...options.generate, ...tools, signal });
    for await (const delta of generation) {
      if (listener === 'silent' || delta.type === 'tool-call') continue;
      const type = delta.type === 'text' ? 'text-received' : 'reasoning-received';
      onEvent?.({ type, text: delta.text });
    }
    const completion = await generation;
    calls.push(completion);
    const { toolCalls, reasoning, text } = completion;
    if (toolCalls.length === 0 || !mayExpand || round >= expandRounds) return text;
    const answered = toolCalls.map(call => answerExpand(call, compressed.documents));
    for (const { expansion } of answered) {
      if (expansion === undefined) continue;
      expansions.push(expansion);
      onEvent?.({ type: 'lines-expanded', expansion });
    }
    const said: Part[] = [
      ...reasoning,
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
      ...toolCalls,
    ];
    conversation = [
      ...conversation,
      { role: 'assistant', parts: said },
      { role: 'tool', parts: answered.map(({ result }) => result) },
    ];
  }
}

const partOfWhole = (part: number, parts: number) =>
  `These are only the pages of part ${part} of ${parts}. Write down what in them bears on the question, with exact figures and names; write "nothing here" if nothing does.`;

function addInstruction(messages: readonly Message[], text: string): readonly Message[] {
  const last = messages.at(-1)!;
  return [...messages.slice(0, -1), { ...last, parts: [...last.parts, { type: 'text', text }] }];
}

function putTogether(question: string, findings: readonly string[]): Message {
  const parts = findings.map((finding, i) => `Part ${i + 1} of ${findings.length}:\n${finding}`);
  const text = `A long document was read in parts. What was found in each bears on this question:\n${question}\n\n${parts.join('\n\n')}\n\nAnswer the question from these findings.`;
  return { role: 'user', parts: [{ type: 'text', text }] };
}

function addUsage(calls: readonly Completion[]): Usage | undefined {
  const known = calls.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  if (known.length === 0) return undefined;
  const total = (field: 'inputTokens' | 'cachedInputTokens' | 'cacheWriteTokens' | 'outputTokens') =>
    known.reduce((sum, usage) => sum + usage[field], 0);
  return {
    inputTokens: total('inputTokens'),
    cachedInputTokens: total('cachedInputTokens'),
    cacheWriteTokens: total('cacheWriteTokens'),
    outputTokens: total('outputTokens'),
  };
}

function onlyTranscribes({ id }: Model): GlyphError {
  return new GlyphError({
    kind: 'config',
    operation: 'ask',
    expected: 'a model that answers questions',
    actual: `${id}, which only transcribes pages`,
    hint: 'use it with `read`',
  });
}

/** Nothing but the question. */
const isEmpty = ({ decisions, accounting }: Compressed): boolean =>
  accounting.pages === 0 &&
  accounting.visionTokens === 0 &&
  decisions.every(({ reason, textTokens }) => reason === 'instruction' || textTokens === 0);

const nothingToRead = () =>
  new GlyphError({
    kind: 'input',
    operation: 'ask',
    expected: 'a document with something in it',
    actual: 'only empty ones',
  });

function noQuestion(): GlyphError {
  return new GlyphError({ kind: 'input', operation: 'ask', expected: 'a question', actual: 'none' });
}
