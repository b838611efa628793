/**
 * `pages/index.json`: which characters of the transcript each finished page shows, and the hash of its file. All of it
 * follows from the log and the options, so an index that is lost, damaged or of another config is made anew.
 */
import * as v from 'valibot';
import { seal, unseal } from './sealed.ts';
import type { MemoryStore } from './store.ts';

export const pagesFolder = 'pages';
const indexName = `${pagesFolder}/index.json`;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const pageSchema = v.object({
  /** Characters of the transcript, UTF-16 code units; pages follow one another without a gap. */
  start: whole,
  end: whole,
  tier: whole,
  sha256: v.string(),
  widthPx: whole,
  heightPx: whole,
  byteLength: whole,
});
export type FinishedPage = Readonly<v.InferOutput<typeof pageSchema>>;

const indexSchema = v.object({ key: v.string(), pages: v.array(pageSchema) });

/** "pages/t1-000042.png": page 42, drawn as tier 1. */
export const pageName = (page: number, tier: number): string =>
  `${pagesFolder}/t${tier}-${String(page + 1).padStart(6, '0')}.png`;

/** Whether a file in the folder is a page, drawn by this run or an earlier one. */
export const isPageName = (name: string): boolean => /^t\d+-\d{6,}\.png$/.test(name);

/**
 * The pages of the index in order; none where it does not hold.
 * @param key what the pages were made with
 */
export async function readPageIndex(store: MemoryStore, key: string): Promise<readonly FinishedPage[]> {
  const bytes = await store.read(indexName);
  const record = bytes === undefined ? undefined : unseal(new TextDecoder().decode(bytes).trimEnd());
  const result = v.safeParse(indexSchema, record);
  return result.success && result.output.key === key ? result.output.pages : [];
}

export async function writePageIndex(
  store: MemoryStore,
  key: string,
  pages: readonly FinishedPage[],
): Promise<void> {
  await store.write(indexName, new TextEncoder().encode(`${seal({ key, pages })}\n`));
}
