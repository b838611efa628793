/** For tests: data sets in memory that a tiny reader trains on, from `src/data` over made-up English and by hand. */
import { parseConfig, preset } from '../../config/index.ts';
import { buildShards, defaultSettings, type Stage, tasksOf } from '../../data/index.ts';
import { createMemoryStore } from '../../data/test/memory-store.ts';
import { english, memoryCorpus } from '../../data/test/texts.ts';
import { loadFont } from '../../node/load-font.ts';
import { renderPages } from '../../render/index.ts';
import type { DataFiles } from '../data-set.ts';

/** Pages of 4 lines of 42 characters: 32 patches of the tiny reader. */
const tinyPages = parseConfig({ pageSize: [256, 48] }, preset('embedded'));

export type Files = Map<string, Uint8Array>;

export const dataFiles = (files: Files): DataFiles => ({
  read: async path => {
    const bytes = files.get(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  },
  readBytes: async path => files.get(path),
});

/** As `glyph data STAGE` builds it. */
export async function builtData(stage: Stage, examples: number): Promise<Files> {
  const store = createMemoryStore();
  const settings = {
    ...defaultSettings,
    stage,
    tasks: stage === 'pretrain' ? { ocr: 1 } : { ...tasksOf(stage), 'which-page': 0 },
    examples,
    model: 'embedded',
    maxTokens: 500,
    maxPages: 1,
    ocrMarks: 'lines' as const,
    valShare: 0,
    pages: tinyPages,
  };
  const corpus = await memoryCorpus({ 'train.txt': english(40_000) });
  const generator = { name: 'glyph', version: '0.0.0-test' };
  await buildShards({ settings, format: 'jsonl', corpus, generator }, { store, loadFont });
  return store.files;
}

const manifest = (stage: Stage) => ({
  dataSet: 'by-hand',
  format: 'jsonl',
  settings: { stage, model: 'embedded', pages: tinyPages },
  shards: [{ shard: 'train-00000', file: 'train/00000.jsonl' }],
});

/** Rows by hand, over one page that says "yes or no". */
export async function handMadeData(stage: Stage, rows: readonly object[]): Promise<Files> {
  const files: Files = new Map();
  const put = (path: string, text: string) => files.set(path, new TextEncoder().encode(text));
  put('manifest.json', JSON.stringify(manifest(stage)));
  put('train/00000.jsonl', rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  for await (const { png } of renderPages('yes or no', tinyPages, { loadFont }))
    files.set('images/page.png', png);
  return files;
}

const asked = { role: 'user', content: '<image>\nWhich?' };
const row = (id: string) => ({ id, task: 'needle', images: ['images/page.png'] });

/** Fine-tuning from which a reader learns the form, and answers that are right half of the time. */
export const yesOrNo = () =>
  handMadeData(
    'sft',
    ['yes', 'no'].map(answer => ({
      ...row(answer),
      messages: [asked, { role: 'assistant', content: `<think>\n[p1:1] yes or no\n</think>\n${answer}` }],
    })),
  );

export const alwaysYes = () =>
  handMadeData('rl', [{ ...row('question'), messages: [asked], reward: 'exact', answer: 'yes' }]);
