/** One column: which model reads what, its figures as they come, its answer, and where that stands. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AskCitation, AskDone } from '../../api.ts';
import { Choice } from '../parts/fields.tsx';
import { about } from '../state.ts';
import { count, say, seconds, times, usd } from '../text/words.ts';
import type { Column, ColumnAnswer, Reads } from './columns.ts';

export interface ColumnViewProps {
  readonly column: Column;
  onCite(citation: AskCitation): void;
}

export function ColumnView({ column, onCite }: ColumnViewProps): JSX.Element {
  const words = say.value.ask;
  const { letter, choice, answer } = column;
  const { model, reads } = choice.value;
  const models = about.value?.models ?? [];
  const isEmbedded = models.find(({ spec }) => spec === model)?.kind !== 'served';
  const readings: readonly { readonly value: Reads; readonly label: string }[] = [
    { value: 'text', label: words.readsText },
    { value: 'pages', label: words.readsPages },
    // The embedded reader reads its own kind of page only.
    ...(isEmbedded ? [] : [{ value: 'try' as const, label: words.readsTry }]),
  ];
  const choose = (patch: Partial<typeof choice.value>) => {
    const next = { ...choice.value, ...patch };
    const isServed = models.find(({ spec }) => spec === next.model)?.kind === 'served';
    choice.value = next.reads === 'try' && !isServed ? { ...next, reads: 'pages' } : next;
  };
  return (
    <section class="column" aria-label={words.column(letter)}>
      <header class="column-head">
        <span class="letter" aria-hidden="true">
          {letter}
        </span>
        <Choice
          label={words.model}
          value={model}
          options={models.map(({ spec, kind }) => ({
            value: spec,
            label: kind === 'embedded' ? `${spec}, ${words.offline}` : spec,
          }))}
          onValue={spec => choose({ model: spec })}
        />
        <Choice
          label={words.reads}
          value={reads}
          options={readings}
          onValue={value => choose({ reads: value as Reads })}
        />
      </header>
      <Meters answer={answer.value} />
      <Answer answer={answer.value} onCite={onCite} />
    </section>
  );
}

const isRunning = ({ state }: ColumnAnswer): boolean =>
  state === 'waiting' || state === 'preparing' || state === 'answering';

function Meters({ answer }: { readonly answer: ColumnAnswer }): JSX.Element {
  const words = say.value.ask;
  const { state, firstTokenMs, endedMs, prepared, done, startedMs } = answer;
  useTicking(isRunning(answer));
  const runMs = endedMs ?? (state === 'idle' ? undefined : performance.now() - startedMs);
  // As the server measured it, once it has told.
  const firstMs = done?.firstTokenMs ?? firstTokenMs;
  const usage = done?.usage;
  const input =
    usage === undefined || usage === null
      ? prepared?.tokensAfter
      : usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens;
  const output = usage?.outputTokens ?? (answer.written > 0 ? answer.written : undefined);
  return (
    <dl class="meters">
      <Meter name={words.firstToken} value={firstMs === undefined ? undefined : seconds(firstMs)} isMain />
      <Meter
        name={words.total}
        value={done ? seconds(done.totalMs) : runMs === undefined ? undefined : seconds(runMs)}
      />
      <Meter name={words.input} value={input === undefined ? undefined : count(input)} />
      <Meter name={words.output} value={output === undefined ? undefined : count(output)} />
      <Meter name={words.cost} value={done === undefined ? undefined : costText(done)} />
      <Meter
        name={words.ratio}
        value={
          prepared === undefined
            ? undefined
            : prepared.pages === 0
              ? words.asText
              : times(prepared.tokensBefore / Math.max(1, prepared.tokensAfter))
        }
      />
    </dl>
  );
}

interface MeterProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly isMain?: boolean;
}

const Meter = ({ name, value, isMain }: MeterProps): JSX.Element => (
  <div class={isMain ? 'meter main' : 'meter'}>
    <dt>{name}</dt>
    <dd>{value ?? '–'}</dd>
  </div>
);

function costText({ costUsd }: AskDone): string {
  const words = say.value.ask;
  if (costUsd === null) return words.noCost;
  return costUsd === 0 ? words.free : usd(costUsd);
}

/** Draws again a few times a second, for a clock that runs. */
function useTicking(isOn: boolean): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => setTick(tick => tick + 1), 100);
    return () => clearInterval(timer);
  }, [isOn]);
}

function Answer({ answer, onCite }: { readonly answer: ColumnAnswer; onCite(citation: AskCitation): void }) {
  const words = say.value.ask;
  const { state, text, reasoning, done, failure, prepared, written } = answer;
  const note = prepared?.note;
  return (
    <div class="answer" aria-live="polite" aria-busy={isRunning(answer)}>
      {state === 'idle' && <p class="quiet">{words.idle}</p>}
      {state === 'waiting' && <p class="quiet pulse">{words.waiting}</p>}
      {state === 'preparing' && <p class="quiet pulse">{words.preparing}</p>}
      {state === 'answering' && text === '' && (
        <p class="quiet pulse">{written > 0 ? words.written(count(written)) : words.reading}</p>
      )}
      {reasoning !== '' && text === '' && <p class="reasoning">{reasoning.slice(-1200)}</p>}
      {text !== '' && (
        <p class="answer-text">{done === undefined ? text : <Cited done={done} onCite={onCite} />}</p>
      )}
      {done?.supported === 'no' && <p class="quiet">{words.noAnswer}</p>}
      {failure !== undefined && (
        <p class="failure" role="alert">
          {words.failed(say.value.failure(failure))}
        </p>
      )}
      {state === 'stopped' && <p class="quiet">{words.stopped}</p>}
      {done !== undefined && done.citations.length > 0 && <CitationList done={done} onCite={onCite} />}
      {note !== undefined && note !== null && <p class="quiet small">{words.notes[note]}</p>}
    </div>
  );
}

const marks = /\[\s*(?:p|page|pp)[^[\]]{1,80}\]/giu;

/** Marks such as "[p3:12-14]" become buttons; the n-th mark is taken for the n-th citation where they are as many. */
function Cited({
  done,
  onCite,
}: {
  readonly done: AskDone;
  onCite(citation: AskCitation): void;
}): JSX.Element {
  const { text, citations } = done;
  const found = [...text.matchAll(marks)];
  if (found.length !== citations.length) return <>{text}</>;
  let at = 0;
  const pieces = found.flatMap((mark, i) => {
    const before = text.slice(at, mark.index);
    at = mark.index + mark[0].length;
    return [before, <CiteButton key={mark.index} citation={citations[i]!} onCite={onCite} />];
  });
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}

interface CiteProps {
  readonly citation: AskCitation;
  onCite(citation: AskCitation): void;
}

function CiteButton({ citation, onCite }: CiteProps): JSX.Element {
  const { page } = citation;
  return (
    <button type="button" class="cite" onClick={() => onCite(citation)}>
      {say.value.ask.cite(page, linesText(citation))}
    </button>
  );
}

function CitationList({ done, onCite }: { readonly done: AskDone; onCite(citation: AskCitation): void }) {
  return (
    <div class="citations">
      <h3>{say.value.ask.citations}</h3>
      <ol>
        {done.citations.map((citation, i) => (
          <li key={i}>
            <CiteButton citation={citation} onCite={onCite} />
            <q>{citation.text.trim()}</q>
          </li>
        ))}
      </ol>
    </div>
  );
}

const linesText = ({ lines }: AskCitation): string =>
  lines === null ? '' : lines.first === lines.last ? `${lines.first}` : `${lines.first}–${lines.last}`;
