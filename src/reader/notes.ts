/**
 * A question and the rows found for it, as they were read, which are the reader's thinking. What it then says is quoted from
 * text that it wrote itself, row by row: from the likeliest place, or of several things from each place in turn.
 */
import type { Delta, GenerateOptions } from '../model/index.ts';
import { createAnswerText } from './answer-text.ts';
import type { ReaderCheckpoint } from './checkpoint.ts';
import { findPlaces, mostFound } from './find-rows.ts';
import { type MarkedRow, markTokens, type RowMark } from './marks.ts';
import { createQuotation } from './quotation.ts';
import { assistantTurn, createSample, type Piece } from './sample.ts';
import { createStopText } from './stop-text.ts';
import { type Writing, type WrittenText, writeText } from './write-text.ts';

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

/** Rows of each place that the question is about, the likeliest place first; as many as leave room for an answer. */
export function notedPlaces<Row extends MarkedRow>(
  question: string,
  rows: readonly Row[],
  { config, vocabulary }: Pick<ReaderCheckpoint, 'config' | 'vocabulary'>,
): readonly (readonly Row[])[] {
  const room = config.contextTokens - Math.min(answerTokens, config.contextTokens / 4);
  const texts = rows.map(({ text }) => text);
  for (let most = mostFound; most > 0; most--) {
    const places = findPlaces(question, texts, most).map(place => place.map(index => rows[index]!));
    const { tokens } = createSample(askingPieces(question, rowsOfPlaces(places)), config, vocabulary);
    if (tokens.length <= room) return places;
  }
  return [];
}

/** Each once, in the order of the pages. */
export const rowsOfPlaces = <Row extends MarkedRow>(places: readonly (readonly Row[])[]): readonly Row[] =>
  [...new Set(places.flat())].sort(inOrder);

const inOrder = (a: RowMark, b: RowMark): number => a.page - b.page || a.row - b.row;

export interface Answered extends WrittenText {
  readonly text: string;
  /** Whether the reader would have quoted of itself; else it was about to say what stands in none of the rows. */
  readonly isSure: boolean;
  readonly reasoning: string;
  readonly reasoningTokens: number;
  /** Of question and rows, each time they were put. */
  readonly promptTokens: number;
}

export interface AnswerOptions extends GenerateOptions {
  /** Called as more is written, with how many tokens there are. */
  readonly onTokens?: ((tokens: number) => void) | undefined;
}

/** What is less likely to be quoted is no answer. */
const leastChance = 0.01;

/** Of a question to which every place may have something to say. */
const severalWords = /\b(?:all|both|each|every|list)\b/i;

/**
 * Thinking is given first, then the answer as a whole; '' where there is no place.
 * @param places as `notedPlaces` gives them
 * @throws GlyphError kind `input` where question and rows leave no room in the window
 */
export async function* answerFromPlaces(
  writing: Writing,
  question: string,
  places: readonly (readonly MarkedRow[])[],
  { stop, maxTokens = answerTokens, onTokens, ...options }: AnswerOptions,
): AsyncGenerator<Delta, Answered> {
  const { config, vocabulary } = writing;
  const thinking = createSample(askingPieces(question, rowsOfPlaces(places)), config, vocabulary);
  const thought = createAnswerText(vocabulary);
  for (const token of assistantTurn(thinking)) yield* thought.take(token);

  const isList = severalWords.test(question);
  const quoted: Quoted[] = [];
  let unsure: Quoted | undefined;
  let [promptTokens, outputTokens] = [0, 0];
  for (const rows of places) {
    const left = maxTokens - outputTokens;
    if (left <= 0 || (quoted.length > 0 && !isList)) break;
    const each = await quote(writing, question, rows, { ...options, maxTokens: left });
    promptTokens += each.promptTokens;
    outputTokens += each.outputTokens;
    onTokens?.(outputTokens);
    if (each.chance < leastChance) unsure ??= each;
    else quoted.push(each);
  }
  const isSure = quoted.length > 0;
  const taken = isSure ? quoted.sort((a, b) => inOrder(a.rows[0]!, b.rows[0]!)) : unsure ? [unsure] : [];
  const stopText = createStopText(stop);
  const items = new Set(taken.flatMap(each => each.items));
  const text = stopText.take([...items].join(', ')) + stopText.rest();
  if (text !== '') yield { type: 'text', text };
  const finishReason = taken.some(each => each.finishReason === 'length') ? 'length' : 'stop';
  const { reasoning, reasoningTokens } = thought;
  return { text, isSure, reasoning, reasoningTokens, promptTokens, outputTokens, finishReason };
}

interface Quoted extends WrittenText {
  readonly rows: readonly MarkedRow[];
  readonly items: readonly string[];
  readonly chance: number;
  readonly promptTokens: number;
}

async function quote(
  writing: Writing,
  question: string,
  rows: readonly MarkedRow[],
  options: GenerateOptions,
): Promise<Quoted> {
  const { config, vocabulary } = writing;
  const prompt = createSample(askingPieces(question, rows), config, vocabulary);
  const quotation = createQuotation(rows, vocabulary);
  const answerText = createAnswerText(vocabulary);
  const work = writeText(writing, prompt, answerText, { ...options, quotation });
  let step = await work.next();
  while (!step.done) step = await work.next();
  const { chance, items } = quotation;
  return {
    ...step.value,
    ...{ rows, chance },
    // A line's mark is no quotation.
    items: items.length > 0 ? items : [answerText.text.trim()],
    promptTokens: prompt.tokens.length,
  };
}
