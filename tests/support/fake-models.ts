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

const wholeChat = JSON.stringify({
  ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'fake' },
  choices: [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 700, completion_tokens: 9, total_tokens: 709 },
});

const anthropic = events([
  {
    type: 'message_start',
    message: {
      id: 'm1',
      type: 'message',
      role: 'assistant',
      model: 'fake',
      content: [],
      usage: { input_tokens: 700, output_tokens: 1 },
    },
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
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { readonly stream?: boolean };
    received.push(body);
    const isWhole = body.stream !== true;
    response.writeHead(200, { 'content-type': isWhole ? 'application/json' : 'text/event-stream' });
    if (isWhole) response.end(wholeChat);
    else response.end(request.url?.endsWith('/messages') ? anthropic : chat);
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
