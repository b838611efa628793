/** A page to read: words in no order, so that nothing can be guessed, with numbers, a code and punctuation among them. */
import { createRandom } from '../../base/index.ts';

const words =
  'amber bridge candle dolphin engine forest garden harbour island jacket kitten lantern marble needle orchard pepper quarry ribbon saddle timber umbrella velvet window yellow zephyr autumn button copper desert feather'.split(
    ' ',
  );

/** A dozen lines; the same for the same seed. */
export function canaryText(seed: string): string {
  const random = createRandom(`canary ${seed}`);
  const word = () => random.pick(words);
  return Array.from({ length: 12 }, (_, row) => {
    const line = Array.from({ length: 7 }, word);
    if (row % 3 === 1) line[3] = String(random.integer(10_000, 99_999));
    const text = line.join(' ');
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
  }).join('\n');
}
