/** What `glyph demo` prints: each step with its figures, and all of it as one JSON value. */
import type { PageAnswer } from '../reader/index.ts';
import { quoteText } from './ask-embedded-text.ts';
import type { DemoFact } from './demo-document.ts';
import { countOf, countText, durationText, ratioText } from './figures.ts';

export interface DemoFigures {
  readonly words: number;
  readonly pages: number;
  readonly textTokens: { readonly count: number | null; readonly tokenizer: string };
  readonly visionTokens: number;
  readonly folder: string;
  readonly drawSeconds: number;
}

export interface DemoReading {
  readonly lines: number;
  readonly text: string;
  readonly characterErrorRate: number;
  readonly seconds: number;
}

export interface DemoAnswer {
  readonly fact: DemoFact;
  readonly answer: PageAnswer;
  readonly seconds: number;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

export function demoPagesText(figures: DemoFigures): string {
  const { words, pages, textTokens, visionTokens, folder, drawSeconds } = figures;
  return `
1. A document of ${countOf(words, 'word')}, with three facts hidden in it
     as text   ${countText(textTokens.count ?? 0)} tokens (${textTokens.tokenizer})
     as pages  ${countText(visionTokens)} tokens on ${countOf(pages, 'page')}, ${ratioText(ratioOf(figures))}, drawn in ${durationText(drawSeconds)}
     look at them in ${folder}
`;
}

function ratioOf({ textTokens, visionTokens }: DemoFigures): number | null {
  return textTokens.count === null || visionTokens === 0 ? null : textTokens.count / visionTokens;
}

/** Of a reading or a document, as much as fits a line. */
const beginning = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 72);

export function demoReadingText({ lines, text, characterErrorRate, seconds }: DemoReading): string {
  return `
2. The first page, read back by the embedded reader
     ${countOf(lines, 'line')} in ${durationText(seconds)}, wrong characters ${percent(characterErrorRate)}
     it begins “${beginning(text)}…”

3. What is hidden, asked
`;
}

/** `line`: it gave no answer, but a line it read out holds it. */
function outcomeOf({ fact, answer }: DemoAnswer): 'answer' | 'line' | 'wrong' {
  if (answer.supported) return answer.answer.replace(/[.\s]/g, '') === fact.answer ? 'answer' : 'wrong';
  return answer.quotes.some(({ read }) => read.includes(fact.answer)) ? 'line' : 'wrong';
}

export function demoAnswerText(asked: DemoAnswer): string {
  const { fact, answer, seconds } = asked;
  const verdicts = {
    answer: `✓ ${beginning(answer.answer)}`,
    line: `✓ no answer of its own; the line it read out has it: ${fact.answer}`,
    wrong: `✗ ${answer.supported ? beginning(answer.answer) : 'no answer'}; it is ${fact.answer}`,
  };
  return `     ${[
    fact.question,
    ...answer.quotes.map(quote => `  ${quoteText(quote)}`),
    `  ${verdicts[outcomeOf(asked)]} (${durationText(seconds)})`,
  ].join('\n     ')}\n`;
}

export function demoEndText(answers: readonly DemoAnswer[], folder: string): string {
  return `
${answers.filter(each => outcomeOf(each) !== 'wrong').length} of ${answers.length} found. Next, the same with your own text:
     glyph ask FILE "QUESTION"
     glyph read ${folder}
     glyph ask FILE "QUESTION" --model openai:gpt-4.1    a model that also reasons
`;
}

export function demoJson(
  figures: DemoFigures,
  reading: DemoReading,
  answers: readonly DemoAnswer[],
  model: string,
): string {
  return `${JSON.stringify({
    model,
    ...figures,
    ratio: ratioOf(figures),
    reading,
    answers: answers.map(asked => ({
      question: asked.fact.question,
      expected: asked.fact.answer,
      outcome: outcomeOf(asked),
      seconds: asked.seconds,
      ...asked.answer,
    })),
  })}\n`;
}
