/**
 * A search as one HTML page: what is recommended and why, the front as it grew, each member with its page, what the
 * parameters have to do with it, who made what, and what was held out.
 */
import { type Html, html, none, pageHtml } from '../../eval/index.ts';
import type { SearchResult } from '../search.ts';
import type { ResultEffects } from '../search-files.ts';
import { frontPlot } from './front-plot.ts';
import { memberPages } from './member-pages.ts';
import { parallelSvg } from './parallel.ts';
import { critiques, frontTable, heldTable, originsTable, refusedTable, settingsList } from './tables.ts';

export async function searchReport(result: SearchResult, effects: ResultEffects): Promise<string> {
  const { settings, front, candidates } = result;
  const body = html`${recommended(result)}${settingsList(result)}
<h2>The front</h2>
${frontPlot(result)}${frontTable(result)}${heldTable(result)}
<h2>Parameters</h2>
<figure><div class="wide">${parallelSvg(candidates, front)}</div><figcaption>A line a config that was measured on all samples; those of the front are thick.</figcaption></figure>
<h2>Who made what</h2>
${originsTable(result)}${refusedTable(result)}${critiques(result)}
<h2>Pages of the front</h2>
${await memberPages(front, effects)}`;
  return pageHtml(`Rendering search for ${settings.model}`, body);
}

function recommended({ recommendation, state }: SearchResult): Html {
  if (recommendation === undefined) return html`<p>Nothing was measured to its end.</p>`;
  const { candidate, reason } = recommendation;
  const soFar = state === 'complete' ? none : html` The search is not complete.`;
  return html`<p>Recommended: ${candidate.id}, ${reason}.${soFar}</p>
`;
}
