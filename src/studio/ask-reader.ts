/**
 * The embedded reader asked from the studio. From pages it is shown the rows a question is about, as `glyph ask` does;
 * from text the passages, for its window holds no more. It was trained on pages, so the second is only to compare.
 */
import { textMessage } from '../model/index.ts';
import { drawForReader } from '../node/index.ts';
import { answerFromPages, type PageQuote, type Reader, readerPageConfig } from '../reader/index.ts';
import { relevantPassages } from '../text/index.ts';
import { visionTokens } from '../tokens/index.ts';
import type { AskCitation, AskEvent, AskRequest } from './api.ts';

type Tell = (event: AskEvent) => void;

/** Kept free for the answer. */
const answerTokens = 320;
/** Those between turns, and a few to spare. */
const frameTokens = 16;
const passageCharacters = 400;
const mostPassages = 12;

export async function askReader(
  request: AskRequest,
  reader: Reader,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  if (request.reads === 'pages') await fromPages(request, reader, tell, signal);
  else await fromText(request, reader, tell, signal);
}

async function fromPages(
  { text, question }: AskRequest,
  reader: Reader,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const startMs = performance.now();
  const since = () => performance.now() - startMs;
  const drawn = await drawForReader(text, reader, signal);
  const tokensAfter = drawn.pages.reduce(
    (sum, { widthPx, heightPx }) => sum + visionTokens(reader.family, widthPx, heightPx).tokens,
    0,
  );
  tell({
    type: 'prepared',
    prepareMs: since(),
    tokensBefore: reader.countTextTokens(text),
    tokensAfter,
    tokenizer: reader.id,
    pages: drawn.pages.length,
    config: readerPageConfig(reader.limits),
    note: 'rows',
  });
  let firstTokenMs: number | null = null;
  const answer = await answerFromPages(reader, drawn, question, {
    signal,
    onTokens(tokens) {
      firstTokenMs ??= since();
      tell({ type: 'written', tokens });
    },
  });
  const { inputTokens, outputTokens } = answer;
  tell({
    type: 'done',
    text: answer.supported ? answer.answer : '',
    supported: answer.supported ? 'yes' : 'no',
    citations: answer.quotes.map(citationOf),
    usage: { inputTokens, outputTokens, cachedInputTokens: 0, cacheWriteTokens: 0 },
    costUsd: 0,
    firstTokenMs,
    totalMs: since(),
    finishReason: answer.finishReason,
  });
}

const citationOf = ({ page, line, start, end, text }: PageQuote): AskCitation => ({
  page,
  lines: { first: line, last: line },
  start,
  end,
  text: text.trim(),
});

async function fromText(
  { text, question }: AskRequest,
  reader: Reader,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const startMs = performance.now();
  const since = () => performance.now() - startMs;
  const room = reader.limits.contextTokens - answerTokens - frameTokens - reader.countTextTokens(question);
  const shown = passagesFor(text, question, room, reader);
  const messages = [textMessage('user', `${shown}\n\n${question}`)];
  tell({
    type: 'prepared',
    prepareMs: since(),
    tokensBefore: reader.countTextTokens(text),
    tokensAfter: reader.countTokens(messages),
    tokenizer: reader.id,
    pages: 0,
    config: null,
    note: shown.length < text.trim().length ? 'passages' : null,
  });
  let firstTokenMs: number | null = null;
  const generation = reader.generate(messages, { maxTokens: answerTokens, signal });
  for await (const delta of generation) {
    firstTokenMs ??= since();
    if (delta.type !== 'tool-call') tell(delta);
  }
  const { text: answer, usage, finishReason } = await generation;
  tell({
    type: 'done',
    text: answer,
    supported: 'unchecked',
    citations: [],
    usage: usage ?? null,
    costUsd: 0,
    firstTokenMs,
    totalMs: since(),
    finishReason,
  });
}

/** The passages nearest to the question that fit, in their order; the beginning where none has a word of it. */
function passagesFor(text: string, question: string, room: number, reader: Reader): string {
  const passages = cutAtSentences(text);
  const ranked = relevantPassages(question, passages, mostPassages).map(({ index }) => index);
  const chosen: number[] = [];
  let left = room;
  for (const index of ranked.length > 0 ? ranked : [...passages.keys()].slice(0, mostPassages)) {
    const tokens = reader.countTextTokens(`${passages[index]}\n\n`);
    if (tokens > left) continue;
    left -= tokens;
    chosen.push(index);
  }
  return chosen
    .sort((a, b) => a - b)
    .map(index => passages[index]!.trim())
    .join('\n\n');
}

function cutAtSentences(text: string): string[] {
  const passages: string[] = [];
  for (let start = 0; start < text.length; ) {
    const wanted = start + passageCharacters;
    const breakAt = /[.!?。！？\n]\s*/g;
    breakAt.lastIndex = wanted;
    const found = wanted >= text.length ? null : breakAt.exec(text.slice(0, wanted + passageCharacters));
    const end = found === null ? Math.min(text.length, wanted + passageCharacters) : breakAt.lastIndex;
    passages.push(text.slice(start, end));
    start = end;
  }
  return passages;
}
