/**
 * The finished pages of a memory. Everything here is derived: which pages there are follows from the aged part of the
 * transcript, their tiers from their number, their bytes from their own characters. Files save drawing them again.
 */
import { GlyphError, sha256Hex } from '../../base/index.ts';
import type { RenderConfig } from '../../config/index.ts';
import { drawPage, firstPageLength, type LoadFont } from './lay-out-page.ts';
import {
  type FinishedPage,
  isPageName,
  pageName,
  pagesFolder,
  readPageIndex,
  writePageIndex,
} from './page-index.ts';
import type { MemoryStore } from './store.ts';
import type { DrawnTier, TierPlan } from './tiers.ts';
import type { Transcript } from './transcript.ts';

export interface PageDrawn {
  readonly type: 'page-drawn';
  /** From 1. */
  readonly page: number;
  readonly tier: number;
  /** `repair`: its file was lost or damaged. */
  readonly cause: 'finished' | 'tier-change' | 'repair';
}

export interface ShelfOptions {
  readonly store: MemoryStore;
  readonly config: RenderConfig;
  readonly tiers: TierPlan;
  /** What the pages follow from besides the log, e.g. as JSON. */
  readonly key: string;
  readonly loadFont: LoadFont;
  readonly onEvent: ((event: PageDrawn) => void) | undefined;
}

/**
 * The aged text is looked at for full pages whenever it has grown by so many characters: at fixed places of the
 * transcript, so that page ends do not depend on when somebody looked.
 */
const stepLength = 2048;

export class PageShelf {
  readonly #options: ShelfOptions;
  readonly #transcript: Transcript;
  readonly #pages: FinishedPage[] = [];
  /** Up to here in the transcript it is known that the page after the last finished one is not full. */
  #looked = 0;
  /** Whether the index on the disk says what `#pages` says. */
  #isSaved = true;

  constructor(transcript: Transcript, options: ShelfOptions) {
    this.#transcript = transcript;
    this.#options = options;
  }

  /** In order; together they show the transcript from its start. */
  get pages(): readonly FinishedPage[] {
    return this.#pages;
  }

  /** Takes over what an earlier run drew, and draws again what is lost or damaged. */
  async open(agedLength: number): Promise<void> {
    const { store, key } = this.#options;
    for (const page of await readPageIndex(store, key)) {
      const start = this.#end;
      if (page.start !== start || page.end <= start || page.end > agedLength) break;
      this.#pages.push(page);
      if ((await this.#readOrRepair(this.#pages.length - 1)) === undefined) this.#pages.pop();
    }
    this.#isSaved = false; // at least the files of a run that broke off go
    this.#looked = this.#end;
    await this.settle(agedLength);
  }

  /** Finishes the pages that are full by now, and moves pages to the tiers they are due for. */
  async settle(agedLength: number): Promise<void> {
    const { ends, looked } = await this.#findEnds(agedLength);
    const starts = [...this.#pages.map(page => page.start), this.#end, ...ends];
    const allEnds = [...this.#pages.map(page => page.end), ...ends];
    for (const [i, end] of allEnds.entries()) {
      const tier = this.#options.tiers.tierOf(i, allEnds.length);
      const page = this.#pages[i];
      if (page?.tier === tier.number) continue;
      const cause = page === undefined ? 'finished' : 'tier-change';
      if ((await this.#draw(i, { start: starts[i]!, end }, tier, cause)) !== undefined) continue;
      if (page === undefined) throw notOnePage(i);
      // An earlier version laid these pages out in another way.
      this.#pages.length = i;
      this.#looked = this.#end;
      return this.settle(agedLength);
    }
    this.#looked = looked;
    if (!this.#isSaved) await this.#save();
  }

  /** PNG bytes of page `i`, from 0. @throws GlyphError kind `io` */
  async bytesOf(i: number): Promise<Uint8Array> {
    const bytes = await this.#readOrRepair(i);
    if (bytes !== undefined) return bytes;
    throw new GlyphError({
      kind: 'io',
      operation: `read page ${i + 1} of a memory`,
      expected: 'the file as it was written',
      actual: 'none, or a damaged one of another version',
      hint: 'open the memory again: it draws such pages anew',
    });
  }

  get #end(): number {
    return this.#pages.at(-1)?.end ?? 0;
  }

  /** Ends of the full pages after the finished ones. */
  async #findEnds(agedLength: number): Promise<{ readonly ends: number[]; readonly looked: number }> {
    const ends: number[] = [];
    let start = this.#end;
    let looked = this.#looked;
    for (;;) {
      const next = (Math.floor(looked / stepLength) + 1) * stepLength;
      if (next > agedLength) return { ends, looked };
      const length = await this.#fullPageLength(start, next);
      looked = length === undefined ? next : start + length;
      if (length === undefined) continue;
      start += length;
      ends.push(start);
    }
  }

  /** Length of the page that begins at `start`, if the text up to `end` fills it. */
  async #fullPageLength(start: number, end: number): Promise<number | undefined> {
    const { config, loadFont } = this.#options;
    let length = await firstPageLength(this.#transcript.slice(start, end), config, loadFont);
    // Where a line may end can depend on what follows it: what is drawn alone must be one page too.
    for (let shorter = length; shorter !== undefined; ) {
      length = shorter;
      shorter = await firstPageLength(this.#transcript.slice(start, start + length), config, loadFont);
    }
    return length;
  }

  async #readOrRepair(i: number): Promise<Uint8Array | undefined> {
    const { store, tiers } = this.#options;
    const page = this.#pages[i]!;
    const bytes = await store.read(pageName(i, page.tier));
    if (bytes !== undefined && sha256Hex(bytes) === page.sha256) return bytes;
    return this.#draw(i, page, tiers.drawn[page.tier]!, 'repair');
  }

  /** Draws page `i` and keeps it; undefined where its text does not make one page. */
  async #draw(
    i: number,
    { start, end }: Pick<FinishedPage, 'start' | 'end'>,
    tier: DrawnTier,
    cause: PageDrawn['cause'],
  ): Promise<Uint8Array | undefined> {
    const { store, loadFont, onEvent } = this.#options;
    const drawn = await drawPage(this.#transcript.slice(start, end), tier.config, loadFont);
    if (drawn === undefined) return undefined;
    const { png, widthPx, heightPx } = drawn;
    this.#isSaved = false;
    await store.write(pageName(i, tier.number), png);
    const size = { widthPx, heightPx, byteLength: png.length };
    this.#pages[i] = { start, end, tier: tier.number, sha256: sha256Hex(png), ...size };
    onEvent?.({ type: 'page-drawn', page: i + 1, tier: tier.number, cause });
    return png;
  }

  /** The index first: a file goes only when no index names it any more. */
  async #save(): Promise<void> {
    const { store, key } = this.#options;
    await writePageIndex(store, key, this.#pages);
    const wanted = new Set(this.#pages.map((page, i) => pageName(i, page.tier)));
    for (const name of await store.list(pagesFolder)) {
      const isStale = isPageName(name) && !wanted.has(`${pagesFolder}/${name}`);
      if (isStale) await store.remove(`${pagesFolder}/${name}`);
    }
    this.#isSaved = true;
  }
}

const notOnePage = (i: number) =>
  new GlyphError({
    kind: 'internal',
    operation: `draw page ${i + 1} of a memory`,
    expected: 'one page, as it was measured',
    actual: 'several',
  });
