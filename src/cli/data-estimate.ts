/** What a data set would come to: a few examples from all over it are built in memory and counted. */
import { throwIfAborted } from '../base/index.ts';
import { openBuilder } from '../data/index.ts';
import { loadFont } from '../node/index.ts';
import { type CorpusFacts, type DataJob, type JobOptions, withCorpus } from './data-job.ts';

const sampleSize = 24;

/** Means of the sample for one example. */
export interface PerExample {
  readonly pages: number;
  readonly imageBytes: number;
  readonly textTokens: number;
  readonly visionTokens: number;
  /** On one core of this machine. */
  readonly seconds: number;
}

export interface Estimate {
  readonly counts: CorpusFacts['counts'];
  readonly sample: { readonly examples: number; readonly failed: number };
  /** Of the sample, by task. */
  readonly tasks: Readonly<Record<string, number>>;
  readonly perExample: PerExample;
}

/** Errors as `buildShards`; nothing is written. */
export async function estimateData(job: DataJob, options: JobOptions): Promise<Estimate> {
  return await withCorpus(job, options, async corpus => {
    const builder = await openBuilder(job.settings, corpus, { loadFont });
    const { counts } = builder;
    const size = Math.min(sampleSize, counts.train);
    const sum = { pages: 0, imageBytes: 0, textTokens: 0, visionTokens: 0 };
    const tasks: Record<string, number> = {};
    let examples = 0;
    const startMs = performance.now();
    for (let i = 0; i < size; i++) {
      throwIfAborted(options.signal, 'build training data');
      const built = await builder.build('train', Math.floor((i * counts.train) / size));
      if ('reason' in built) continue;
      examples++;
      tasks[built.task] = (tasks[built.task] ?? 0) + 1;
      sum.pages += built.pages.length;
      sum.imageBytes += built.pages.reduce((bytes, page) => bytes + page.png.length, 0);
      sum.textTokens += built.textTokens;
      sum.visionTokens += built.visionTokens;
    }
    const mean = (total: number) => (examples === 0 ? 0 : total / examples);
    const perExample = {
      pages: mean(sum.pages),
      imageBytes: mean(sum.imageBytes),
      textTokens: mean(sum.textTokens),
      visionTokens: mean(sum.visionTokens),
      seconds: mean((performance.now() - startMs) / 1000),
    };
    return { counts, sample: { examples, failed: size - examples }, tasks, perExample };
  });
}
