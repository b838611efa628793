/**
 * Text → a folder of pages: `page-0001.png …` and `manifest.json`. Each file appears whole or not at all, the manifest
 * last. A run that breaks off leaves its finished pages; the next one with the same source and config lays the text
 * out again, which is cheap, and draws only what is missing.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { GlyphError, inOrder, throwIfAborted } from '../base/index.ts';
import { configHash } from '../config/index.ts';
import { layoutPages, type PageBox } from '../layout/index.ts';
import {
  configsOf,
  type DocumentConfig,
  documentHash,
  openFonts,
  openSession,
  type RenderSession,
  type Stretch,
  stretchesOf,
} from '../render/index.ts';
import type { TextTokens } from '../tokens/index.ts';
import { type FolderPlan, planFolder, prepareFolder, removeState } from './folder-plan.ts';
import { loadFont } from './load-font.ts';
import {
  type ManifestHead,
  type ManifestPage,
  type PageSummary,
  pageFileName,
  type RenderManifest,
  type RenderWork,
  renderWork,
} from './manifest.ts';
import { ManifestWriter } from './manifest-writer.ts';
import { generator } from './package-version.ts';
import { type PageFileFacts, readPageFile, sha256Of } from './png-file.ts';
import { type Source, type SourceReading, textSource } from './source.ts';
import { spawnWorker } from './spawn-worker.ts';
import { startTokenCounter, type TokenCounter } from './token-counter.ts';
import { Totals } from './totals.ts';
import { plainWriteFile, type WriteFile, writeWhole } from './write-file.ts';

export type FolderEvent =
  | {
      readonly type: 'page-finished';
      readonly number: number;
      /** `kept`: it was there from an earlier run. */
      readonly outcome: 'drawn' | 'kept';
      readonly byteLength: number;
      /** UTF-16 code units of the source up to the end of this page. */
      readonly sourceEnd: number;
      /** Bytes of the source up to there, about. */
      readonly bytesRead: number;
    }
  /** Pages of another rendering are about to be removed from the folder. */
  | { readonly type: 'pages-removed'; readonly count: number };

export interface FolderOptions {
  /** Threads that draw; by default as many as cores are free, or 1 for a short text. */
  readonly jobs?: number | undefined;
  /** For `{title}` in page headers; the source's name unless given. */
  readonly title?: string | undefined;
  /** `redraw`: draw all pages again, and replace page files of any origin in the folder. */
  readonly existing?: 'keep' | 'redraw' | undefined;
  /** `skip` leaves text tokens and ratio unknown. */
  readonly textTokens?: 'count' | 'skip' | undefined;
  /** Ends the run after the pages under way; what is finished stays. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: FolderEvent) => void) | undefined;
  /** Writes a page's bytes to a path; for tests. */
  readonly writeFile?: WriteFile | undefined;
}

/** The manifest without the lines of its pages, and how it came about. */
export interface RenderedFolder extends ManifestHead {
  readonly folder: string;
  readonly pages: readonly PageSummary[];
  /** Pages drawn by this run; the others were there already. */
  readonly drawn: number;
}

/** Below this many bytes of source (about 20 pages) threads cost more than they save, whoever asks for them. */
const minBytesForThreads = 150_000;

/** From this many bytes on (about half a second of work) the time threads take to start is worth it. */
const minBytesForAutoThreads = 3_000_000;

/** Page files being written at the same time. */
const writesUnderWay = 4;

/**
 * Renders a source into a folder, which is made where it is missing.
 * @param source a text, or a source from `openInput`; the caller closes the latter
 * @throws GlyphError kind `io` for a folder that cannot be written or holds other pages, `aborted` when the signal
 *   fires, and what reading, layout and fonts throw
 */
export async function renderToFolder(
  source: string | Source,
  config: DocumentConfig,
  folder: string,
  options: FolderOptions = {},
): Promise<RenderedFolder> {
  const opened = typeof source === 'string' ? textSource(source) : source;
  const work = renderWork(opened, documentHash(config), options.title ?? opened.name);
  const plan = await planFolder(folder, work, options.existing ?? 'keep');
  if (plan.kind === 'complete') return summaryOf(folder, plan.manifest);
  return await new FolderRun({ source: opened, config, folder, work, plan, options }).run();
}

function summaryOf(folder: string, manifest: RenderManifest): RenderedFolder {
  const pages = manifest.pages.map(({ lines: _, ...page }) => page);
  return { ...manifest, folder, pages, drawn: 0 };
}

/** Counting text tokens keeps a core busy too, about as much as drawing does. */
function jobsFor(byteLength: number, { jobs, textTokens }: FolderOptions): number {
  if (jobs !== undefined) return byteLength < minBytesForThreads ? 1 : jobs;
  if (byteLength < minBytesForAutoThreads) return 1;
  return Math.max(1, availableParallelism() - (textTokens === 'skip' ? 0 : 1));
}

interface FolderJob {
  readonly source: Source;
  readonly config: DocumentConfig;
  readonly folder: string;
  readonly work: RenderWork;
  readonly plan: Extract<FolderPlan, { readonly kind: 'draw' }>;
  readonly options: FolderOptions;
}

/** How the pages of one stretch are drawn, and what the manifest says of each. */
interface Drawing {
  readonly session: RenderSession;
  readonly reading: SourceReading;
  readonly facts: Pick<PageSummary, 'kind' | 'configHash'>;
}

/** One run over a prepared folder. */
class FolderRun {
  readonly #job: FolderJob;
  readonly #manifest = new ManifestWriter();
  readonly #totals = new Totals();
  readonly #pages: PageSummary[] = [];
  #characters = 0;
  #drawn = 0;

  constructor(job: FolderJob) {
    this.#job = job;
  }

  async run(): Promise<RenderedFolder> {
    const { source, config, folder, work, plan, options } = this.#job;
    const { signal, onEvent } = options;
    const reading = source.read(signal);
    // Before anything in the folder changes: a font may be missing.
    for (const each of configsOf(config)) await openFonts(each, loadFont);
    const counter = options.textTokens === 'skip' ? undefined : startTokenCounter(source.byteLength);
    try {
      if (plan.remove.length > 0) onEvent?.({ type: 'pages-removed', count: plan.remove.length });
      await prepareFolder(folder, work, plan);
      const text = this.#watched(reading, counter);
      for await (const stretch of stretchesOf(text, config)) await this.#drawStretch(stretch, reading);
      const textTokens = await counter?.end();
      throwIfAborted(signal, 'render pages');
      const head = this.#head(reading, textTokens);
      await this.#manifest.finish(folder, head);
      await removeState(folder);
      return { ...head, folder, pages: this.#pages, drawn: this.#drawn };
    } finally {
      await Promise.all([counter?.close(), this.#manifest.close()]);
    }
  }

  #head(reading: SourceReading, textTokens: TextTokens | undefined): ManifestHead {
    const { config, work } = this.#job;
    return {
      formatVersion: 1,
      generator: generator(),
      ...work,
      ...this.#totals.finish(this.#characters, reading.replaced, textTokens),
      config,
      ...(reading.parts.length === 0 ? {} : { sources: reading.parts }),
    };
  }

  /** The text on its way to layout, seen by the token counter too. */
  async *#watched(reading: SourceReading, counter: TokenCounter | undefined): AsyncGenerator<string> {
    for await (const piece of reading.pieces) {
      this.#characters += piece.length;
      await counter?.push(piece);
      yield piece;
    }
  }

  /** The threads of one stretch go on to the next. */
  async #drawStretch(stretch: Stretch, reading: SourceReading): Promise<void> {
    const { source, work, options } = this.#job;
    const { text, config, preceding } = stretch;
    const abortable = options.signal === undefined ? {} : { signal: options.signal };
    const jobs = jobsFor(source.byteLength, options);
    const session = await openSession(text, config, { loadFont, spawnWorker, jobs, ...abortable });
    const place = { title: work.title, preceding: { ...preceding, pages: this.#pages.length } };
    const boxes = layoutPages(text, config, session.fonts, { ...place, ...abortable });
    const facts = stretch.kind === undefined ? {} : { kind: stretch.kind, configHash: configHash(config) };
    const drawFile = async (box: PageBox) => {
      throwIfAborted(options.signal, 'render pages');
      return this.#pageFile(box, { session, reading, facts });
    };
    try {
      const depth = session.depth + writesUnderWay;
      for await (const page of inOrder(boxes, depth, drawFile)) await this.#addPage(page);
    } finally {
      await session.drawer.close();
    }
  }

  /** Sees to it that a page's file is there. */
  async #pageFile(box: PageBox, { session, reading, facts }: Drawing): Promise<ManifestPage> {
    const { folder, plan, options } = this.#job;
    const file = pageFileName(box.number);
    const kept = plan.keep.has(file) ? await readPageFile(join(folder, file)) : undefined;
    const picture = kept ?? (await this.#draw(box, session, file));
    if (kept === undefined) this.#drawn++;
    this.#totals.addPage(picture.widthPx, picture.heightPx, box.missing);
    options.onEvent?.({
      type: 'page-finished',
      number: box.number,
      outcome: kept === undefined ? 'drawn' : 'kept',
      byteLength: picture.byteLength,
      sourceEnd: box.span.end,
      bytesRead: Math.round((reading.bytesRead * box.span.end) / this.#characters),
    });
    const lines = box.lines.map(({ start, end, gap }) => ({ start, end, gap }));
    return { file, ...picture, span: box.span, ...facts, lines };
  }

  async #draw(box: PageBox, session: RenderSession, file: string): Promise<PageFileFacts> {
    const { folder, plan, options } = this.#job;
    const path = join(folder, file);
    if (plan.foreign.has(file)) throw wouldOverwrite(path);
    const { png, widthPx, heightPx } = await session.drawer.draw(box);
    await writeWhole(path, png, options.writeFile ?? plainWriteFile);
    return { widthPx, heightPx, byteLength: png.length, sha256: sha256Of(png) };
  }

  async #addPage(page: ManifestPage): Promise<void> {
    const { lines: _, ...summary } = page;
    this.#pages.push(summary);
    await this.#manifest.add(page);
  }
}

const wouldOverwrite = (path: string) =>
  new GlyphError({
    kind: 'io',
    operation: `write ${JSON.stringify(path)}`,
    expected: 'no file of another origin in its place',
    actual: 'one',
    hint: 'choose another folder, or --force to replace it',
  });
