/** The strings that are carried as text beside the pages; choosing one shows where it stands. */
import type { JSX } from 'preact';
import { facts, pages, spot, studioDocument } from '../state.ts';
import { count, say } from '../text/words.ts';
import type { ExactString } from '../work/protocol.ts';

const mostListed = 200;

export function ExactList(): JSX.Element {
  const words = say.value.exact;
  const exact = facts.value?.exact ?? [];
  if (exact.length === 0) return <p class="quiet">{words.none}</p>;
  return (
    <div class="table-scroll">
      <table class="exact">
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.string}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col" class="number">
              {words.page}
            </th>
          </tr>
        </thead>
        <tbody>
          {exact.slice(0, mostListed).map(string => (
            <ExactRow key={string.start} string={string} />
          ))}
        </tbody>
      </table>
      {exact.length > mostListed && <p class="quiet">{words.more(count(exact.length - mostListed))}</p>}
    </div>
  );
}

function ExactRow({ string }: { readonly string: ExactString }): JSX.Element {
  const { start, end, kind } = string;
  const page = pages.value.find(({ span }) => start >= span.start && start < span.end);
  const show = () => {
    const line = page?.lines.findIndex(each => start < each.end && end > each.start) ?? -1;
    if (page !== undefined && line >= 0) spot.value = { page: page.number, line, from: 'source' };
  };
  return (
    <tr>
      <th scope="row">
        <button type="button" class="row-button code" onClick={show}>
          {studioDocument.value.text.slice(start, end)}
        </button>
      </th>
      <td class="quiet">{say.value.exact.kinds[kind] ?? kind}</td>
      <td class="number">{page === undefined ? '–' : count(page.number)}</td>
    </tr>
  );
}
