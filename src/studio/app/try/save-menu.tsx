/** What can be taken along: the pages, the config that draws them anywhere, and the request a model would get. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Failure } from '../../api.ts';
import { describeFailure } from '../../describe-failure.ts';
import { Icon } from '../parts/icons.tsx';
import { config, helper, model, pages, studioDocument } from '../state.ts';
import { say } from '../text/words.ts';
import { saveBlob, saveText, zipOf } from '../work/save.ts';

export function SaveMenu(): JSX.Element {
  const words = say.value.save;
  const [state, setState] = useState<'idle' | 'working' | Failure>('idle');
  const run = (work: () => Promise<void>) => () => {
    setState('working');
    work().then(
      () => setState('idle'),
      (error: unknown) => setState(describeFailure(error)),
    );
  };
  const saveRequest = async () => {
    const { number, name, text } = studioDocument.value;
    const order = { document: number, title: name, config: config.value, model: model.value };
    saveText('request.json', await helper.request(order, text), 'application/json');
  };
  const isIdle = state !== 'working';
  const isEmpty = pages.value.length === 0;
  return (
    <section class="save" aria-label={words.title}>
      <div class="button-row">
        <button
          type="button"
          class="button primary"
          disabled={!isIdle || isEmpty}
          onClick={run(async () => saveBlob('pages.zip', await zipOf(pages.value)))}
        >
          <Icon name="save" />
          {words.pages}
        </button>
        <button
          type="button"
          class="button"
          onClick={run(async () => saveText('config.json', `${configText()}\n`, 'application/json'))}
        >
          {words.config}
        </button>
        <button type="button" class="button" disabled={!isIdle || isEmpty} onClick={run(saveRequest)}>
          {words.request}
        </button>
      </div>
      <p class="quiet small" role="status">
        {state === 'idle' ? '' : state === 'working' ? words.working : say.value.failure(state)}
      </p>
    </section>
  );
}

const configText = (): string => JSON.stringify(config.value, undefined, 2);
