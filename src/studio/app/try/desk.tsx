/** The pages on a desk; pointing at a line shows its text beside them, and back. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.tsx';
import { PagePicture } from '../parts/page-figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { lineAt } from '../place.ts';
import { drawing, model, pages, type ShownPage, spot, viewedPage } from '../state.ts';
import { count, say } from '../text/words.ts';
import { pageFileName, saveBlob } from '../work/save.ts';
import { pageTokens } from './reckon.ts';

/** Pictures on the desk at once; the others are drawn and counted. */
const mostShown = 120;

const zooms = [0.25, 0.35, 0.5, 0.75, 1, 1.5, 2] as const;
const zoom = signal(4);

export function Desk(): JSX.Element {
  const words = say.value.desk;
  const all = pages.value;
  const desk = useRef<HTMLElement>(null);
  useViewedPage(desk, Math.min(all.length, mostShown));
  useScrollToSpot(desk);
  return (
    <section class="desk" aria-label={words.label} data-drawn={drawing.value.state}>
      <div class="desk-tools">
        <p class="quiet">{all.length > 0 && words.of(count(viewedPage.value), count(all.length))}</p>
        <div class="zoom">
          <button
            type="button"
            class="icon-button"
            aria-label={words.smaller}
            disabled={zoom.value === 0}
            onClick={() => zoom.value--}
          >
            <Icon name="smaller" />
          </button>
          <span class="zoom-value">{Math.round(100 * zooms[zoom.value]!)} %</span>
          <button
            type="button"
            class="icon-button"
            aria-label={words.larger}
            disabled={zoom.value === zooms.length - 1}
            onClick={() => zoom.value++}
          >
            <Icon name="larger" />
          </button>
        </div>
      </div>
      <Scroll label={words.label} class="pages" box={desk}>
        {all.length === 0 && <p class="desk-empty">{words.empty}</p>}
        {all.slice(0, mostShown).map(page => (
          <PageOnDesk key={page.number} page={page} />
        ))}
        {all.length > mostShown && <p class="desk-empty">{words.more(count(all.length - mostShown))}</p>}
      </Scroll>
    </section>
  );
}

function PageOnDesk({ page }: { readonly page: ShownPage }): JSX.Element {
  const words = say.value.desk;
  const { number, widthPx, heightPx, blob } = page;
  const tokens = pageTokens(model.value, page);
  const at = spot.value;
  const point = (x: number, y: number) => {
    const line = lineAt(page, x, y);
    if (line !== undefined) spot.value = { page: number, line, from: 'page' };
  };
  return (
    <figure
      class="page"
      data-page={number}
      style={{
        '--page-width': `${widthPx * zooms[zoom.value]!}px`,
        '--page-most': zooms[zoom.value]! > 1 ? 'none' : '100%',
      }}
    >
      <PagePicture page={page} marked={at?.page === number ? [at.line] : []} onPoint={point} />
      <figcaption>
        <span>{words.page(count(number))}</span>
        <span class="quiet">
          {words.size(widthPx, heightPx)}
          {'message' in tokens ? '' : ` · ${words.tokens(count(tokens.tokens + tokens.perImageOverhead))}`}
        </span>
        <button
          type="button"
          class="icon-button small"
          aria-label={words.save(count(number))}
          title={words.save(count(number))}
          onClick={() => saveBlob(pageFileName(number), blob)}
        >
          <Icon name="save" />
        </button>
      </figcaption>
    </figure>
  );
}

type DeskRef = { readonly current: HTMLElement | null };

/** The page in the middle of the desk is the one whose text is shown. */
function useViewedPage(desk: DeskRef, count: number): void {
  useEffect(() => {
    const root = desk.current;
    if (root === null) return;
    const look = () => {
      const { top, left, height, width } = root.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const figure = document
        .elementsFromPoint(x, y)
        .map(element => element.closest<HTMLElement>('[data-page]'))
        .find(found => found !== null);
      if (figure?.dataset['page'] !== undefined) viewedPage.value = Number(figure.dataset['page']);
    };
    root.addEventListener('scroll', look, { passive: true });
    look();
    return () => root.removeEventListener('scroll', look);
  }, [desk, count]);
}

/** A line chosen in its text comes into view on its page. */
function useScrollToSpot(desk: DeskRef): void {
  const at = spot.value;
  useEffect(() => {
    if (at?.from !== 'source') return;
    const mark = desk.current?.querySelector(`[data-page="${at.page}"] .line-mark`);
    mark?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [desk, at]);
}
