/**
 * How wide a character of a page's type is, from its pixels: type of one width leaves gaps at equal distances, which
 * stand out as a frequency of the ink along the lines.
 */
import type { ReaderConfig } from './config.ts';
import type { GreyPage } from './page.ts';

/** Of the reader's own type, what is looked at; half of it or twice as much would be an overtone. */
const [narrowest, widest] = [0.68, 1.35];
/** Of a page some 640 px wide, a peak is 0.06 px wide; the second time between the neighbours of the best. */
const tried = [160, 20];
/** The reader's own type is taken where no other fits clearly better, and where lines are too short to tell. */
const clearly = 1.5;
const leastCharacters = 24;

/** The page with the width of a character in its type, px. A page so measured is left as it is. */
export function measuredPage<Page extends GreyPage>(
  page: Page,
  { advancePx: own }: Pick<ReaderConfig, 'advancePx'>,
): Page & { readonly advancePx: number } {
  if (page.advancePx !== undefined) return { ...page, advancePx: page.advancePx };
  const ink = inkByColumn(page);
  if (ink.length < leastCharacters * own) return { ...page, advancePx: own };
  let [from, to] = [narrowest * own, widest * own];
  let [advancePx, power] = [own, clearly * powerAt(1 / own, ink)];
  for (const count of tried) {
    const step = (to - from) / count;
    for (let i = 0; i <= count; i++) {
      const width = from + i * step;
      const found = powerAt(1 / width, ink);
      if (found > power) [advancePx, power] = [width, found];
    }
    if (advancePx === own) break;
    [from, to] = [advancePx - step, advancePx + step];
  }
  return { ...page, advancePx };
}

/** As far as there is any, less its mean, so that only what changes counts. */
function inkByColumn({ widthPx, heightPx, data }: GreyPage): Float64Array {
  const sums = new Float64Array(widthPx);
  for (let row = 0; row < heightPx; row++)
    for (let x = 0; x < widthPx; x++) sums[x]! += 255 - data[row * widthPx + x]!;
  const ink = sums.subarray(0, sums.findLastIndex(sum => sum > 0) + 1);
  const mean = ink.reduce((sum, value) => sum + value, 0) / ink.length;
  return ink.map(value => value - mean);
}

/** @param frequency in turns a pixel */
function powerAt(frequency: number, ink: Float64Array): number {
  let [real, imaginary] = [0, 0];
  for (const [x, value] of ink.entries()) {
    const angle = 2 * Math.PI * frequency * x;
    real += value * Math.cos(angle);
    imaginary += value * Math.sin(angle);
  }
  return real * real + imaginary * imaginary;
}
