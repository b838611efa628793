/** Pages of a data set as grey values. The last ones used are kept: crops of one page are wanted again and again. */
import { GlyphError, RecentCache } from '../base/index.ts';
import { greyPage } from '../model/index.ts';
import { type GreyPage, measuredPage, type ReaderConfig } from '../reader/index.ts';
import type { DataFiles } from './data-set.ts';

export type LoadPage = (path: string) => Promise<GreyPage>;

/** Half a megabyte each. */
const keptPages = 64;

/** @returns what throws GlyphError kind `input` for a page that is missing or no PNG */
export function createPageShelf(files: DataFiles, config: ReaderConfig): LoadPage {
  const kept = new RecentCache<string, Promise<GreyPage>>(keptPages);
  return path => kept.get(path, async () => measuredPage(await readPage(files, path), config));
}

async function readPage(files: DataFiles, path: string): Promise<GreyPage> {
  const png = await files.readBytes(path);
  if (png !== undefined) return greyPage(png);
  throw new GlyphError({ kind: 'input', operation: 'read training data', expected: path, actual: 'none' });
}
