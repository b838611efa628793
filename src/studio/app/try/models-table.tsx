/** The same pages in the eyes, and at the prices, of several models. */
import type { JSX } from 'preact';
import { facts, model, pages } from '../state.ts';
import { count, say, times, usd } from '../text/words.ts';
import { comparedModels, inputCost, reckon } from './reckon.ts';

export function ModelsTable(): JSX.Element {
  const words = say.value.models;
  return (
    <div class="table-scroll">
      <table class="models">
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.model}</th>
            <th scope="col" class="number">
              {words.tokens}
            </th>
            <th scope="col" class="number">
              {words.ratio}
            </th>
            <th scope="col" class="number">
              {words.cost}
            </th>
          </tr>
        </thead>
        <tbody>
          {comparedModels.map(name => (
            <ModelRow key={name} name={name} />
          ))}
        </tbody>
      </table>
      <p class="quiet">{words.note}</p>
    </div>
  );
}

function ModelRow({ name }: { readonly name: string }): JSX.Element {
  const words = say.value.models;
  const { tokens, basis, refusal } = reckon(name, pages.value);
  const textTokens = facts.value?.tokens;
  const asPages = tokens === undefined ? undefined : inputCost(name, tokens);
  const asText = textTokens === undefined ? undefined : inputCost(name, textTokens);
  const ratio =
    tokens === undefined || textTokens === undefined || tokens === 0 ? undefined : textTokens / tokens;
  return (
    <tr class={name === model.value ? 'chosen' : ''}>
      <th scope="row">
        <button
          type="button"
          class="row-button"
          aria-pressed={name === model.value}
          title={words.choose(name)}
          onClick={() => {
            model.value = name;
          }}
        >
          {name}
        </button>
      </th>
      <td
        class="number"
        title={refusal === undefined ? basis && words.basis[basis] : say.value.failure(refusal)}
      >
        {tokens === undefined ? words.refuses : count(tokens)}
      </td>
      <td class={ratio !== undefined && ratio < 1 ? 'number loss' : 'number'}>
        {ratio === undefined ? '–' : times(ratio)}
      </td>
      <td class="number">
        {asPages === undefined ? (
          <span class="quiet" title={words.noPrice}>
            –
          </span>
        ) : (
          <>
            {usd(asPages)}
            {asText !== undefined && <small>{words.costAsText(usd(asText))}</small>}
          </>
        )}
      </td>
    </tr>
  );
}
