/** A page of each member of the front, as a model sees it, beside its config. */
import { type Html, html, percentText, toBase64 } from '../../eval/index.ts';
import { renderPages } from '../../render/index.ts';
import type { ConfigCandidate } from '../search.ts';
import type { ResultEffects } from '../search-files.ts';
import { changesText, fineRatio } from './tables.ts';

/** Pages have some 50 kB each. */
const mostMembers = 16;

export async function memberPages(front: readonly ConfigCandidate[], effects: ResultEffects): Promise<Html> {
  const members: Html[] = [];
  for (const candidate of front.slice(0, mostMembers)) members.push(await memberPage(candidate, effects));
  const more = front.length - members.length;
  return html`<div class="thumbs">${members}</div>${more > 0 ? html`<p>${more} more are in the table.</p>` : ''}`;
}

async function memberPage(
  { id, genome, values, evidence }: ConfigCandidate,
  { text, loadFont }: ResultEffects,
): Promise<Html> {
  const confused = evidence.confusions.slice(0, 8).map(([what, count]) => `${what} ${count}×`);
  const misread = confused.length === 0 ? '' : ` Misread: ${confused.join(', ')}.`;
  const source = text.trim() === '' ? 'The samples are pictures.' : text;
  for await (const { png } of renderPages(source, genome, { loadFont, only: new Set([1]) })) {
    const image = `data:image/png;base64,${toBase64(png)}`;
    return html`<figure><img alt="The first page under config ${id}" src="${image}">
<figcaption><strong>${id}</strong> ${percentText(values[0]!)} % at ${fineRatio(evidence.compression.ratio)}: ${changesText(genome)}.${misread}</figcaption></figure>
`;
  }
  return html``;
}
