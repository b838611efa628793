/** Traffic: what the proxy does with requests, live, with savings and losses, and the switch that turns it off. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { TrafficEntry } from '../../api.ts';
import { Scroll } from '../parts/scroll.tsx';
import { about } from '../state.ts';
import { clock, count, decimal, say } from '../text/words.ts';
import { api } from '../work/server.ts';
import { compression, connection, entries, follow, sums } from './feed.ts';
import { PartsView } from './parts-view.tsx';

const looked = signal<TrafficEntry | undefined>(undefined);

export function TrafficView(): JSX.Element {
  const words = say.value.traffic;
  useEffect(follow, []);
  const isKept = about.value?.bodies === 'kept';
  return (
    <div class="traffic">
      <header class="view-head">
        <div>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </div>
        <CompressionSwitch />
      </header>
      {connection.value === 'lost' && (
        <p class="failure" role="status">
          {words.lost}
        </p>
      )}
      <Totals />
      {entries.value.length === 0 ? (
        <div class="empty">
          <p>{words.waiting}</p>
          <code>
            OPENAI_BASE_URL={location.origin}/v1
            <br />
            ANTHROPIC_BASE_URL={location.origin}
          </code>
        </div>
      ) : (
        <Log />
      )}
      <footer class="foot-notes">
        <p>
          {isKept ? words.bodiesKept : words.noBodies} {!isKept && <code>glyph serve --keep-bodies</code>}
        </p>
      </footer>
      {looked.value !== undefined && (
        <PartsView
          entry={looked.value}
          onClose={() => {
            looked.value = undefined;
          }}
        />
      )}
    </div>
  );
}

function CompressionSwitch(): JSX.Element {
  const words = say.value.traffic;
  const isOn = compression.value === 'on';
  return (
    <div class="switch-row">
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isOn}
        aria-label={words.compression}
        onClick={() => void api.switchCompression(isOn ? 'off' : 'on')}
      />
      <div>
        <strong>{words.compression}</strong>
        <p class="quiet">{isOn ? words.on : words.off}</p>
      </div>
    </div>
  );
}

function Totals(): JSX.Element {
  const words = say.value.traffic;
  const { requests, textTokens, sentTokens, textCost, sentCost, losses, lostCost } = sums.value;
  return (
    <dl class="totals">
      <div class="main">
        <dt>{words.saved}</dt>
        <dd class={sentCost > textCost ? 'loss' : ''}>
          {textCost === 0 ? '–' : `${decimal((100 * (textCost - sentCost)) / textCost)} %`}
        </dd>
      </div>
      <div>
        <dt>{words.requests}</dt>
        <dd>{count(requests)}</dd>
      </div>
      <div>
        <dt>{words.tokens}</dt>
        <dd>
          {count(textTokens)} → {count(sentTokens)}
        </dd>
      </div>
      <div>
        <dt>{words.losses(losses > 0 ? words.lossHint(count(lostCost)) : words.noLoss)}</dt>
        <dd class={losses > 0 ? 'loss' : ''}>{count(losses)}</dd>
      </div>
    </dl>
  );
}

function Log(): JSX.Element {
  const words = say.value.traffic;
  const numbers = [words.text, words.sent, words.cost, words.added, words.status];
  return (
    <Scroll label={words.table} class="table-scroll">
      <table class="log">
        <caption class="unseen">{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.model}</th>
            <th scope="col">{words.decision}</th>
            {numbers.map(name => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">{words.look}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.value.map(entry => (
            <LogRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function LogRow({ entry }: { readonly entry: TrafficEntry }): JSX.Element {
  const words = say.value.traffic;
  const { decision, reason, pages, textTokens, sentTokens, textCost, sentCost, upstreamStatus } = entry;
  const saved = textCost === 0 ? undefined : (100 * (textCost - sentCost)) / textCost;
  const isImaged = decision === 'imaged';
  return (
    <tr>
      <td class="quiet">{clock(entry.time)}</td>
      <th scope="row">{entry.model ?? entry.route}</th>
      <td>
        <span class={isImaged ? 'pill imaged' : 'pill'}>
          {isImaged
            ? words.imaged(say.value.figures.pages(pages, count(pages)))
            : (words.reasons[reason] ?? reason)}
        </span>
      </td>
      <td class="number">{textTokens === 0 ? '–' : count(textTokens)}</td>
      <td class="number">{sentTokens === 0 ? '–' : count(sentTokens)}</td>
      <td class={saved !== undefined && saved < 0 ? 'number loss' : 'number'}>
        {saved === undefined || !isImaged ? '–' : `${saved < 0 ? '+' : '−'}${decimal(Math.abs(saved))} %`}
      </td>
      <td class="number quiet">{words.ms(decimal(entry.transformMs))}</td>
      <td class={(upstreamStatus ?? 599) >= 400 ? 'number loss' : 'number quiet'}>{upstreamStatus ?? '–'}</td>
      <td>
        {entry.bodies === 'kept' && (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              looked.value = entry;
            }}
          >
            {words.look}
          </button>
        )}
      </td>
    </tr>
  );
}
