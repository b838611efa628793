/**
 * MMLongBench-Doc's rules (mayubo2333/MMLongBench-Doc, `eval/eval_score.py`): how an extracted answer is compared
 * depends on the kind of the target; accuracy and F1 over samples of which some cannot be answered.
 */
import { GlyphError } from '../../base/index.ts';
import { anls } from './anls.ts';
import { mean } from './mean.ts';
import { readPythonList } from './python-list.ts';
import { decimalPlaces, parseNumber, roundHalfEven } from './python-number.ts';
import { strip, stripEnd } from './python-text.ts';

/** The data's `answer_format`. */
export type AnswerFormat = 'Int' | 'Float' | 'Str' | 'List' | 'None';

/**
 * 0 to 1. Lists are Python literals like `['a', 'b']`.
 * @throws GlyphError kind `input` where the target is not of its format
 */
export function mmlongbenchScore(prediction: string, target: string, format: AnswerFormat): number {
  switch (format) {
    case 'Int':
      return intScore(prediction, target);
    case 'Float':
      return floatScore(cleanAnswer(prediction), cleanAnswer(target), target);
    case 'Str':
    case 'None':
      return textScore(cleanAnswer(prediction), cleanAnswer(target));
    case 'List':
      return listScore(prediction, target);
    default:
      return format satisfies never;
  }
}

/** Lower case, without parentheses, outer quotes, leading $ and trailing %. */
export function cleanAnswer(text: string): string {
  const open = removeParentheses(strip(text.toLowerCase()));
  const unquoted = strip(strip(open).replace(/^['"]|['"]$/g, ''));
  return strip(strip(unquoted.replace(/^\$+/, '')).replace(/%+$/, ''));
}

/** From each "(" to the next ")", with the space before it. */
function removeParentheses(text: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('(', from);
    const end = start === -1 ? -1 : text.indexOf(')', start);
    if (end === -1) return kept + text.slice(from);
    kept += stripEnd(text.slice(from, start));
    from = end + 1;
  }
}

/** The prediction's fraction is cut off: 8.9 is 8. */
function intScore(prediction: string, target: string): number {
  const wanted = parseNumber(target);
  if (!Number.isInteger(wanted)) throw badTarget('a whole number', target);
  const predicted = parseNumber(prediction);
  return predicted !== undefined && Math.trunc(predicted) === wanted ? 1 : 0;
}

/** Equal within 1%, or after rounding to the fewer decimals; a percentage equals its fraction. */
function floatScore(prediction: string, cleaned: string, target: string): number {
  const wanted = parseNumber(cleaned);
  if (wanted === undefined) throw badTarget('a number', target);
  const predicted = parseNumber(prediction);
  if (predicted === undefined) return 0;
  return [wanted / 100, wanted, wanted * 100].some(value => isClose(predicted, value)) ? 1 : 0;
}

function isClose(a: number, b: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  if (Math.abs(a - b) <= 0.01 * Math.max(Math.abs(a), Math.abs(b))) return true;
  const places = Math.max(2, Math.min(decimalPlaces(a) ?? 3, decimalPlaces(b) ?? 3));
  return roundHalfEven(a, places) === roundHalfEven(b, places);
}

function textScore(prediction: string, target: string): number {
  if (!mustMatchExactly(target)) return anls(prediction, target);
  return prediction === target ? 1 : 0;
}

/** Addresses, file names, page references, numbers like those of telephones, times, dates. */
function mustMatchExactly(target: string): boolean {
  return (
    target.includes('https://') ||
    /\.py$|ipynb$|^page|a\.m\.|p\.m\./.test(target) ||
    /^\p{Nd}+(?:[-\s]\p{Nd}+)?$/u.test(target) ||
    /^\p{Nd}{4}[-\s]\p{Nd}{2}[-\s]\p{Nd}{2}$/u.test(target) ||
    /^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$/.test(target)
  );
}

/** Both sorted; of different length: 0. */
function listScore(prediction: string, target: string): number {
  const wanted = elementsOf(target);
  if (wanted === undefined) throw badTarget('a list like ["a", "b"]', target);
  const predicted = elementsOf(prediction);
  if (predicted?.length !== wanted.length) return 0;
  const [targets, predictions] = [wanted.map(cleanAnswer).sort(), predicted.map(cleanAnswer).sort()];
  const [first] = targets;
  if (first === undefined) return 1;
  if (parseNumber(first) !== undefined || mustMatchExactly(first))
    return targets.join('-') === predictions.join('-') ? 1 : 0;
  return Math.min(...targets.map((element, i) => anls(predictions[i]!, element)));
}

/** What is no list is a list of one. */
const elementsOf = (text: string) => (text.startsWith('[') ? readPythonList(text) : [text]);

const badTarget = (expected: string, target: string) =>
  new GlyphError({
    kind: 'input',
    operation: 'score an answer of MMLongBench-Doc',
    expected: `a target that is ${expected}`,
    actual: JSON.stringify(target.slice(0, 80)),
  });

/** What the data and the extracted answers say where the document does not tell. */
const notAnswerable = 'Not answerable';

export interface ScoredAnswer {
  /** As extracted. */
  readonly prediction: string;
  readonly target: string;
  /** 0 to 1. */
  readonly score: number;
}

export interface AccuracyAndF1 {
  readonly accuracy: number;
  /** Of the score on answerable questions: recall over these, precision over those the model answered. */
  readonly f1: number;
}

/** @throws GlyphError kind `input` where there is no sample */
export function mmlongbenchAccuracy(samples: readonly ScoredAnswer[]): AccuracyAndF1 {
  const accuracy = mean(samples.map(sample => sample.score));
  const answerable = samples.filter(sample => sample.target !== notAnswerable);
  const answered = samples.filter(sample => sample.prediction !== notAnswerable);
  const sum = answerable.reduce((total, sample) => total + sample.score, 0);
  if (sum === 0 || answered.length === 0) return { accuracy, f1: 0 };
  const [recall, precision] = [sum / answerable.length, sum / answered.length];
  return { accuracy, f1: (2 * recall * precision) / (recall + precision) };
}
