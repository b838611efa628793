/** Try: a document, its pages as the config draws them, and what they come to. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Tabs } from '../parts/tabs.tsx';
import { facts } from '../state.ts';
import { count, say } from '../text/words.ts';
import { Desk } from './desk.tsx';
import { DocumentBar } from './document-bar.tsx';
import { ExactList } from './exact-list.tsx';
import { Figures, Warnings } from './figures.tsx';
import { ModelsTable } from './models-table.tsx';
import { Panel } from './panel.tsx';
import { SaveMenu } from './save-menu.tsx';
import { SourcePane } from './source-pane.tsx';

type TabName = 'source' | 'models' | 'exact';
const tab = signal<TabName>('source');

export function TryView(): JSX.Element {
  const words = say.value.inspector;
  const exact = facts.value?.exact.length ?? 0;
  return (
    <div class="try">
      <aside class="try-left" aria-label={say.value.panel.title}>
        <DocumentBar />
        <Panel />
      </aside>
      <div class="try-middle">
        <Figures />
        <Warnings />
        <Desk />
      </div>
      <aside class="try-right" aria-label={words.label}>
        <Tabs
          label={words.label}
          tabs={[
            { name: 'source', label: words.source },
            { name: 'models', label: words.models },
            { name: 'exact', label: exact === 0 ? words.exact : `${words.exact} ${count(exact)}` },
          ]}
          chosen={tab.value}
          onChoose={name => {
            tab.value = name;
          }}
        >
          {tab.value === 'source' ? <SourcePane /> : tab.value === 'models' ? <ModelsTable /> : <ExactList />}
        </Tabs>
        <SaveMenu />
      </aside>
    </div>
  );
}
