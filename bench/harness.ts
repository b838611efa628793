/**
 * Measuring on noisy machines: what is compared runs in turns in the same process, each several rounds, and the median
 * counts. Ratios between columns carry over to other machines; absolute times do not.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Contender {
  readonly name: string;
  /** What must happen before a round and does not count. */
  prepare?(): void;
  /** One round; returns how much work it did, or how to find out, which does not count either. */
  run(): Promise<Work | (() => Work)> | Work;
}

export interface Work {
  readonly pages: number;
  readonly characters: number;
  readonly byteLength: number;
}

export interface Result {
  readonly name: string;
  readonly seconds: number;
  readonly pagesPerSecond: number;
  readonly charactersPerSecond: number;
  readonly bytesPerPage: number;
  readonly pages: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Runs the contenders A B C A B C …, after one round that does not count. */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const seconds = contenders.map((): number[] => []);
  const work: Work[] = [];
  for (let round = -1; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      contender.prepare?.();
      const start = performance.now();
      const done = await contender.run();
      if (round >= 0) seconds[i]!.push((performance.now() - start) / 1000);
      work[i] = typeof done === 'function' ? done() : done;
    }
  }
  return contenders.map(({ name }, i) => {
    const time = median(seconds[i]!);
    const { pages, characters, byteLength } = work[i]!;
    return {
      name,
      seconds: time,
      pagesPerSecond: pages / time,
      charactersPerSecond: characters / time,
      bytesPerPage: byteLength / Math.max(1, pages),
      pages,
    };
  });
}

/** What a folder of pages holds. */
export function folderWork(folder: string, characters: number): Work {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.png'),
  );
  const byteLength = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  return { pages: files.length, characters, byteLength };
}

const show = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });

/** Prints results as a table, each against the first row. */
export function printResults(title: string, results: readonly Result[]): void {
  console.log(`\n${title}`);
  const base = results[0]!;
  console.table(
    Object.fromEntries(
      results.map(result => [
        result.name,
        {
          pages: result.pages,
          'ms/page': show((1000 * result.seconds) / Math.max(1, result.pages), 3),
          'pages/s': show(result.pagesPerSecond),
          'Mchar/s': show(result.charactersPerSecond / 1e6, 2),
          'bytes/page': show(result.bytesPerPage),
          'first row is': result === base ? '' : `${show(result.seconds / base.seconds, 2)}x as fast`,
        },
      ]),
    ),
  );
}
