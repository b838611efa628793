/** Anthropic's own client reads the recorded exchanges as this adapter does, and sends the requests that it builds. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import type { Message, MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { createAssembly } from '../assemble.ts';
import { json, type Loopback, startLoopback, stream } from '../test/loopback.ts';
import { messagesBody } from './request.ts';
import { anthropicExchanges } from './test/exchanges.ts';
import { anthropicWire } from './wire.ts';

let server: Loopback;
let client: Anthropic;
before(async () => {
  server = await startLoopback();
  client = new Anthropic({ apiKey: 'test', baseURL: server.origin, maxRetries: 0 });
});
after(() => server.close());

for (const title of ['answer', 'toolCall', 'reasoning', 'length'] as const) {
  const exchange = anthropicExchanges[title];
  const params: MessageCreateParamsNonStreaming = {
    ...messagesBody(anthropicExchanges.model, exchange.messages, exchange.options ?? {}, 'whole'),
    stream: false,
  };

  test(`${title}: the client sends the same request and reads the same whole answer`, async () => {
    server.answerWith(json(exchange.whole));
    const message = await client.messages.create(params);
    assert.equal(server.received[0]?.url, exchange.request.whole.path);
    assert.deepEqual(server.received[0]?.body, exchange.request.whole.body);
    assert.deepEqual(asCompletion(message), exchange.expected);
  });

  test(`${title}: the client reads the same stream`, async () => {
    server.answerWith(stream(exchange.stream));
    const { stream: _, ...streamed } = params;
    assert.deepEqual(asCompletion(await client.messages.stream(streamed).finalMessage()), exchange.expected);
  });
}

/** What the client understood, through the part of this adapter that reads whole answers. */
function asCompletion(message: Message) {
  const assembly = createAssembly('none');
  for (const piece of anthropicWire.readWhole(message)) assembly.add(piece);
  return assembly.completion();
}
