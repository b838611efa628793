/**
 * Material → a question over its pages, worded for SFT (the answer after thinking that quotes the lines it rests on, each
 * with its mark) or for RL (the question alone; what a reward needs beside it).
 */
import type { Random } from '../../base/index.ts';
import { createBudget } from '../budget.ts';
import { cutText } from '../clean-text.ts';
import { type DrawContext, type Drawn, drawPages, type TextPage } from '../draw.ts';
import type { AnswerKey, ExampleMessage } from '../example.ts';
import { linesOf, markedText } from '../marked-lines.ts';
import type { Material } from '../material.ts';
import { marksFor } from '../pretrain/task.ts';
import { locate, markOf } from './locate.ts';
import type { Question, QuestionTask } from './question.ts';

export interface QuestionRequest {
  readonly stage: 'sft' | 'rl';
  readonly task: QuestionTask;
  readonly material: Material;
  readonly random: Random;
  readonly maxTokens: number;
  /** Of them, kept for the question and its answer. */
  readonly answerTokens: number;
  readonly maxPages: number;
  readonly context: DrawContext;
}

export interface BuiltQuestion {
  readonly messages: readonly ExampleMessage[];
  readonly pages: readonly TextPage[];
  readonly key: AnswerKey;
}

/** Planted facts must be on the pages: where they are not, the text is planted again, shorter. */
const maxRounds = 3;

/** @returns why not, where nothing can be asked of the material */
export async function buildQuestion(request: QuestionRequest): Promise<BuiltQuestion | string> {
  const { task, material, random, maxTokens, answerTokens, maxPages, context } = request;
  const { config, title, capacity } = material;
  const wanted = random.integer(1, maxPages);
  let length = Math.round((wanted - 1 + 0.2 + 0.8 * random.next()) * capacity);
  for (let round = 0; round < maxRounds; round++) {
    const prepared = task(cutText(material.text, length), random);
    if (prepared === undefined) return 'a text that does not suit the task';
    const budget = createBudget(maxTokens);
    const takes = (page: TextPage) => budget.spend(page.visionTokens, answerTokens);
    const drawn = await drawPages({ text: prepared.text, config, title, maxPages, takes }, context);
    if (typeof drawn === 'string') return drawn;
    const question = drawn.pages.length === 0 ? undefined : prepared.ask(drawn, random);
    const built = question === undefined ? undefined : word(request.stage, prepared.text, drawn, question);
    if (built !== undefined) return built;
    if (drawn.isWhole) break;
    length = Math.floor(0.8 * (drawn.pages.at(-1)?.span.end ?? length / 2));
  }
  return 'nothing to ask about on the pages';
}

/** Undefined where the evidence is not on the pages. */
function word(
  stage: 'sft' | 'rl',
  text: string,
  { pages }: Drawn,
  { question, answer, targets, reward, evidence, quoted = evidence }: Question,
): BuiltQuestion | undefined {
  const ranges = evidence.map(span => locate(pages, span));
  if (ranges.some(found => found === undefined)) return undefined;
  const lines = linesOf(text, pages);
  const key = {
    reward,
    answer,
    targets,
    evidence: ranges
      .flatMap(found => found ?? [])
      .map(markOf)
      .join(' '),
    lines: pages.map(({ number }) => lines.filter(({ page }) => page === number).map(line => line.text)),
  };
  const asked = { role: 'user', content: `${marksFor(pages)}\n${question}` } as const;
  if (stage === 'rl') return { messages: [asked], pages, key };
  const quotes = quoted
    .flatMap(span => locate(pages, span) ?? [])
    .flatMap(({ page, first, last }) =>
      lines.filter(line => line.page === page && line.line >= first && line.line <= last),
    );
  const content = `<think>\n${markedText(quotes)}\n</think>\n${answer}`;
  return { messages: [asked, { role: 'assistant', content }], pages, key };
}
