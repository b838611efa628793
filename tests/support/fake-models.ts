/** A server on this machine that speaks the wire formats well enough to answer the commands of the documents. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeModels {
  readonly origin: string;
  /** Bodies as sent. */
  readonly received: unknown[];
  close(): Promise<void>;
}

const answer = 'It is told in the first person [p1:1].';

const events = (list: readonly object[], end = '') =>
  list
    .map(each => `event: ${'type' in each ? each.type : 'message'}\ndata: ${JSON.stringify(each)}\n\n`)
    .join('') + end;

const chat = events(
  [
    { model: 'fake', choices: [{ index: 0, delta: { content: answer.slice(0, 9) } }] },
    { model: 'fake', choices: [{ index: 0, delta: { content: answer.slice(9) }, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 700, completion_tokens: 9 } },
  ],
  'data: [DONE]\n\n',
);

const anthropic = events([
  {
    type: 'message_start',
    message: { model: 'fake', content: [], usage: { input_tokens: 700, output_tokens: 1 } },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: answer } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
]);

export async function startFakeModels(): Promise<FakeModels> {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(request.url?.endsWith('/messages') ? anthropic : chat);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
