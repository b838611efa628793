/**
 * Counting text tokens against the package that ships the vocabulary, in the same run; and what the price of one image
 * costs to work out.
 */
import { countTokens as countByPackage } from 'gpt-tokenizer/encoding/o200k_base';
import { countTextTokens, modelTable, snapPage, visionTokens } from '../src/tokens/index.ts';
import { compare, median } from './harness.ts';
import { textOf } from './texts.ts';

/** Mean microseconds of `work` over every family of the table, median of several rounds. */
function perFamily(rounds: number, work: (family: string) => void): number {
  const families = modelTable().map(row => row.family);
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      for (const family of families) work(family);
      return ((performance.now() - start) * 1000) / families.length;
    }),
  );
}

export async function benchTokens({ quick }: { readonly quick: boolean }): Promise<void> {
  const rows: Record<string, Record<string, string>> = {};
  for (const name of ['english', 'code', 'chinese'] as const) {
    const text = textOf(name, quick ? 300_000 : 2_000_000);
    const megabytes = Buffer.byteLength(text) / 1e6;
    const work = (tokens: number) => ({ pages: tokens, characters: text.length, byteLength: megabytes });
    const [ours, theirs] = await compare(
      [
        { name: 'ours', run: async () => work((await countTextTokens(text)).tokens) },
        { name: 'gpt-tokenizer', run: () => work(countByPackage(text, { disallowedSpecial: new Set() })) },
      ],
      quick ? 3 : 5,
    );
    rows[name] = {
      tokens: String(ours!.pages),
      'same count': ours!.pages === theirs!.pages ? 'yes' : 'NO',
      'MB/s': (megabytes / ours!.seconds).toFixed(1),
      'gpt-tokenizer MB/s': (megabytes / theirs!.seconds).toFixed(1),
      faster: `${(theirs!.seconds / ours!.seconds).toFixed(1)}x`,
    };
  }
  console.log('\nCounting o200k_base tokens');
  console.table(rows);
  const vision = perFamily(50, family => visionTokens(family, 595, 842));
  const snap = perFamily(50, family => snapPage(family, 595, 842));
  console.log(`one image: visionTokens ${vision.toFixed(1)} µs, snapPage ${snap.toFixed(1)} µs`);
}
