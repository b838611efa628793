/** The report of a search as one HTML page. */
export { searchReport } from './report.ts';
