/** Tables that a screen reader can read: a caption, a scope for each heading, and a way to scroll wide ones by keys. */
import { type Html, html } from './html.ts';

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly (string | Html)[])[];
}

export function tableHtml({ caption, columns, rows }: Table): Html {
  const [corner = '', ...others] = columns;
  const head = others.map(column => html`<th scope="col">${column}</th>`);
  const body = rows.map(([heading = '', ...cells]) => {
    const data = cells.map(cell => html`<td>${cell}</td>`);
    return html`<tr><th scope="row">${heading}</th>${data}</tr>\n`;
  });
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${corner}</th>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>
`;
}
