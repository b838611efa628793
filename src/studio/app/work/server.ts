/** The studio's own server: its JSON API, with its errors as they were described there. */
import {
  type About,
  type AskEvent,
  type AskRequest,
  apiBase,
  type DocumentText,
  type Failure,
  type FailureBody,
  type RunEntry,
  type SampleDocument,
  type ShownPart,
} from '../../api.ts';
import { FailureError } from '../../describe-failure.ts';

/** An answer that is none, with the server's words. */
export class ServerError extends FailureError {
  readonly status: number;

  constructor(status: number, failure: Failure) {
    super(failure);
    this.name = 'ServerError';
    this.status = status;
  }
}

export const api = {
  about: () => getJson<About>('about'),
  sample: () => getJson<SampleDocument>('sample'),
  runs: () => getJson<readonly RunEntry[]>('runs'),
  parts: (id: number) => getJson<readonly ShownPart[]>(`traffic/${id}`),
  reportUrl: (path: string) => `${apiBase}/runs/report?path=${encodeURIComponent(path)}`,
  trafficUrl: `${apiBase}/traffic`,

  async logIn(token: string): Promise<void> {
    await send('login', 'POST', JSON.stringify({ token }), 'application/json');
  },

  async switchCompression(compression: 'on' | 'off'): Promise<void> {
    await send('traffic/compression', 'PUT', JSON.stringify({ compression }), 'application/json');
  },

  async textOf(file: File): Promise<DocumentText> {
    const path = `text?name=${encodeURIComponent(file.name)}`;
    const response = await send(path, 'POST', file, 'application/octet-stream');
    return (await response.json()) as DocumentText;
  },

  /** The events as they come. */
  async *ask(request: AskRequest, signal: AbortSignal): AsyncGenerator<AskEvent> {
    const response = await send('ask', 'POST', JSON.stringify(request), 'application/json', signal);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop()!;
      for (const line of lines) yield JSON.parse(line) as AskEvent;
    }
  },
};

async function getJson<T>(path: string): Promise<T> {
  const response = await checked(await fetch(`${apiBase}/${path}`));
  return (await response.json()) as T;
}

async function send(
  path: string,
  method: 'POST' | 'PUT',
  body: BodyInit,
  type: string,
  signal?: AbortSignal,
): Promise<Response> {
  const init = { method, body, headers: { 'content-type': type }, ...(signal ? { signal } : {}) };
  return checked(await fetch(`${apiBase}/${path}`, init));
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as Partial<FailureBody>;
  const message = said.error ?? `HTTP status ${response.status}`;
  throw new ServerError(response.status, { message, parts: said.parts });
}
