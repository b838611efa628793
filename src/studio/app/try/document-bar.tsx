/** What is open, and the ways to open something else. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icons.tsx';
import {
  documentFailure,
  documentReading,
  openFile,
  openSample,
  openText,
  studioDocument,
} from '../state.ts';
import { count, say } from '../text/words.ts';

export function DocumentBar(): JSX.Element {
  const words = say.value.document;
  const { name, text } = studioDocument.value;
  const file = useRef<HTMLInputElement>(null);
  const [isPasting, setPasting] = useState(false);
  const open = () => {
    const chosen = file.current?.files?.[0];
    if (chosen !== undefined) void openFile(chosen);
    file.current!.value = '';
  };
  return (
    <section class="document-bar" aria-label={words.title}>
      <p class="document-name" title={name}>
        {documentReading.value === '' ? name : words.reading(documentReading.value)}
      </p>
      <p class="quiet">{text === '' ? words.hint : words.characters(count(text.length))}</p>
      <div class="button-row">
        <button type="button" class="button" onClick={() => file.current?.click()}>
          <Icon name="open" />
          {words.open}
        </button>
        <button type="button" class="button" onClick={() => setPasting(true)}>
          <Icon name="paste" />
          {words.paste}
        </button>
        <button type="button" class="button" onClick={() => void openSample()}>
          <Icon name="sample" />
          {words.sample}
        </button>
      </div>
      <input ref={file} type="file" hidden aria-label={words.open} onChange={open} />
      <p class="failure" role="alert">
        {documentFailure.value === undefined ? '' : say.value.failure(documentFailure.value)}
      </p>
      {isPasting && <PasteDialog onClose={() => setPasting(false)} />}
    </section>
  );
}

function PasteDialog({ onClose }: { onClose(): void }): JSX.Element {
  const words = say.value.document;
  const area = useRef<HTMLTextAreaElement>(null);
  const draw = () => {
    openText(words.pasted, area.current?.value ?? '');
    onClose();
  };
  return (
    <Dialog title={words.pasteTitle} closeLabel={words.cancel} size="small" onClose={onClose}>
      <textarea ref={area} class="paste-area" spellcheck={false} aria-label={words.pasteLabel} rows={14} />
      <div class="button-row end">
        <button type="button" class="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" class="button primary" onClick={draw}>
          {words.pasteDone}
        </button>
      </div>
    </Dialog>
  );
}
