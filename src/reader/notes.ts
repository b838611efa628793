/**
 * A question and the rows found for it, as they were read, which are the reader's thinking. What it then says rests on text
 * that it wrote itself, row by row.
 */
import type { Delta, GenerateOptions } from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import { findRows, mostFound } from './find-rows.ts';
import { markTokens, type RowMark } from './marks.ts';
import { assistantTurn, createSample, type Piece } from './sample.ts';
import { type Writing, type WrittenText, writeText } from './write-text.ts';

/** A row's text with the space or newline that ends it. */
export interface MarkedRow extends RowMark {
  readonly text: string;
}

/** What the reader is given before it answers. */
export function askingPieces(question: string, rows: readonly MarkedRow[]): readonly Piece[] {
  let before: RowMark | undefined;
  return [
    { type: 'special', token: 'user' },
    { type: 'text', text: question },
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

export interface Answered extends WrittenText {
  readonly text: string;
  readonly reasoning: string;
  readonly reasoningTokens: number;
  /** Of question and rows. */
  readonly promptTokens: number;
}

/**
 * Thinking is given first, then the answer as it is written.
 * @throws GlyphError kind `input` where question and rows leave no room in the window
 */
export async function* answerFromRows(
  writing: Writing,
  question: string,
  rows: readonly MarkedRow[],
  { stop, ...options }: GenerateOptions,
): AsyncGenerator<Delta, Answered> {
  const { config, vocabulary } = writing;
  const sample = createSample(askingPieces(question, rows), config, vocabulary);
  const answerText = createAnswerText(vocabulary, stop);
  for (const token of assistantTurn(sample)) yield* answerText.take(token);
  const answer = writeText(writing, sample, answerText, options);
  let step = await answer.next();
  while (!step.done) {
    yield withoutFirstSpace(step.value, answerText.text);
    step = await answer.next();
  }
  const { text, reasoning, reasoningTokens } = answerText;
  const promptTokens = sample.tokens.length;
  return { ...step.value, text: text.trimStart(), reasoning, reasoningTokens, promptTokens };
}

/** An answer begins with a space, as the words that it copies do. @param text of the answer, the delta's included */
const withoutFirstSpace = (delta: Delta, text: string): Delta =>
  delta.type === 'text' && delta.text === text ? { ...delta, text: text.trimStart() } : delta;
