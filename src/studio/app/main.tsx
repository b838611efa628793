/** The web app's entry. */
import { render } from 'preact';
import { App } from './app.tsx';
import { enter } from './state.ts';

void enter();
render(<App />, document.getElementById('app')!);
