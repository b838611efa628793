/** Draws and counts beside the page, so that sliders never wait: the same floors as in Node, through `browser.ts`. */
import { nextTurn } from '../../../base/index.ts';
import { countTextTokens, type RenderedPage, renderPages } from '../../../browser.ts';
import { findExact } from '../../../compress/index.ts';
import { describeFailure } from '../../describe-failure.ts';
import type { DocumentFacts, DrawOrder, FromWorker, StudioPage, ToWorker } from './protocol.ts';

/** A worker's side, as far as it is used here; the page's types have another `postMessage`. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

const documents = new Map<number, string>();
const keptDocuments = 3;
let latestJob = 0;

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'document':
      documents.set(data.document, data.text);
      if (documents.size > keptDocuments) documents.delete(documents.keys().next().value!);
      break;
    case 'draw':
      latestJob = data.job;
      void draw(data, data.job);
      break;
    case 'facts':
      void answer(data.call, () => factsOf(textOf(data.document)));
      break;
    case 'page-at':
      void answer(data.call, () => pageAt(data, data.offset));
      break;
    case 'request':
      void answer(data.call, async () => {
        const { buildRequest } = await import('./build-request.ts');
        return buildRequest(textOf(data.document), data);
      });
      break;
    default:
      data satisfies never;
  }
};

const textOf = (document: number): string => documents.get(document) ?? '';

async function draw({ document, config, title }: DrawOrder, job: number): Promise<void> {
  const text = textOf(document);
  const times: number[] = [];
  try {
    await openFontsOf(config);
    let startMs = performance.now();
    for await (const page of renderPages(text, config, { title })) {
      times.push(performance.now() - startMs);
      const sent = toStudioPage(page);
      scope.postMessage({ type: 'page', job, page: sent }, [sent.png.buffer]);
      await nextTurn(); // a newer config may have come
      if (job !== latestJob) return;
      startMs = performance.now();
    }
    scope.postMessage({ type: 'drawn', job, pages: times.length, pageMs: median(times) });
  } catch (error) {
    scope.postMessage({ type: 'draw-failed', job, failure: describeFailure(error) });
  }
}

/** The first page of a new size of type draws its letters, too, and is no page like the others. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

let openedFonts = '';

/** Before the clock starts: files of fonts come over the network once. */
async function openFontsOf(config: DrawOrder['config']): Promise<void> {
  const { fontFamily, fontPath, fontFallback } = config;
  const name = JSON.stringify([fontFamily, fontPath, fontFallback]);
  if (name === openedFonts) return;
  for await (const page of renderPages(' ', config)) void page;
  openedFonts = name;
}

function toStudioPage({ number, png, widthPx, heightPx, span, lines, missing }: RenderedPage): StudioPage {
  return {
    ...{ number, widthPx, heightPx, span, missing },
    // Whole on its own: what it came from may be used again.
    png: png.slice(),
    lines: lines.map(({ start, end, xPt, baselinePt, gap }) => ({ start, end, xPt, baselinePt, gap })),
  };
}

async function factsOf(text: string): Promise<DocumentFacts> {
  const { tokens, tokenizer } = await countTextTokens(text);
  return { tokens, tokenizer, exact: findExact(text) };
}

async function pageAt(
  { document, config, title }: DrawOrder,
  offset: number,
): Promise<StudioPage | undefined> {
  for await (const page of renderPages(textOf(document), config, { title })) {
    if (offset < page.span.end || page.isLast) return toStudioPage(page);
  }
  return undefined;
}

async function answer(call: number, work: () => Promise<unknown>): Promise<void> {
  try {
    scope.postMessage({ type: 'result', call, value: await work() });
  } catch (error) {
    scope.postMessage({ type: 'failed', call, failure: describeFailure(error) });
  }
}
