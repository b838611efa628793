/** What is said while training data is built: notes on the corpus, then a line with pages, speed and time left. */
import { planShards } from '../data/index.ts';
import type { Terminal } from './command.ts';
import type { DataJob, DataJobEvent } from './data-job.ts';
import { corpusNotes } from './data-text.ts';
import { countOf } from './figures.ts';
import { createProgress, type Progress } from './progress.ts';

export interface DataProgress {
  readonly show: (event: DataJobEvent) => void;
  clear(): void;
}

export const noProgress: DataProgress = { show: () => {}, clear: () => {} };

/** @param say prints a note */
export function startDataProgress(
  job: DataJob,
  terminal: Terminal,
  say: (text: string) => void,
): DataProgress {
  let line: Progress | undefined;
  let isReading = false;
  let [examples, built, pages, found] = [0, 0, 0, 0];

  const clearLine = () => {
    line?.clear();
    if (isReading) terminal.err('\r\x1b[K');
    isReading = false;
  };
  const showReading = (part: number) => {
    if (!terminal.isErrTerminal || line !== undefined) return;
    isReading = true;
    terminal.err(`\r\x1b[Kreading the corpus, ${Math.floor(100 * part)} %`);
  };

  return {
    show(event) {
      switch (event.type) {
        case 'corpus-read':
          showReading(event.part);
          return;
        case 'corpus-opened': {
          if (line !== undefined) return; // each thread opens it
          clearLine();
          say(corpusNotes(event.facts, job.settings));
          const shards = planShards(event.facts.counts, job.settings.shardSize);
          const own = shards.filter((_, i) => i % job.share.of === job.share.part);
          examples = own.reduce((sum, shard) => sum + shard.count, 0);
          line = createProgress(terminal);
          return;
        }
        case 'shard-found':
          examples -= event.totals.examples + event.totals.failed;
          found += event.totals.examples;
          return;
        case 'example-built':
          built++;
          pages += event.pages;
          line?.update(pages, built / Math.max(built, examples));
          return;
        case 'shard-built':
          if (event.totals.failed === 0) return;
          clearLine();
          say(
            `note: ${countOf(event.totals.failed, 'example')} of ${event.shard} could not be made; its summary in shards/ says why\n`,
          );
          return;
        default:
          event satisfies never;
      }
    },
    clear() {
      clearLine();
      if (found > 0) say(`${countOf(found, 'example')} from an earlier run\n`);
      found = 0;
    },
  };
}
