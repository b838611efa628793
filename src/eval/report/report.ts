/**
 * A report of one or several runs as one HTML page: for each task tables as the papers have them, what the settings
 * differ by and how sure that is, plots, and the worst answers with their pages beside the text.
 */
import { countText, usdText } from './figures.ts';
import { type Html, html } from './html.ts';
import { pageHtml } from './page.ts';
import type { ReportRun } from './read-report.ts';
import { faultsTable, unscoredTable, worstAnswers } from './samples.ts';
import { differencesTable, figuresTable, groupTables, plots, scoresTable } from './sections.ts';
import { settingsOf } from './settings.ts';
import { tableHtml } from './table.ts';

export function reportHtml(runs: readonly ReportRun[]): string {
  const tasks = [...new Set(runs.map(({ run }) => run.task))];
  const parts = tasks.map((task, i) =>
    taskPart(
      `task${i}`,
      task,
      runs.filter(({ run }) => run.task === task),
    ),
  );
  return pageHtml(`Evaluation: ${tasks.join(', ')}`, html`${runsTable(runs)}${parts}`);
}

function runsTable(runs: readonly ReportRun[]): Html {
  const rows = runs.map(({ name, run, summary }) => [
    name,
    run.task,
    run.model.id,
    countText(summary.samples),
    countText(summary.faults),
    summary.state === 'complete' ? 'complete' : 'not complete',
    usdText(summary.spentUsd),
    run.startedAt.slice(0, 10),
    run.configHash ?? 'no pages',
    summary.tokenizer ?? 'unknown',
    String(run.seed),
    run.compat === 'reference' ? 'as published, with its bugs' : 'by definition',
    run.generator,
  ]);
  const columns = [
    'Run',
    'Task',
    'Model',
    'Samples',
    'Broken rows',
    'State',
    'Spent',
    'Begun',
    'Config',
    'Tokens by',
    'Seed',
    'Scores',
    'Program',
  ];
  return tableHtml({ caption: 'Runs', columns, rows });
}

function taskPart(id: string, task: string, runs: readonly ReportRun[]): Html {
  const settings = settingsOf(runs);
  const single = runs.map(run => html`${worstAnswers(run)}${unscoredTable(run)}${faultsTable(run)}`);
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${task}</h2>
${scoresTable(settings)}${plots(id, settings)}${differencesTable(settings)}${figuresTable(settings)}${groupTables(settings)}${single}</section>
`;
}
