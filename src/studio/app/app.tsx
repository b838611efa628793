/** The frame of all views: their names at the top, language and appearance, and files dropped or pasted anywhere. */
import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { AskView } from './ask/ask-view.tsx';
import { Login } from './login.tsx';
import { Icon } from './parts/icons.tsx';
import { RunsView } from './runs/runs-view.tsx';
import { isLocked, openFile, openText, theme, view, viewNames } from './state.ts';
import { language, say } from './text/words.ts';
import { TrafficView } from './traffic/traffic-view.tsx';
import { TryView } from './try/try-view.tsx';

effect(() => {
  const root = document.documentElement;
  root.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  root.dataset['theme'] = theme.value;
  document.title = `${say.value.views[view.value]} – Glyph`;
});

const isDropping = signal(false);

export function App(): JSX.Element {
  useDroppedAndPasted();
  const words = say.value;
  if (isLocked.value) return <Login />;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {words.skip}
      </button>
      <TopBar />
      <main id="main" tabIndex={-1} data-view={view.value}>
        <View />
      </main>
      {isDropping.value && <div class="drop-veil">{words.document.dropNow}</div>}
    </>
  );
}

function View(): JSX.Element {
  switch (view.value) {
    case 'try':
      return <TryView />;
    case 'ask':
      return <AskView />;
    case 'runs':
      return <RunsView />;
    case 'traffic':
      return <TrafficView />;
    default:
      return view.value satisfies never;
  }
}

const nextTheme = { auto: 'light', light: 'dark', dark: 'auto' } as const;

function TopBar(): JSX.Element {
  const words = say.value;
  const otherLanguage = language.value === 'en' ? 'zh' : 'en';
  return (
    <header class="top-bar">
      <p class="wordmark" title={words.tagline}>
        Glyph
      </p>
      <nav aria-label="Glyph">
        <ul>
          {viewNames.map(name => (
            <li key={name}>
              <a href={`#${name}`} aria-current={view.value === name ? 'page' : undefined}>
                <Icon name={name} />
                {words.views[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="top-tools">
        <button
          type="button"
          class="quiet-button"
          lang={otherLanguage === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => {
            language.value = otherLanguage;
          }}
        >
          {otherLanguage === 'zh' ? '中文' : 'English'}
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={`${words.settings.theme}: ${words.settings.themes[theme.value]}`}
          title={`${words.settings.theme}: ${words.settings.themes[theme.value]}`}
          onClick={() => {
            theme.value = nextTheme[theme.value];
          }}
        >
          <Icon name={theme.value} />
        </button>
      </div>
    </header>
  );
}

function useDroppedAndPasted(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files') && !event.dataTransfer?.types.includes('text/plain'))
        return;
      event.preventDefault();
      isDropping.value = true;
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) isDropping.value = false;
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      isDropping.value = false;
      if (event.dataTransfer !== null) take(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const isTyping = target instanceof HTMLElement && target.closest('input, textarea, dialog') !== null;
      if (isTyping || clipboardData === null) return;
      event.preventDefault();
      take(clipboardData);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, []);
}

function take(data: DataTransfer): void {
  const [file] = data.files;
  if (file !== undefined) void openFile(file);
  else {
    const text = data.getData('text/plain');
    if (text !== '') openText(say.value.document.pasted, text);
  }
}
