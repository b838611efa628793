/**
 * The table of `runs/ablation.sh`: `npx tsx runs/ablation-table.ts RUNS QUESTIONS BOOK`. Of each reader, answers that are right
 * (over lines as they are, so that the second figure does not count in the first) and characters of BOOK that are wrong; means over seeds with their standard errors. Writes RUNS/ablation.md.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../src/base/index.ts';
import { parseConfig } from '../src/config/index.ts';
import { cleanText } from '../src/data/index.ts';
import { meanScore } from '../src/eval/index.ts';
import { openReader } from '../src/node/index.ts';
import { type Reader, readerPageConfig } from '../src/reader/index.ts';
import { loadTextTokenizer } from '../src/tokens/index.ts';
import { askQuestions } from './ask-questions.ts';
import { readFirstPage, summarise } from './read-errors.ts';

const [runs = '', questions = '', bookPath = ''] = process.argv.slice(2);
/** Names of runs, and what they are called. */
const readers = [
  ['final', 'final'],
  ['without-ocr-in-rl', 'without OCR in RL'],
  ['sft-with', 'without RL'],
  ['without-ocr-in-sft', 'without OCR in SFT'],
] as const;
const pages = 6;

await loadTextTokenizer();
const book = cleanText(await readFile(bookPath, 'utf8'));
const random = createRandom('ablation');
const places = Array.from({ length: pages }, () => random.integer(0, book.length - 5000));

async function wrongCharacters(reader: Reader): Promise<number> {
  const config = parseConfig({ pageSize: [640, 192] }, readerPageConfig(reader.limits));
  const read = async (png: Uint8Array) => {
    let text = '';
    for await (const row of reader.readPage(png)) text += row.text;
    return text;
  };
  const reads = [];
  for (const start of places)
    reads.push(
      await readFirstPage(read, book.slice(book.indexOf(' ', start) + 1, start + 4000), config, reader),
    );
  return 100 * summarise(reads).errorRate;
}

const percent = (values: readonly number[]) => {
  const { mean, stderr = 0 } = meanScore(values);
  return `${mean.toFixed(2)} ± ${stderr.toFixed(2)}`;
};

const seeds = (await readdir(runs)).filter(name => /^\d+$/.test(name)).sort();
const lines = ['| reader | right answers, % | wrong characters, % |', '| --- | --- | --- |'];
for (const [name, title] of readers) {
  const [right, wrong]: [number[], number[]] = [[], []];
  for (const seed of seeds) {
    const reader = await openReader(join(runs, seed, name, 'model'));
    right.push(100 * meanScore([...(await askQuestions(reader, questions, 'lines')).values()].flat()).mean);
    wrong.push(await wrongCharacters(reader));
    console.log(seed, name, right.at(-1), wrong.at(-1));
    await reader.close();
  }
  lines.push(`| ${title} | ${percent(right)} | ${percent(wrong)} |`);
}
await writeFile(join(runs, 'ablation.md'), `${lines.join('\n')}\n`);
process.exit(0);
