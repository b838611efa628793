/**
 * A question and the rows found for it, as they were read, which are the reader's thinking. What it then says rests on text
 * that it wrote itself, row by row.
 */
import type { Delta, GenerateOptions } from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import type { Engine } from './engine.ts';
import { findRows, mostFound } from './find-rows.ts';
import { writeTokens } from './generate.ts';
import { markTokens, type RowMark } from './marks.ts';
import { createSample, type Piece } from './sample.ts';
import { specialId, type Vocabulary } from './vocabulary.ts';

/** A row's text with the space or newline that ends it. */
export interface MarkedRow extends RowMark {
  readonly text: string;
}

/** What the reader is given before it answers. */
export const askingPieces = (question: string, rows: readonly MarkedRow[]): readonly Piece[] => [
  { type: 'special', token: 'user' },
  { type: 'text', text: question },
  ...thinkingPieces(rows),
];

/** Of the assistant's turn. */
export function thinkingPieces(rows: readonly MarkedRow[]): readonly Piece[] {
  let before: RowMark | undefined;
  return [
    { type: 'special', token: 'assistant' },
    { type: 'special', token: 'think' },
    ...rows.flatMap((row): readonly Piece[] => {
      const marks = markTokens(row, before);
      before = row;
      return [...marks.map(token => ({ type: 'special', token }) as const), { type: 'text', text: row.text }];
    }),
    { type: 'special', token: 'think-end' },
  ];
}

/** Kept free in the window for an answer: some words. */
export const answerTokens = 160;

/** Those of the rows that the question is about, as many as leave room for an answer. */
export function notedRows<Row extends MarkedRow>(
  question: string,
  rows: readonly Row[],
  { config, vocabulary }: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
): readonly Row[] {
  const room = config.contextTokens - Math.min(answerTokens, config.contextTokens / 4);
  const texts = rows.map(({ text }) => text);
  for (let most = mostFound; most > 0; most--) {
    const found = findRows(question, texts, most).map(index => rows[index]!);
    const { tokens } = createSample(askingPieces(question, found), config, vocabulary);
    if (tokens.length <= room) return found;
  }
  return [];
}

/** The tokens of that turn, for showing it as text. */
const thinkingTokens = (
  rows: readonly MarkedRow[],
  { config, vocabulary }: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
): Int32Array => createSample(thinkingPieces(rows), config, vocabulary).tokens;

export interface Answered {
  readonly text: string;
  readonly reasoning: string;
  readonly reasoningTokens: number;
  /** Written here, the rows apart. */
  readonly outputTokens: number;
  readonly finishReason: 'stop' | 'length';
}

interface Answering extends Pick<ReaderCheckpoint, 'config'> {
  readonly engine: Engine;
  readonly vocabulary: Vocabulary;
}

/**
 * Thinking is given first, then the answer as it is written.
 * @throws GlyphError kind `input` where question and rows leave no room in the window
 */
export async function* answerFromRows(
  reader: Answering,
  question: string,
  rows: readonly MarkedRow[],
  { stop, ...options }: GenerateOptions,
): AsyncGenerator<Delta, Answered> {
  const { config, vocabulary, engine } = reader;
  const sample = createSample(askingPieces(question, rows), config, vocabulary);
  const answerText = createAnswerText(vocabulary, stop);
  for (const token of thinkingTokens(rows, reader))
    if (token !== specialId('assistant')) yield* answerText.take(token);
  let outputTokens = 0;
  let finishReason: Answered['finishReason'] = 'stop';
  for await (const [written] of writeTokens(engine, reader, [sample], options)) {
    if (typeof written !== 'number') {
      finishReason = written ?? 'stop';
      break;
    }
    outputTokens++;
    yield* withoutFirstSpace(answerText.take(written), answerText.text);
    if (answerText.isStopped) break;
  }
  yield* withoutFirstSpace(answerText.end(), answerText.text);
  const { text, reasoning, reasoningTokens } = answerText;
  return { text: text.trimStart(), reasoning, reasoningTokens, outputTokens, finishReason };
}

/** An answer begins with a space, as the words that it copies do. @param text of the answer, these included */
const withoutFirstSpace = (deltas: readonly Delta[], text: string): readonly Delta[] =>
  deltas.map(delta =>
    delta.type === 'text' && delta.text === text ? { ...delta, text: text.trimStart() } : delta,
  );
