/** The page an answer cites, drawn here as the model saw it, with the cited lines marked. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RenderConfig } from '../../../config/index.ts';
import type { AskCitation, Failure } from '../../api.ts';
import { describeFailure } from '../../describe-failure.ts';
import { Dialog } from '../parts/dialog.tsx';
import { PagePicture } from '../parts/page-figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { helper, type ShownPage, studioDocument } from '../state.ts';
import { say } from '../text/words.ts';

export interface CitedPageProps {
  readonly citation: AskCitation;
  readonly config: RenderConfig;
  onClose(): void;
}

export function CitedPage({ citation, config, onClose }: CitedPageProps): JSX.Element {
  const words = say.value.ask;
  const title = words.pageTitle(String(citation.page));
  const [page, setPage] = useState<Omit<ShownPage, 'blob'> | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const body = useRef<HTMLElement>(null);
  useEffect(() => {
    const { number, name, text } = studioDocument.peek();
    let url = '';
    helper.pageAt({ document: number, title: name, config }, text, citation.start).then(
      found => {
        if (found === undefined) return;
        const { png, ...rest } = found;
        url = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
        setPage({ ...rest, url, config });
      },
      (error: unknown) => setFailure(describeFailure(error)),
    );
    return () => URL.revokeObjectURL(url);
  }, [citation, config]);
  useEffect(() => {
    if (page !== undefined) body.current?.querySelector('.line-mark')?.scrollIntoView({ block: 'center' });
  }, [page]);
  const marked = page?.lines.flatMap((line, i) => (isCited(line, citation) ? [i] : [])) ?? [];
  return (
    <Dialog title={title} closeLabel={words.close} size="large" onClose={onClose}>
      <Scroll label={title} class="cited-page" box={body}>
        {page !== undefined && <PagePicture page={page} marked={marked} />}
        {failure !== undefined && <p class="failure">{say.value.failure(failure)}</p>}
      </Scroll>
      <p class="cited-text">
        <q>{citation.text.trim()}</q>
      </p>
    </Dialog>
  );
}

const isCited = (
  line: { readonly start: number; readonly end: number },
  { start, end }: AskCitation,
): boolean => line.start < Math.max(end, start + 1) && line.end > start;
