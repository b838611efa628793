/**
 * Write out strings that nobody can guess: what language teaches is no help here, so each character must be read. The
 * corpus gives none of it; all follows from the example's number.
 */
import type { Random, Weighted } from '../../base/index.ts';
import { holdsEngineMarks } from '../clean-text.ts';
import { ocrLength, transcribe } from './ocr.ts';
import { randomString, stringKinds } from './random-string.ts';
import type { PretrainTask } from './task.ts';

/** Of the examples, that have one kind of strings only. */
const pureShare = 0.4;
/** How often a string ends its line, an example's own. */
const lineEnds: readonly Weighted<number>[] = [
  [2, 0],
  [2, 0.1],
  [1, 1],
];

export const stringsTask: PretrainTask = async request => {
  const wanted = request.random.integer(1, request.maxPages);
  return await transcribe(request, randomText(request.random, ocrLength(request, wanted)), wanted);
};

/** About so long. */
function randomText(random: Random, length: number): string {
  const kinds = random.next() < pureShare ? [random.pick(stringKinds)] : stringKinds;
  const lineEnd = random.weighted(lineEnds);
  let text = '';
  while (text.length < length) {
    const string = randomString(random.pick(kinds), random);
    if (!holdsEngineMarks(string)) text += string + (random.next() < lineEnd ? '\n' : ' ');
  }
  return text.trimEnd();
}
