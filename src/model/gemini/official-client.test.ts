/** Google's own client sends the requests that this adapter builds, and reads the recorded exchanges as it does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  FunctionCallingConfigMode,
  type GenerateContentParameters,
  type GenerateContentResponse,
  GoogleGenAI,
} from '@google/genai';
import type { Exchange, ExpectedCompletion } from '../test/exchange.ts';
import { json, type Loopback, startLoopback, stream } from '../test/loopback.ts';
import { generateContentBody } from './request.ts';
import { geminiExchanges } from './test/exchanges.ts';

let server: Loopback;
let client: GoogleGenAI;
before(async () => {
  server = await startLoopback();
  client = new GoogleGenAI({ apiKey: 'test', vertexai: false, httpOptions: { baseUrl: server.origin } });
});
after(() => server.close());

for (const title of ['answer', 'toolCall', 'reasoning', 'length'] as const) {
  const exchange = geminiExchanges[title];
  const params = paramsOf(exchange);

  test(`${title}: the client sends the same request and reads the same whole answer`, async () => {
    server.answerWith(json(exchange.whole));
    const response = await client.models.generateContent(params);
    assert.equal(server.received[0]?.url, exchange.request.whole.path);
    assert.deepEqual(server.received[0]?.body, exchange.request.whole.body);
    assertSame([response], exchange.expected);
  });

  test(`${title}: the client sends the same request and reads the same stream`, async () => {
    server.answerWith(stream(exchange.stream));
    const responses: GenerateContentResponse[] = [];
    for await (const response of await client.models.generateContentStream(params)) responses.push(response);
    assert.equal(server.received[0]?.url, exchange.request.stream.path);
    assert.deepEqual(server.received[0]?.body, exchange.request.stream.body);
    assertSame(responses, exchange.expected);
  });
}

/** The request as the client's caller writes it: all but the contents lies in one config, and modes are an enum. */
function paramsOf({ messages, options = {} }: Exchange): GenerateContentParameters {
  const { contents, generationConfig, toolConfig, ...rest } = generateContentBody(messages, options);
  const mode = toolConfig && FunctionCallingConfigMode[toolConfig.functionCallingConfig.mode];
  return {
    model: geminiExchanges.model,
    contents,
    config: {
      ...generationConfig,
      ...rest,
      ...(mode === undefined ? {} : { toolConfig: { functionCallingConfig: { mode } } }),
    },
  };
}

function assertSame(responses: readonly GenerateContentResponse[], expected: ExpectedCompletion): void {
  const parts = responses.flatMap(response => response.candidates?.[0]?.content?.parts ?? []);
  const textWhere = (isThought: boolean) =>
    parts.map(({ text = '', thought = false }) => (thought === isThought ? text : '')).join('');
  assert.equal(textWhere(false), expected.text);
  assert.equal(textWhere(true), expected.reasoning.map(part => part.text).join(''));
  const calls = responses.flatMap(response => response.functionCalls ?? []);
  assert.deepEqual(
    calls.map(({ name, args }) => ({ name, arguments: JSON.stringify(args) })),
    expected.toolCalls.map(call => ({ name: call.name, arguments: call.arguments })),
  );
  const { promptTokenCount = 0, candidatesTokenCount = 0, ...counts } = responses.at(-1)?.usageMetadata ?? {};
  assert.ok(expected.usage);
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens = 0 } = expected.usage;
  assert.equal(promptTokenCount, inputTokens + cachedInputTokens);
  assert.equal(counts.cachedContentTokenCount ?? 0, cachedInputTokens);
  assert.equal(candidatesTokenCount, outputTokens - reasoningTokens);
  assert.equal(counts.thoughtsTokenCount ?? 0, reasoningTokens);
  assert.equal(responses.at(-1)?.modelVersion, expected.model);
}
