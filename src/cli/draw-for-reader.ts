/** A text drawn in the type of the embedded reader, all pages in memory. */
import { loadFont, spawnWorker } from '../node/index.ts';
import { type PagedText, type Reader, readerPageConfig } from '../reader/index.ts';
import { type RenderedPage, renderPages } from '../render/index.ts';

export async function drawForReader(
  text: string,
  { limits }: Reader,
  signal: AbortSignal,
): Promise<PagedText & { readonly pages: readonly RenderedPage[] }> {
  const pages: RenderedPage[] = [];
  const options = { loadFont, spawnWorker, jobs: 2, signal };
  for await (const page of renderPages(text, readerPageConfig(limits), options)) pages.push(page);
  return { text, pages };
}
