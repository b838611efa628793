/**
 * The official clients, told nothing but another base URL: what they send arrives byte for byte where nothing is
 * compressed, smaller and valid where something is, and they read the recorded answers as ever.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { anthropicExchanges } from '../model/anthropic/test/exchanges.ts';
import { geminiExchanges } from '../model/gemini/test/exchanges.ts';
import { chatExchanges } from '../model/openai/test/chat-exchanges.ts';
import { responsesExchanges } from '../model/openai/test/responses-exchanges.ts';
import { json, stream } from '../model/test/loopback.ts';
import { prose, startProxy, startUpstream } from './test/harness.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
).toString('base64');
const imageUrl = `data:image/png;base64,${png}`;

async function bothWays(t: TestContext) {
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, upstream);
  return { upstream, proxy };
}

const document = prose(30_000);
const question = 'Who lit the lamps?';

interface Client {
  readonly name: string;
  readonly whole: unknown;
  readonly streamed: string;
  readonly answer: string;
  /** Answers the text of the answer. */
  ask(origin: string, text: string, how: 'whole' | 'stream'): Promise<string>;
}

const anthropicAt = (origin: string) => new Anthropic({ baseURL: origin, apiKey: 'key-a', maxRetries: 0 });
const openaiAt = (origin: string) => new OpenAI({ baseURL: `${origin}/v1`, apiKey: 'key-o', maxRetries: 0 });
const geminiAt = (origin: string) =>
  new GoogleGenAI({ apiKey: 'key-g', vertexai: false, httpOptions: { baseUrl: origin } });

const clients: readonly Client[] = [
  {
    name: 'anthropic',
    whole: anthropicExchanges.answer.whole,
    streamed: anthropicExchanges.answer.stream,
    answer: anthropicExchanges.answer.expected.text,
    async ask(origin, text, how) {
      const params: Anthropic.MessageCreateParamsNonStreaming = {
        model: 'claude-opus-4-6',
        max_tokens: 100,
        tools: [{ name: 'look', input_schema: { type: 'object' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
              { type: 'text', text, cache_control: { type: 'ephemeral' } },
              { type: 'text', text: question },
            ],
          },
        ],
      };
      const { messages } = anthropicAt(origin);
      const message =
        how === 'whole' ? await messages.create(params) : await messages.stream(params).finalMessage();
      return message.content.map(block => (block.type === 'text' ? block.text : '')).join('');
    },
  },
  {
    name: 'openai chat',
    whole: chatExchanges.answer.whole,
    streamed: chatExchanges.answer.stream,
    answer: chatExchanges.answer.expected.text,
    async ask(origin, text, how) {
      const params: OpenAI.ChatCompletionCreateParamsNonStreaming = {
        model: 'gpt-4.1',
        tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image_url', image_url: { url: imageUrl } },
              { type: 'text', text },
              { type: 'text', text: question },
            ],
          },
        ],
      };
      const { completions } = openaiAt(origin).chat;
      if (how === 'whole') return (await completions.create(params)).choices[0]?.message.content ?? '';
      let answer = '';
      for await (const chunk of await completions.create({ ...params, stream: true })) {
        answer += chunk.choices[0]?.delta.content ?? '';
      }
      return answer;
    },
  },
  {
    name: 'openai responses',
    whole: responsesExchanges.answer.whole,
    streamed: responsesExchanges.answer.stream,
    answer: responsesExchanges.answer.expected.text,
    async ask(origin, text, how) {
      const params: OpenAI.Responses.ResponseCreateParamsNonStreaming = {
        model: 'gpt-5.4',
        tools: [{ type: 'function', name: 'look', parameters: { type: 'object' }, strict: false }],
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_image', image_url: imageUrl, detail: 'auto' },
              { type: 'input_text', text },
              { type: 'input_text', text: question },
            ],
          },
        ],
      };
      const { responses } = openaiAt(origin);
      if (how === 'whole') return (await responses.create(params)).output_text;
      let answer = '';
      for await (const event of await responses.create({ ...params, stream: true })) {
        if (event.type === 'response.output_text.delta') answer += event.delta;
      }
      return answer;
    },
  },
  {
    name: 'gemini',
    whole: geminiExchanges.answer.whole,
    streamed: geminiExchanges.answer.stream,
    answer: geminiExchanges.answer.expected.text,
    async ask(origin, text, how) {
      const params = {
        model: 'gemini-3-pro',
        contents: [
          {
            role: 'user',
            parts: [{ inlineData: { mimeType: 'image/png', data: png } }, { text }, { text: question }],
          },
        ],
      };
      const { models } = geminiAt(origin);
      if (how === 'whole') return (await models.generateContent(params)).text ?? '';
      let answer = '';
      for await (const chunk of await models.generateContentStream(params)) answer += chunk.text ?? '';
      return answer;
    },
  },
];

for (const { name, whole, streamed, answer, ask } of clients) {
  for (const how of ['whole', 'stream'] as const) {
    test(`${name}, ${how}: nothing to compress, so the same bytes arrive`, async t => {
      const { upstream, proxy } = await bothWays(t);
      upstream.answerWith(how === 'whole' ? json(whole) : stream(streamed));
      assert.equal(await ask(upstream.origin, 'A short text.', how), answer);
      const direct = upstream.received[0]!;
      assert.equal(await ask(proxy.origin, 'A short text.', how), answer);
      const through = upstream.received[1]!;
      assert.deepEqual(through.bytes, direct.bytes);
      assert.equal(through.url, direct.url);
      for (const header of ['authorization', 'x-api-key', 'x-goog-api-key', 'anthropic-version']) {
        assert.equal(through.headers[header], direct.headers[header], header);
      }
      const record = await proxy.nextRecord();
      assert.deepEqual([record.decision, record.reason], ['passed', 'nothing-long']);
      assert.equal(record.ended, 'complete');
      assert.ok(record.usage!.outputTokens > 0);
    });

    test(`${name}, ${how}: a long document becomes pages, the rest stays`, async t => {
      const { upstream, proxy } = await bothWays(t);
      upstream.answerWith(how === 'whole' ? json(whole) : stream(streamed));
      assert.equal(await ask(proxy.origin, document, how), answer);
      const sent = upstream.received[0]!.bytes.toString();
      JSON.parse(sent);
      assert.equal(sent.includes(document.slice(0, 200)), false);
      assert.ok(sent.includes(question) && sent.includes(png));
      const record = await proxy.nextRecord();
      const { decision, textTokens, sentTokens, visionTokens, pages, parts } = record;
      assert.deepEqual([decision, parts], ['imaged', 1]);
      assert.ok(pages >= 1 && visionTokens > 0);
      assert.ok(sentTokens < textTokens);
      assert.ok(record.sentCost < record.textCost);
    });
  }
}

test('anthropic: a cache mark goes to the last page of its part', async t => {
  const { upstream, proxy } = await bothWays(t);
  upstream.answerWith(json(anthropicExchanges.answer.whole));
  await clients[0]!.ask(proxy.origin, document, 'whole');
  const body = JSON.parse(upstream.received[0]!.bytes.toString()) as Anthropic.MessageCreateParams;
  const blocks = body.messages[0]!.content as Anthropic.ContentBlockParam[];
  const marked = blocks.filter(block => 'cache_control' in block);
  assert.deepEqual(marked, [blocks.at(-2)]);
  assert.equal(marked[0]?.type, 'image');
});

test('anthropic: tokens are counted of what would be sent', async t => {
  const { upstream, proxy } = await bothWays(t);
  upstream.answerWith(json({ input_tokens: 7 }));
  const count = await anthropicAt(proxy.origin).messages.countTokens({
    model: 'claude-opus-4-6',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: document },
          { type: 'text', text: question },
        ],
      },
    ],
  });
  assert.equal(count.input_tokens, 7);
  assert.equal(upstream.received[0]?.url, '/v1/messages/count_tokens');
  assert.match(upstream.received[0]!.bytes.toString(), /"type":"image"/);
});

test('other addresses pass through as they are', async t => {
  const { upstream, proxy } = await bothWays(t);
  upstream.answerWith(json({ object: 'list', data: [{ id: 'gpt-4.1' }] }));
  const models = [];
  for await (const model of openaiAt(proxy.origin).models.list()) models.push(model.id);
  assert.deepEqual(models, ['gpt-4.1']);
  assert.equal(upstream.received[0]?.method, 'GET');
  assert.equal((await proxy.nextRecord()).reason, 'another-route');
});
