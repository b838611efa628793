/** A text drawn in the type of the embedded reader, all pages in memory. */
import { type Reader, readerPageConfig } from '../reader/index.ts';
import { type RenderedPage, renderPages } from '../render/index.ts';
import { loadFont } from './load-font.ts';
import { spawnWorker } from './spawn-worker.ts';

export interface DrawnText {
  readonly text: string;
  readonly pages: readonly RenderedPage[];
}

export async function drawForReader(
  text: string,
  { limits }: Pick<Reader, 'limits'>,
  signal: AbortSignal,
): Promise<DrawnText> {
  const pages: RenderedPage[] = [];
  const options = { loadFont, spawnWorker, jobs: 2, signal };
  for await (const page of renderPages(text, readerPageConfig(limits), options)) pages.push(page);
  return { text, pages };
}
