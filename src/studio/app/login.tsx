/** Where the server was started with a token: it is asked for once. */
import type { JSX, TargetedEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { enter } from './state.ts';
import { say } from './text/words.ts';
import { api } from './work/server.ts';

export function Login(): JSX.Element {
  const words = say.value.login;
  const field = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const submit = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      await api.logIn(field.current?.value ?? '');
      await enter();
    } catch {
      setWrong(true);
    }
  };
  return (
    <main class="login">
      <form onSubmit={event => void submit(event)}>
        <p class="wordmark">Glyph</p>
        <h1>{words.title}</h1>
        <p class="quiet">{words.hint}</p>
        <label for="token">{words.label}</label>
        <input id="token" ref={field} type="password" autocomplete="current-password" required />
        <p class="failure" role="alert">
          {isWrong ? words.wrong : ''}
        </p>
        <button type="submit" class="button primary large">
          {words.submit}
        </button>
      </form>
    </main>
  );
}
