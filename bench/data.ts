/**
 * Building training data, one thread and two, into a folder: pages and tokens a second of the processor, how far a second
 * core helps, and from that what a billion tokens cost. The examples and bytes are the same each time.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataJob } from '../src/cli/data-job.ts';
import { runInThread } from '../src/cli/data-thread.ts';
import { pageConfigFor } from '../src/compress/index.ts';
import {
  addTotals,
  createTotals,
  defaultSettings,
  type Stage,
  type Totals,
  tasksOf,
} from '../src/data/index.ts';
import { textOf } from './texts.ts';

interface Measured {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly totals: Totals;
}

async function build(corpus: string, stage: Stage, examples: number, threads: number): Promise<Measured> {
  const out = mkdtempSync(join(tmpdir(), 'glyph-bench-data-'));
  const job = (part: number): DataJob => ({
    settings: {
      ...defaultSettings,
      stage,
      examples,
      tasks: tasksOf(stage),
      pages: stage === 'pretrain' ? 'mixture' : pageConfigFor(defaultSettings.model),
      valShare: 0,
      shardSize: 16,
    },
    format: 'swift',
    corpus,
    input: { encoding: undefined, invalid: 'replace', gitignore: 'honour', exclude: out },
    out,
    share: { part, of: threads },
  });
  const [start, usage] = [performance.now(), process.cpuUsage()];
  const options = { signal: new AbortController().signal, onEvent: () => {} };
  const manifests = await Promise.all(
    Array.from({ length: threads }, (_, part) => runInThread(job(part), options)),
  );
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(usage);
  rmSync(out, { recursive: true });
  const totals = createTotals();
  for (const split of Object.values(manifests.find(each => each !== undefined)!.splits))
    addTotals(totals, split);
  return { seconds, processorSeconds: (user + system) / 1e6, totals };
}

export async function benchData({ quick }: { readonly quick: boolean }): Promise<void> {
  const corpus = mkdtempSync(join(tmpdir(), 'glyph-bench-corpus-'));
  for (let i = 0; i < 4; i++)
    writeFileSync(join(corpus, `${i}.txt`), `${i}\n${textOf('english', 500_000 + i)}`);
  for (const stage of ['pretrain', 'sft'] as const) {
    const examples = quick ? 200 : 1000;
    const table: Record<string, object> = {};
    const one = await build(corpus, stage, examples, 1);
    const two = await build(corpus, stage, examples, 2);
    for (const [name, { seconds, processorSeconds, totals }] of Object.entries({
      '1 thread': one,
      '2 threads': two,
    })) {
      const tokens = totals.textTokens + totals.visionTokens;
      table[name] = {
        pages: totals.pages,
        'pages/s': Math.round(totals.pages / seconds),
        'pages/s of the processor': Math.round(totals.pages / processorSeconds),
        'tokens/page': Math.round(tokens / totals.pages),
        'kB/page': (totals.imageBytes / totals.pages / 1000).toFixed(1),
        'core-hours a billion tokens': ((processorSeconds / tokens) * (1e9 / 3600)).toFixed(1),
        'GB a billion tokens': (totals.imageBytes / tokens).toFixed(0),
        'as fast': (one.seconds / seconds).toFixed(2),
      };
    }
    console.log(`\ntraining data: ${examples} examples of ${stage}`);
    console.table(table);
  }
  rmSync(corpus, { recursive: true });
}
