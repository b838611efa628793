/** The log-probability of tokens, from which every stage's loss is made, and the weighted cross-entropy. */
import { logSoftmax } from './activation.ts';
import { apply, checkDtype, withGradient } from './apply.ts';
import { sum } from './broadcast.ts';
import { div, exp, maximum, mul, neg, sub } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { oneHot } from './lookup.ts';
import { reshape } from './rearrange.ts';
import { sameShape, shapeText, traceError } from './shape.ts';

/**
 * Log of the probability of each target: `[…, vocabulary], […] → […]`. Targets must lie in the vocabulary, those that
 * do not count too: give these weight 0.
 */
export function logProbability(logits: Tensor, targets: Tensor): Tensor {
  checkDtype('logProbability targets', targets, 'int32', 'int64');
  const vocabulary = logits.shape.at(-1) ?? 0;
  if (!sameShape(logits.shape.slice(0, -1), targets.shape) || vocabulary === 0)
    throw traceError(
      'logProbability',
      'logits […, vocabulary] and targets […]',
      `${shapeText(logits.shape)} and ${shapeText(targets.shape)}`,
    );
  const all = logSoftmax(logits);
  const column = [...targets.shape, 1];
  const picked = apply('GatherElements', [all, reshape(targets, column)], {
    shape: column,
    attributes: { axis: -1 },
  });
  return withGradient(reshape(picked, targets.shape), [logits], g => [
    mul(sub(oneHot(targets, vocabulary), exp(all)), reshape(g, column)),
  ]);
}

/**
 * The mean of `-log p(target)`, each target with its weight; 0 where all weights are 0.
 * @param weights of the targets' shape, e.g. 1 for an answer's tokens and 0 for the question's
 */
export function crossEntropy(logits: Tensor, targets: Tensor, weights: Tensor): Tensor {
  const total = maximum(sum(weights), 1e-9);
  return neg(div(sum(mul(logProbability(logits, targets), weights)), total));
}
