/** Which characters are read as which: from the alignment of what was read with what was there (Levenshtein). */

export interface Transcription {
  readonly read: string;
  readonly target: string;
}

/** Of a transcription: aligning takes time by the square of it. */
const mostCharacters = 1200;
/** A longer run of differences is a lost line, not a confusion. */
const longest = 2;
const most = 12;

/** "l→I" for a character read as another, "x→" for one left out, "→x" for one too many; the most frequent first. */
export function confusionsIn(
  transcriptions: readonly Transcription[],
): (readonly [what: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { read, target } of transcriptions) {
    for (const what of differences(plain(read), plain(target))) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
}

const plain = (text: string): string[] => [...text.replace(/[\s¶↵]+/g, ' ').trim()].slice(0, mostCharacters);

function differences(read: readonly string[], target: readonly string[]): string[] {
  const width = read.length + 1;
  const costs = new Uint16Array(width * (target.length + 1));
  for (let j = 0; j < width; j++) costs[j] = j;
  for (let i = 1; i <= target.length; i++) {
    costs[i * width] = i;
    for (let j = 1; j < width; j++) {
      const same = costs[(i - 1) * width + j - 1]! + (target[i - 1] === read[j - 1] ? 0 : 1);
      costs[i * width + j] = Math.min(same, costs[(i - 1) * width + j]! + 1, costs[i * width + j - 1]! + 1);
    }
  }
  const found: string[] = [];
  let [from, to] = ['', ''];
  const end = () => {
    if (from !== to && from.length <= longest && to.length <= longest) found.push(`${from}→${to}`);
    [from, to] = ['', ''];
  };
  let [i, j] = [target.length, read.length];
  while (i > 0 || j > 0) {
    const here = costs[i * width + j]!;
    const isSame = i > 0 && j > 0 && target[i - 1] === read[j - 1] && costs[(i - 1) * width + j - 1] === here;
    if (isSame) {
      end();
      i--;
      j--;
      continue;
    }
    if (i > 0 && j > 0 && costs[(i - 1) * width + j - 1] === here - 1)
      [from, to] = [target[--i] + from, read[--j] + to];
    else if (i > 0 && costs[(i - 1) * width + j] === here - 1) from = target[--i] + from;
    else to = read[--j] + to;
  }
  end();
  return found;
}
