/** The text of the page in view, line by line as the page has it; exact strings are marked. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { facts, pages, type ShownPage, spot, studioDocument, viewedPage } from '../state.ts';
import { count, say } from '../text/words.ts';
import type { ExactString, PageLine } from '../work/protocol.ts';

export function SourcePane(): JSX.Element {
  const words = say.value.source;
  const at = spot.value;
  const page = pages.value[(at?.page ?? viewedPage.value) - 1];
  if (page === undefined) return <p class="quiet">{words.hint}</p>;
  return (
    <div class="source">
      <header>
        <h3>{words.title(count(page.number))}</h3>
        <p class="quiet">{words.span(count(page.span.start), count(page.span.end))}</p>
      </header>
      <Lines page={page} line={at?.page === page.number ? at.line : undefined} from={at?.from} />
      <p class="quiet hint">{words.hint}</p>
    </div>
  );
}

interface LinesProps {
  readonly page: ShownPage;
  readonly line: number | undefined;
  readonly from: 'page' | 'source' | undefined;
}

function Lines({ page, line, from }: LinesProps): JSX.Element {
  const words = say.value.source;
  const { text } = studioDocument.value;
  const list = useRef<HTMLDivElement>(null);
  const exact = exactOn(page, facts.value?.exact ?? []);
  const choose = (index: number) => {
    spot.value = { page: page.number, line: index, from: 'source' };
  };
  useEffect(() => {
    if (from !== 'page' || line === undefined) return;
    const root = list.current;
    const shown = root?.children[line] as HTMLElement | undefined;
    if (root === null || shown === undefined) return;
    // The list alone: the desk must stay where it is.
    const middle = shown.offsetTop - root.clientHeight / 2;
    root.scrollTo({ top: middle });
  }, [line, from]);
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const last = page.lines.length - 1;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(last, Math.max(0, (line ?? -1) + step));
    choose(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div
      ref={list}
      class="lines"
      role="listbox"
      tabIndex={0}
      aria-label={words.list}
      aria-activedescendant={line === undefined ? undefined : `line-${line}`}
      onKeyDown={move}
    >
      {page.lines.map((each, index) => (
        <div
          key={index}
          id={`line-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === line}
          class="line"
          onPointerEnter={() => choose(index)}
        >
          <span class="line-number" aria-hidden="true">
            {index + 1}
          </span>
          <span class="line-text">{marked(text, each, exact)}</span>
        </div>
      ))}
    </div>
  );
}

const exactOn = ({ span }: ShownPage, exact: readonly ExactString[]): readonly ExactString[] =>
  exact.filter(({ start, end }) => end > span.start && start < span.end);

function marked(
  text: string,
  { start, end }: PageLine,
  exact: readonly ExactString[],
): (string | JSX.Element)[] {
  const pieces: (string | JSX.Element)[] = [];
  let at = start;
  for (const string of exact) {
    const from = Math.max(string.start, at);
    const to = Math.min(string.end, end);
    if (from >= to) continue;
    pieces.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  pieces.push(text.slice(at, end));
  return pieces;
}
