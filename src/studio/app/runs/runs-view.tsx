/** Runs: evaluations and searches of the folder the server was given, with their reports. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Failure, RunEntry } from '../../api.ts';
import { describeFailure } from '../../describe-failure.ts';
import { Icon } from '../parts/icons.tsx';
import { about } from '../state.ts';
import { day, say } from '../text/words.ts';
import { api } from '../work/server.ts';

const entries = signal<readonly RunEntry[] | undefined>(undefined);
const failure = signal<Failure | undefined>(undefined);
const chosen = signal<RunEntry | undefined>(undefined);

async function load(): Promise<void> {
  try {
    entries.value = await api.runs();
    failure.value = undefined;
    const path = chosen.value?.path;
    chosen.value = entries.value.find(entry => entry.path === path) ?? entries.value[0];
  } catch (error) {
    failure.value = describeFailure(error);
  }
}

export function RunsView(): JSX.Element {
  const words = say.value.runs;
  useEffect(() => void load(), []);
  return (
    <div class="runs">
      <header class="view-head">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        <button type="button" class="button" onClick={() => void load()}>
          <Icon name="refresh" />
          {words.refresh}
        </button>
      </header>
      {failure.value !== undefined && (
        <p class="failure" role="alert">
          {say.value.failure(failure.value)}
        </p>
      )}
      {about.value?.runs === 'none' ? (
        <div class="empty">
          <p>{words.none}</p>
          <code>glyph serve --runs runs</code>
        </div>
      ) : entries.value?.length === 0 ? (
        <div class="empty">
          <p>{words.empty}</p>
        </div>
      ) : (
        <div class="runs-body">
          <RunList />
          <Report />
        </div>
      )}
    </div>
  );
}

function RunList(): JSX.Element {
  const words = say.value.runs;
  return (
    <nav class="run-list" aria-label={words.list}>
      <ul>
        {entries.value?.map(entry => (
          <li key={entry.path}>
            <button
              type="button"
              aria-current={entry.path === chosen.value?.path ? 'true' : undefined}
              onClick={() => {
                chosen.value = entry;
              }}
            >
              <span class="run-kind">
                {words.kinds[entry.kind]} · {words.states[entry.state]}
              </span>
              <span class="run-title">{entry.title}</span>
              {entry.details.length > 0 && <span class="run-details">{entry.details.join(' · ')}</span>}
              <span class="run-time">{day(entry.changedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Report(): JSX.Element {
  const words = say.value.runs;
  const run = chosen.value;
  if (run === undefined) return <p class="quiet">{words.choose}</p>;
  const url = api.reportUrl(run.path);
  return (
    <div class="report">
      <div class="report-head">
        <p>{run.path}</p>
        <a class="link-button" href={url} target="_blank" rel="noopener">
          <Icon name="alone" />
          {words.openAlone}
        </a>
      </div>
      <iframe key={url} src={url} title={words.report(run.title)} sandbox="allow-scripts" />
    </div>
  );
}
