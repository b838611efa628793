/** BLEU of one text (Papineni et al., 2002): n-grams of one to four words, equal weights, no smoothing. */

/** 0 to 1; 0 where no run of four words agrees. */
export function bleu(prediction: readonly string[], target: readonly string[]): number {
  if (prediction.length === 0) return 0;
  let logSum = 0;
  for (let n = 1; n <= 4; n++) logSum += Math.log(precision(prediction, target, n)) / 4;
  const brevity = Math.min(0, 1 - target.length / prediction.length);
  return Math.exp(logSum + brevity);
}

/** The share of the prediction's n-grams that the target has, each at most as often as there. */
function precision(prediction: readonly string[], target: readonly string[], n: number): number {
  const left = new Map<string, number>();
  for (const gram of grams(target, n)) left.set(gram, (left.get(gram) ?? 0) + 1);
  let shared = 0;
  for (const gram of grams(prediction, n)) {
    const count = left.get(gram) ?? 0;
    if (count === 0) continue;
    left.set(gram, count - 1);
    shared++;
  }
  return shared / Math.max(1, prediction.length - n + 1);
}

/** Words hold no space, so a line end between them keeps n-grams apart. */
function* grams(words: readonly string[], n: number): Generator<string> {
  for (let i = 0; i + n <= words.length; i++) yield words.slice(i, i + n).join('\n');
}
