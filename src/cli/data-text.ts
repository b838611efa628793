/** What `glyph data` says, for people. */
import { addTotals, createTotals, type DataManifest, type DataSettings } from '../data/index.ts';
import type { Estimate } from './data-estimate.ts';
import type { CorpusFacts } from './data-job.ts';
import { countOf, countText, durationText, table } from './figures.ts';

const mostNamed = 5;

/** e.g. "6 documents for training, 1 for validation\nnote: left out: a.png: a PNG image, not text\n" */
export function corpusNotes(facts: CorpusFacts, { valShare }: DataSettings): string {
  const { documents, skipped, nearDuplicates } = facts;
  const near = nearDuplicates === 0 ? '' : `, ${countOf(nearDuplicates, 'near duplicate')} among them`;
  const lines = [
    `${countOf(documents.train, 'document')} for training, ${countText(documents.val)} for validation${near}`,
    ...skipped.slice(0, mostNamed).map(({ name, reason }) => `note: left out: ${name}: ${reason}`),
  ];
  if (skipped.length > mostNamed) {
    lines.push(`note: ${skipped.length - mostNamed} more left out; documents.jsonl names them all`);
  }
  if (documents.val === 0 && valShare > 0) {
    lines.push(
      'note: no document falls to validation; raise --val-share, or build it from a folder of its own',
    );
  }
  return `${lines.join('\n')}\n`;
}

export function manifestText(manifest: DataManifest | undefined, out: string, seconds: number): string {
  if (manifest === undefined) {
    return `this part is done, ${durationText(seconds)}; the manifest comes with the last of the other parts, in ${out}\n`;
  }
  const { splits } = manifest;
  const sum = createTotals();
  for (const totals of [splits.train, splits.val]) if (totals !== undefined) addTotals(sum, totals);
  const val = splits.val === undefined ? '' : ` (${countText(splits.val.examples)} for validation)`;
  const parts = [
    `${countOf(sum.examples, 'example')}${val}`,
    `${countOf(sum.pages, 'page')} of ${bytesText(sum.imageBytes)}`,
    `${countText(sum.textTokens)} text and ${countText(sum.visionTokens)} vision tokens`,
    ...(sum.failed === 0 ? [] : [`${countText(sum.failed)} failed`]),
    durationText(seconds),
    `in ${out}`,
  ];
  return `${parts.join(', ')}\n`;
}

export function estimateText({ counts, sample, tasks, perExample }: Estimate): string {
  const all = counts.train + counts.val;
  const rows = [
    ['', 'an example', `all ${countText(all)}`],
    ['pages', perExample.pages.toFixed(1), countText(Math.round(all * perExample.pages))],
    ['images', bytesText(perExample.imageBytes), bytesText(all * perExample.imageBytes)],
    ...(['textTokens', 'visionTokens'] as const).map(key => [
      key === 'textTokens' ? 'text tokens' : 'vision tokens',
      countText(Math.round(perExample[key])),
      countText(Math.round(all * perExample[key])),
    ]),
    ['time on one core', durationText(perExample.seconds), durationText(all * perExample.seconds)],
  ];
  const named = Object.entries(tasks).map(([task, count]) => `${task} ${count}`);
  const failed = sample.failed === 0 ? '' : `, ${countText(sample.failed)} failed`;
  return `${table(rows, [1, 2])}\nFrom ${countOf(sample.examples, 'example')}${failed}: ${named.join(', ')}. Nothing was written.\n`;
}

/** 225123 → "225 kB" */
export function bytesText(bytes: number): string {
  for (const [unit, size] of [
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
  ] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(bytes >= 10 * size ? 0 : 1)} ${unit}`;
  }
  return `${Math.round(bytes / 1e3)} kB`;
}
