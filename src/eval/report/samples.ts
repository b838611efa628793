/** Single samples in a report: the worst answers with their pages beside the text, failures, broken rows. */
import type { ScoredAnswer } from '../run/summary.ts';
import type { Fault } from '../task.ts';
import { toBase64 } from './base64.ts';
import { percentText } from './figures.ts';
import { type Html, html, none } from './html.ts';
import type { KeptPage, ReportRun, WorstAnswer } from './read-report.ts';
import { tableHtml } from './table.ts';

/** Characters of an answer or a page that are shown. */
const mostCharacters = 4000;
const mostRows = 50;

export function worstAnswers({ worst }: ReportRun): Html {
  if (worst.length === 0) return none;
  return html`<h3>Worst answers from pages</h3>
${worst.map(worstAnswer)}`;
}

function worstAnswer({ arm, value, answers, pages }: WorstAnswer): Html {
  const { facts } = answers[0]!;
  const said = answers.map(({ answer, score }) => [
    answer.arm,
    percentText(score.value),
    answer.outcome === 'answered' ? excerpt(answer.text) : `failed: ${answer.error.message}`,
  ]);
  return html`<details><summary>${facts.id}, ${arm}: ${percentText(value)} %</summary>
<dl><dt>Question</dt><dd><pre dir="auto">${excerpt(facts.question)}</pre></dd>
<dt>Right</dt><dd><pre dir="auto">${excerpt(facts.targets.join('\n'))}</pre></dd></dl>
${tableHtml({ caption: 'What was answered', columns: ['Setting', 'Score (%)', 'Answer'], rows: said })}
${pages.map(keptPage)}</details>
`;
}

const keptPage = ({ number, text, bytes, mediaType }: KeptPage): Html => html`<div class="page">
<img alt="Page ${number} as the model saw it" src="data:${mediaType};base64,${toBase64(bytes)}">
<pre dir="auto">${text === '' ? 'The text of this page is not known.' : excerpt(text)}</pre></div>
`;

const excerpt = (text: string): string =>
  text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}…`;

/** Samples without a score and why. */
export function unscoredTable({ answers }: ReportRun): Html {
  const rows = answers.flatMap(({ facts, answer, score }: ScoredAnswer) =>
    score.value === null ? [[facts.id, answer.arm, excerpt(score.reason)]] : [],
  );
  if (rows.length === 0) return none;
  const caption = `Unscored samples, in no mean${more(rows.length)}`;
  return tableHtml({ caption, columns: ['Sample', 'Setting', 'Reason'], rows: rows.slice(0, mostRows) });
}

export function faultsTable({ faults }: ReportRun): Html {
  if (faults.length === 0) return none;
  const rows = faults
    .slice(0, mostRows)
    .map(({ file, line, expected, actual }: Fault) => [`${file}, line ${line}`, expected, actual]);
  const caption = `Broken rows of the data, left out${more(faults.length)}`;
  return tableHtml({ caption, columns: ['Place', 'Expected', 'Got'], rows });
}

const more = (count: number) => (count > mostRows ? `; the first ${mostRows} of ${count}` : '');
