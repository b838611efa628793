/** Our bodies against the official client's types, and our reading against what the official client reads. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import type {
  ResponseCreateParamsNonStreaming,
  ResponseCreateParamsStreaming,
} from 'openai/resources/responses/responses';
import type { Usage } from '../model.ts';
import type { Exchange } from '../test/exchange.ts';
import { json, type Loopback, startLoopback, stream } from '../test/loopback.ts';
import { chatBody } from './chat-request.ts';
import { responsesBody } from './responses-request.ts';
import { chatExchanges } from './test/chat-exchanges.ts';
import { responsesExchanges } from './test/responses-exchanges.ts';

/** Assigning is the check: the body must be what the client would let a user send. */
function chatParams({ messages, options = {} }: Exchange): ChatCompletionCreateParamsStreaming {
  const body = chatBody(chatExchanges.model, messages, options, 'stream', { maxTokensField: 'max_tokens' });
  assert.ok(body.stream);
  return { ...body, stream: true };
}

function chatParamsWhole({ messages, options = {} }: Exchange): ChatCompletionCreateParamsNonStreaming {
  const body = chatBody(chatExchanges.model, messages, options, 'whole', { maxTokensField: 'max_tokens' });
  assert.ok(!body.stream);
  return { ...body, stream: false };
}

function responseParams({ messages, options = {} }: Exchange): ResponseCreateParamsStreaming {
  const body = responsesBody(responsesExchanges.model, messages, options, 'stream', 'auto');
  assert.ok(body.stream);
  return { ...body, stream: true };
}

function responseParamsWhole({ messages, options = {} }: Exchange): ResponseCreateParamsNonStreaming {
  const body = responsesBody(responsesExchanges.model, messages, options, 'whole', 'auto');
  assert.ok(!body.stream);
  return { ...body, stream: false };
}

const titles = ['answer', 'toolCall', 'reasoning', 'length'] as const;

describe('the official OpenAI client reads the same', () => {
  let server: Loopback;
  let client: OpenAI;
  before(async () => {
    server = await startLoopback();
    client = new OpenAI({ baseURL: server.origin, apiKey: 'sk-test', maxRetries: 0 });
  });
  after(() => server.close());

  for (const title of titles) {
    const { expected, ...exchange } = chatExchanges[title];

    test(`chat ${title}, whole`, async () => {
      server.answerWith(json(exchange.whole));
      const answer = await client.chat.completions.create(chatParamsWhole({ ...exchange, expected }));
      assert.deepEqual(server.received[0]?.body, exchange.request.whole.body);
      assert.equal(answer.choices[0]?.message.content ?? '', expected.text);
      assert.equal(answer.model, expected.model);
      assertUsage(expected.usage, answer.usage?.prompt_tokens, answer.usage?.completion_tokens);
    });

    test(`chat ${title}, streamed`, async () => {
      server.answerWith(stream(exchange.stream));
      const runner = client.chat.completions.stream(chatParams({ ...exchange, expected }));
      const answer = await runner.finalChatCompletion();
      assert.deepEqual(server.received[0]?.body, exchange.request.stream.body);
      const message = answer.choices[0]?.message;
      assert.equal(message?.content ?? '', expected.text);
      assert.deepEqual(
        (message?.tool_calls ?? []).map(call => [
          call.id,
          call.type === 'function' && call.function.arguments,
        ]),
        expected.toolCalls.map(call => [call.id, call.arguments]),
      );
      assertUsage(expected.usage, answer.usage?.prompt_tokens, answer.usage?.completion_tokens);
    });
  }

  for (const title of titles) {
    const { expected, ...exchange } = responsesExchanges[title];

    test(`responses ${title}, whole`, async () => {
      server.answerWith(json(exchange.whole));
      const answer = await client.responses.create(responseParamsWhole({ ...exchange, expected }));
      assert.deepEqual(server.received[0]?.body, exchange.request.whole.body);
      assert.equal(answer.output_text, expected.text);
      assertUsage(expected.usage, answer.usage?.input_tokens, answer.usage?.output_tokens);
    });

    test(`responses ${title}, streamed`, async () => {
      server.answerWith(stream(exchange.stream));
      const events = await client.responses.create(responseParams({ ...exchange, expected }));
      let text = '';
      for await (const event of events) {
        if (event.type === 'response.output_text.delta') text += event.delta;
        if (event.type !== 'response.completed' && event.type !== 'response.incomplete') continue;
        assertUsage(expected.usage, event.response.usage?.input_tokens, event.response.usage?.output_tokens);
        assert.equal(event.response.model, expected.model);
      }
      assert.deepEqual(server.received[0]?.body, exchange.request.stream.body);
      assert.equal(text, expected.text);
    });
  }
});

function assertUsage(usage: Usage | undefined, input: number | undefined, output: number | undefined): void {
  assert.ok(usage);
  assert.equal(usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens, input);
  assert.equal(usage.outputTokens, output);
}
