/** Reports of runs, from their folders alone, and what reports are made of. */
export { toBase64 } from './base64.ts';
export { countText, percentText, pointsText, ratioText, scoreText, timeText, usdText } from './figures.ts';
export { type Html, html, none } from './html.ts';
export { pageHtml } from './page.ts';
export { plotSvg } from './plot.ts';
export { type ReportRun, readReportRun } from './read-report.ts';
export { reportHtml } from './report.ts';
export { differencesOf, settingsOf } from './settings.ts';
export { tableHtml } from './table.ts';
