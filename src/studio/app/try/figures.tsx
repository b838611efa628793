/** What the pages come to for the model that reads them, large, with what speaks against them. */
import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { preset, presetOfFamily } from '../../../config/index.ts';
import { Choice } from '../parts/fields.tsx';
import { Icon } from '../parts/icons.tsx';
import { config, drawing, facts, model, pageMs, pages, studioDocument } from '../state.ts';
import { count, decimal, say, times } from '../text/words.ts';
import { comparedModels, pageTokens, reckon, type Warning, warningsOf } from './reckon.ts';

export const reckoned = computed(() => reckon(model.value, pages.value));

const warnings = computed(() =>
  warningsOf({
    model: model.value,
    config: config.value,
    pages: pages.value,
    text: studioDocument.value.text,
    textTokens: facts.value?.tokens,
  }),
);

export function Figures(): JSX.Element {
  const words = say.value.figures;
  const textTokens = facts.value?.tokens;
  const { tokens } = reckoned.value;
  const ratio =
    textTokens === undefined || tokens === undefined || tokens === 0 ? undefined : textTokens / tokens;
  return (
    <section class="figures" aria-label={words.label}>
      <p class="ratio" aria-live="polite" aria-busy={drawing.value.state === 'drawing'}>
        <strong>{ratio === undefined ? '–' : times(ratio)}</strong>
        <span>{ratio === undefined || ratio >= 1 ? words.ratio : words.more}</span>
      </p>
      <dl class="from-to">
        <div>
          <dt>{words.asText}</dt>
          <dd title={facts.value === undefined ? '' : words.tokenizer(facts.value.tokenizer)}>
            {textTokens === undefined ? words.counting : words.tokens(count(textTokens))}
          </dd>
        </div>
        <div>
          <dt>{words.asPages(words.pages(pages.value.length, count(pages.value.length)))}</dt>
          <dd>{tokens === undefined ? '–' : words.tokens(count(tokens))}</dd>
        </div>
      </dl>
      <div class="reader">
        <ModelChoice />
        <p class="quiet" data-page-ms={pageMs.value}>
          {drawing.value.state === 'failed'
            ? say.value.failure(drawing.value.failure)
            : pageMs.value === undefined
              ? words.drawing
              : words.drawn(decimal(pageMs.value))}
        </p>
      </div>
    </section>
  );
}

function ModelChoice(): JSX.Element {
  const words = say.value;
  const family = pageTokens(model.value, { widthPx: 448, heightPx: 448 });
  const made = 'message' in family ? undefined : presetOfFamily(family.family);
  return (
    <>
      <Choice
        label={words.figures.readBy}
        layout="beside"
        value={model.value}
        options={comparedModels.map(name => ({ value: name, label: name }))}
        onValue={name => {
          model.value = name;
        }}
      />
      {made !== undefined && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            config.value = preset(made);
          }}
        >
          {words.panel.modelsOwn(model.value)}
        </button>
      )}
    </>
  );
}

export function Warnings(): JSX.Element {
  const words = say.value.warnings;
  const exact = facts.value?.exact.length ?? 0;
  return (
    <ul class="warnings" aria-label={words.label}>
      {warnings.value.map(warning => (
        <li key={warning.kind} class="warning">
          <Icon name="warning" />
          {textOf(warning)}
        </li>
      ))}
      {exact > 0 && (
        <li>
          <Icon name="note" />
          {words.exact(exact, count(exact))}
        </li>
      )}
      {warnings.value.length === 0 && exact === 0 && pages.value.length > 0 && (
        <li>
          <Icon name="fine" />
          {words.fine}
        </li>
      )}
    </ul>
  );
}

function textOf(warning: Warning): string {
  const words = say.value.warnings;
  switch (warning.kind) {
    case 'small':
      return words.small(decimal(warning.px), String(warning.leastPx));
    case 'shrunk':
      return words.shrunk(sizeText(warning.from), sizeText(warning.to));
    case 'refused':
      return words.refused(say.value.failure(warning.reason));
    case 'dearer':
      return words.dearer;
    case 'missing':
      return words.missing(count(warning.count), warning.examples);
    case 'excluded':
      return words.excluded[warning.reason] ?? warning.reason;
    default:
      return warning satisfies never;
  }
}

const sizeText = ({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): string =>
  `${widthPx} × ${heightPx}`;
