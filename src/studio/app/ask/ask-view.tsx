/** Ask: the same question to the same document, twice, side by side. */
import { signal } from '@preact/signals';
import type { JSX, TargetedEvent } from 'preact';
import type { RenderConfig } from '../../../config/index.ts';
import type { AskCitation } from '../../api.ts';
import { about, studioDocument } from '../state.ts';
import { say } from '../text/words.ts';
import { DocumentBar } from '../try/document-bar.tsx';
import { CitedPage } from './cited-page.tsx';
import { ColumnView } from './column-view.tsx';
import { askBoth, type Column, columns, isAsking, question, stopAsking } from './columns.ts';

const cited = signal<{ readonly citation: AskCitation; readonly config: RenderConfig } | undefined>(
  undefined,
);

const showCitation = (column: Column, citation: AskCitation) => {
  const config = column.answer.value.prepared?.config;
  if (config !== null && config !== undefined) cited.value = { citation, config };
};

export function AskView(): JSX.Element {
  const words = say.value.ask;
  const hasServed = about.value?.models.some(({ kind }) => kind === 'served') ?? false;
  return (
    <div class="ask">
      <header class="view-head">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        <DocumentBar />
      </header>
      <QuestionForm />
      <div class="columns">
        {columns.map(column => (
          <ColumnView
            key={column.letter}
            column={column}
            onCite={citation => showCitation(column, citation)}
          />
        ))}
      </div>
      <footer class="foot-notes">
        <p>{words.embeddedNote}</p>
        {!hasServed && <p>{words.keyNote}</p>}
      </footer>
      {cited.value !== undefined && (
        <CitedPage
          {...cited.value}
          onClose={() => {
            cited.value = undefined;
          }}
        />
      )}
    </div>
  );
}

function QuestionForm(): JSX.Element {
  const words = say.value.ask;
  const { questions, text } = studioDocument.value;
  const submit = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isAsking.value) stopAsking();
    else if (question.value.trim() !== '' && text !== '') void askBoth();
  };
  return (
    <form class="question" onSubmit={submit}>
      <div class="question-row">
        <input
          class="question-field"
          type="text"
          aria-label={words.question}
          placeholder={words.placeholder}
          value={question.value}
          onInput={event => {
            question.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button primary large">
          {isAsking.value ? words.stop : words.submit}
        </button>
      </div>
      {questions.length > 0 && (
        <div class="suggestions">
          <span class="quiet">{words.suggestions}</span>
          {questions.map(each => (
            <button
              key={each}
              type="button"
              class="suggestion"
              onClick={() => {
                question.value = each;
              }}
            >
              {each}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
