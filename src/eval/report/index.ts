/** Reports of runs, from their folders alone. */
export { type ReportRun, readReportRun } from './read-report.ts';
export { reportHtml } from './report.ts';
export { differencesOf, settingsOf } from './settings.ts';
