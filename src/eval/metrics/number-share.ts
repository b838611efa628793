/** LongBench's synthetic tasks (passage retrieval, passage count): the share of the numbers named that is the right one. */
import { GlyphError } from '../../base/index.ts';

/** `count`: target "9"; "9 of 30" scores 0.5, "09" 0. */
export function countScore(prediction: string, target: string): number {
  const numbers = prediction.match(/\p{Nd}+/gu) ?? [];
  const right = numbers.filter(number => number === target).length;
  return numbers.length === 0 ? 0 : right / numbers.length;
}

/** `retrieval`: target "Paragraph 12". @throws GlyphError kind `input` where the target names no paragraph */
export function retrievalScore(prediction: string, target: string): number {
  return countScore(prediction, numberAfter('Paragraph ', target));
}

/** `retrieval_zh`: target "段落12". @throws as `retrievalScore` */
export function retrievalZhScore(prediction: string, target: string): number {
  return countScore(prediction, numberAfter('段落', target));
}

function numberAfter(word: string, target: string): string {
  const number = new RegExp(`${word}(\\p{Nd}+)`, 'u').exec(target)?.[1];
  if (number !== undefined) return number;
  throw new GlyphError({
    kind: 'input',
    operation: 'read the target of a retrieval task',
    expected: `"${word}" and a number`,
    actual: JSON.stringify(target.slice(0, 80)),
  });
}
