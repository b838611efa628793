/**
 * The official clients as agents use them: a conversation with tools, answered by another call, streamed. Short results
 * pass byte for byte; old long ones become pages, and calls and results still belong together.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { type Content, GoogleGenAI } from '@google/genai';
import { jsonSchema, type ModelMessage, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { anthropicExchanges } from '../model/anthropic/test/exchanges.ts';
import { geminiExchanges } from '../model/gemini/test/exchanges.ts';
import { chatExchanges } from '../model/openai/test/chat-exchanges.ts';
import { responsesExchanges } from '../model/openai/test/responses-exchanges.ts';
import type { WireExchanges } from '../model/test/exchange.ts';
import { stream } from '../model/test/loopback.ts';
import { prose, startProxy, startUpstream } from './test/harness.ts';

const rounds = 7;
/** Of those the first three are old: all before the fourth answer, since two stay recent and four settle at once. */
const oldRounds = 3;
const eachRound = <Each>(make: (round: number) => readonly Each[]): Each[] =>
  Array.from({ length: rounds }, (_, i) => make(i)).flat();
const schema = { type: 'object', properties: { page: { type: 'integer' } } } as const;

interface Client {
  readonly name: string;
  readonly exchanges: WireExchanges;
  /** Sends the conversation, whose results are what `result` gives; returns the names of the calls it is answered with. */
  ask(origin: string, result: (round: number) => string): Promise<readonly string[]>;
}

const anthropic: Client = {
  name: 'anthropic',
  exchanges: anthropicExchanges,
  async ask(origin, result) {
    const messages = eachRound((i): Anthropic.MessageParam[] => [
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: `t${i}`, name: 'read_page', input: { page: i } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${i}`, content: result(i) }] },
    ]);
    const client = new Anthropic({ baseURL: origin, apiKey: 'key', maxRetries: 0 });
    const { content } = await client.messages
      .stream({
        ...{
          model: 'claude-opus-4-6',
          max_tokens: 100,
          tools: [{ name: 'read_page', input_schema: schema }],
        },
        messages: [{ role: 'user', content: 'Read.' }, ...messages],
      })
      .finalMessage();
    return content.flatMap(block => (block.type === 'tool_use' ? [block.name] : []));
  },
};

const openaiChat: Client = {
  name: 'openai chat',
  exchanges: chatExchanges,
  async ask(origin, result) {
    const messages = eachRound((i): OpenAI.ChatCompletionMessageParam[] => [
      {
        role: 'assistant',
        tool_calls: [{ id: `t${i}`, type: 'function', function: { name: 'read_page', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: `t${i}`, content: result(i) },
    ]);
    const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: 'key', maxRetries: 0 });
    const { choices } = await client.chat.completions
      .stream({
        ...{
          model: 'gpt-4.1',
          tools: [{ type: 'function', function: { name: 'read_page', parameters: schema } }],
        },
        messages: [{ role: 'user', content: 'Read.' }, ...messages],
      })
      .finalChatCompletion();
    return (choices[0]?.message.tool_calls ?? []).map(call => ('function' in call ? call.function.name : ''));
  },
};

const openaiResponses: Client = {
  name: 'openai responses',
  exchanges: responsesExchanges,
  async ask(origin, result) {
    const input = eachRound((i): OpenAI.Responses.ResponseInputItem[] => [
      { type: 'function_call', call_id: `t${i}`, name: 'read_page', arguments: '{}' },
      { type: 'function_call_output', call_id: `t${i}`, output: result(i) },
    ]);
    const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: 'key', maxRetries: 0 });
    const events = await client.responses.create({
      ...{ model: 'gpt-4.1', stream: true },
      tools: [{ type: 'function', name: 'read_page', parameters: schema, strict: false }],
      input: [{ role: 'user', content: 'Read.' }, ...input],
    });
    const names: string[] = [];
    for await (const event of events) {
      if (event.type === 'response.output_item.done' && event.item.type === 'function_call') {
        names.push(event.item.name);
      }
    }
    return names;
  },
};

const gemini: Client = {
  name: 'gemini',
  exchanges: geminiExchanges,
  async ask(origin, result) {
    const contents = eachRound((i): Content[] => [
      { role: 'model', parts: [{ functionCall: { id: `t${i}`, name: 'read_page', args: { page: i } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { id: `t${i}`, name: 'read_page', response: { output: result(i) } } }],
      },
    ]);
    const client = new GoogleGenAI({ apiKey: 'key', vertexai: false, httpOptions: { baseUrl: origin } });
    const names: string[] = [];
    for await (const chunk of await client.models.generateContentStream({
      ...{ model: 'gemini-3-pro', config: { tools: [{ functionDeclarations: [{ name: 'read_page' }] }] } },
      contents: [{ role: 'user', parts: [{ text: 'Read.' }] }, ...contents],
    })) {
      for (const { name } of chunk.functionCalls ?? []) names.push(name ?? '');
    }
    return names;
  },
};

const aiSdk: Client = {
  name: 'ai sdk',
  exchanges: chatExchanges,
  async ask(origin, result) {
    const messages = eachRound((i): ModelMessage[] => [
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: `t${i}`, toolName: 'read_page', input: {} }],
      },
      {
        role: 'tool',
        content: [
          {
            ...{ type: 'tool-result', toolCallId: `t${i}`, toolName: 'read_page' },
            output: { type: 'text', value: result(i) },
          },
        ],
      },
    ]);
    const { toolCalls } = streamText({
      model: createOpenAI({ baseURL: `${origin}/v1`, apiKey: 'key' }).chat('gpt-4.1'),
      tools: { read_page: tool({ inputSchema: jsonSchema(schema) }) },
      messages: [{ role: 'user', content: 'Read.' }, ...messages],
    });
    return (await toolCalls).map(({ toolName }) => toolName);
  },
};

async function bothWays(t: TestContext, { exchanges }: Client) {
  const upstream = await startUpstream(t);
  upstream.answerWith(stream(exchanges.toolCall.stream));
  const proxy = await startProxy(t, upstream);
  const called = exchanges.toolCall.expected.toolCalls.map(({ name }) => name);
  return { upstream, proxy, called };
}

for (const client of [anthropic, openaiChat, openaiResponses, gemini, aiSdk]) {
  test(`${client.name}: a conversation with tools passes as the same bytes`, async t => {
    const { upstream, proxy, called } = await bothWays(t, client);
    const short = (round: number) => `Page ${round} is short.`;
    assert.deepEqual(await client.ask(upstream.origin, short), called);
    assert.deepEqual(await client.ask(proxy.origin, short), called);
    assert.deepEqual(upstream.received[1]!.bytes, upstream.received[0]!.bytes);
    assert.equal(upstream.received[1]!.url, upstream.received[0]!.url);
  });

  test(`${client.name}: its old results go as pages, with their calls`, async t => {
    const { upstream, proxy, called } = await bothWays(t, client);
    const long = (round: number) => `Result ${round}. ${prose(12_000, round)}`;
    assert.deepEqual(await client.ask(proxy.origin, long), called);
    const sent = upstream.received[0]!.bytes.toString();
    JSON.parse(sent);
    for (let i = 0; i < rounds; i++) {
      assert.equal(sent.split(`"t${i}"`).length - 1, 2, `call ${i} and its result`);
      assert.equal(sent.includes(JSON.stringify(long(i)).slice(1, 200)), i >= oldRounds, `result ${i}`);
    }
    const { decision, parts, sentTokens, textTokens, usage } = await proxy.nextRecord();
    assert.deepEqual([decision, parts], ['imaged', oldRounds]);
    assert.ok(sentTokens < textTokens);
    assert.ok(usage!.outputTokens > 0);
  });
}
