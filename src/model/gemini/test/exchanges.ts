/**
 * Exchanges with Gemini's generateContent for the conformance suite: shapes as the API sends them, with texts of our
 * own. Bodies are held to the types of the official SDK, as far as these are those of the API.
 */
import type { Content, GenerationConfig, ToolListUnion } from '@google/genai';
import type { Exchange, WireExchanges } from '../../test/exchange.ts';
import { geminiWire } from '../wire.ts';
import { badStreams, badWhole, errors } from './bad-answers.ts';
import { answeredBy, answerOf, responseId, stream } from './events.ts';

const model = 'gemini-2.5-flash';

const image = {
  type: 'image',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
  mediaType: 'image/png',
} as const;

const inlineData = { mimeType: 'image/png', data: 'iVBORw==' };

const readPage = {
  name: 'read_page',
  about: 'Reads one page.',
  parameters: { type: 'object', properties: { page: { type: 'integer' } }, required: ['page'] },
};

interface Body {
  readonly contents: Content[];
  readonly systemInstruction?: Content;
  readonly generationConfig: GenerationConfig;
  readonly tools?: ToolListUnion;
  readonly toolConfig?: { readonly functionCallingConfig: { readonly mode: string } };
}

const requests = (body: Body): Exchange['request'] => ({
  stream: { path: `/v1beta/models/${model}:streamGenerateContent?alt=sse`, body: { ...body } },
  whole: { path: `/v1beta/models/${model}:generateContent`, body: { ...body } },
});

const promptUsage = {
  promptTokenCount: 1272,
  cachedContentTokenCount: 1024,
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 14 },
    { modality: 'IMAGE', tokenCount: 1258 },
  ],
};
const answerUsage = { ...promptUsage, candidatesTokenCount: 9, totalTokenCount: 1281 };

const answer: Exchange = {
  messages: [
    { role: 'system', parts: [{ type: 'text', text: 'You read pages.' }] },
    {
      role: 'user',
      parts: [{ type: 'text', text: 'Page 1:' }, image, { type: 'text', text: 'What does it say?' }],
    },
  ],
  options: { maxTokens: 256, temperature: 0, topP: 0.9, topK: 40, stop: ['END'], seed: 7 },
  request: requests({
    contents: [{ role: 'user', parts: [{ text: 'Page 1:' }, { inlineData }, { text: 'What does it say?' }] }],
    systemInstruction: { parts: [{ text: 'You read pages.' }] },
    generationConfig: {
      maxOutputTokens: 256,
      temperature: 0,
      topP: 0.9,
      topK: 40,
      stopSequences: ['END'],
      seed: 7,
    },
  }),
  stream: stream([
    answerOf([{ text: 'A naïve' }], { ...promptUsage, totalTokenCount: 1272 }),
    answerOf([{ text: ' 日本 🙂' }], { ...promptUsage, candidatesTokenCount: 6, totalTokenCount: 1278 }),
    answerOf([{ text: ' page.' }], answerUsage, 'STOP'),
  ]),
  whole: answerOf([{ text: 'A naïve 日本 🙂 page.' }], answerUsage, 'STOP'),
  expected: {
    text: 'A naïve 日本 🙂 page.',
    reasoning: [],
    toolCalls: [],
    usage: { inputTokens: 248, cachedInputTokens: 1024, cacheWriteTokens: 0, outputTokens: 9 },
    finishReason: 'stop',
    model: answeredBy,
  },
};

const thoughtSignature = 'CiQB0e2Kb3u4WmXWJ1cB5zFqkq8hS9sLkZ4j1h0C6lYx3bQ8dFQKWQHR7Ypv';
const callUsage = { promptTokenCount: 310, candidatesTokenCount: 33, thoughtsTokenCount: 25 };

/** Two calls at once: the first with an id and a signature, the second with neither. */
const calls = [
  { functionCall: { id: 'bq2x7n9a', name: 'read_page', args: { page: 2 } }, thoughtSignature },
  { functionCall: { name: 'read_page', args: { page: 3 } } },
];

const toolCall: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Read the pages.' }] },
    {
      role: 'assistant',
      parts: [
        {
          type: 'tool-call',
          id: 'r1-0',
          name: 'read_page',
          arguments: '{"page":1}',
          opaque: { thoughtSignature },
        },
        { type: 'tool-call', id: 'r1-1', name: 'read_page', arguments: '{"page":9}' },
      ],
    },
    {
      role: 'tool',
      parts: [
        {
          type: 'tool-result',
          id: 'r1-0',
          name: 'read_page',
          parts: [{ type: 'text', text: 'Page 1 of 3:' }, image],
        },
      ],
    },
    {
      role: 'tool',
      parts: [
        {
          type: 'tool-result',
          id: 'r1-1',
          name: 'read_page',
          parts: [{ type: 'text', text: 'no page 9' }],
          outcome: 'error',
        },
      ],
    },
  ],
  options: { tools: [readPage], toolChoice: 'required' },
  request: requests({
    contents: [
      { role: 'user', parts: [{ text: 'Read the pages.' }] },
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'r1-0', name: 'read_page', args: { page: 1 } }, thoughtSignature },
          { functionCall: { id: 'r1-1', name: 'read_page', args: { page: 9 } } },
        ],
      },
      {
        role: 'user',
        parts: [
          {
            functionResponse: {
              id: 'r1-0',
              name: 'read_page',
              response: { output: 'Page 1 of 3:' },
              parts: [{ inlineData }],
            },
          },
          { functionResponse: { id: 'r1-1', name: 'read_page', response: { error: 'no page 9' } } },
        ],
      },
    ],
    generationConfig: {},
    tools: [
      {
        functionDeclarations: [
          {
            name: 'read_page',
            description: 'Reads one page.',
            parametersJsonSchema: {
              type: 'object',
              properties: { page: { type: 'integer' } },
              required: ['page'],
            },
          },
        ],
      },
    ],
    toolConfig: { functionCallingConfig: { mode: 'ANY' } },
  }),
  stream: stream([
    answerOf([{ text: 'Now ' }], { promptTokenCount: 310 }),
    answerOf([{ text: 'the others.' }], { promptTokenCount: 310 }),
    answerOf(calls.slice(0, 1), callUsage),
    answerOf(calls.slice(1), callUsage, 'STOP'),
  ]),
  whole: answerOf([{ text: 'Now the others.' }, ...calls], callUsage, 'STOP'),
  expected: {
    text: 'Now the others.',
    reasoning: [],
    toolCalls: [
      {
        type: 'tool-call',
        id: 'bq2x7n9a',
        name: 'read_page',
        arguments: '{"page":2}',
        opaque: { thoughtSignature },
      },
      { type: 'tool-call', id: `${responseId}-0`, name: 'read_page', arguments: '{"page":3}' },
    ],
    usage: {
      inputTokens: 310,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 58,
      reasoningTokens: 25,
    },
    finishReason: 'tool-calls',
    model: answeredBy,
  },
};

const thoughtUsage = { promptTokenCount: 60, candidatesTokenCount: 10, thoughtsTokenCount: 80 };

const reasoning: Exchange = {
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Which page?' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'The first.', opaque: { thoughtSignature: 'CiQB0e2K' } },
        { type: 'text', text: 'Page 1.' },
        { type: 'reasoning', text: '', opaque: { thoughtSignature } },
      ],
    },
    { role: 'user', parts: [{ type: 'text', text: 'And then?' }] },
  ],
  request: requests({
    contents: [
      { role: 'user', parts: [{ text: 'Which page?' }] },
      {
        role: 'model',
        parts: [
          { text: 'The first.', thought: true, thoughtSignature: 'CiQB0e2K' },
          { text: 'Page 1.' },
          { text: '', thoughtSignature },
        ],
      },
      { role: 'user', parts: [{ text: 'And then?' }] },
    ],
    generationConfig: {},
  }),
  stream: stream([
    answerOf([{ text: 'After 1 ', thought: true }], { promptTokenCount: 60 }),
    answerOf([{ text: 'comes 2.', thought: true }], { promptTokenCount: 60, thoughtsTokenCount: 80 }),
    answerOf([{ text: 'Page' }], { promptTokenCount: 60, thoughtsTokenCount: 80 }),
    answerOf([{ text: ' 2.' }], { promptTokenCount: 60, thoughtsTokenCount: 80 }),
    answerOf([{ text: '', thoughtSignature }], thoughtUsage, 'STOP'),
  ]),
  whole: answerOf(
    [
      { text: 'After 1 comes 2.', thought: true },
      { text: 'Page 2.', thoughtSignature },
    ],
    thoughtUsage,
    'STOP',
  ),
  expected: {
    text: 'Page 2.',
    reasoning: [
      { type: 'reasoning', text: 'After 1 comes 2.' },
      { type: 'reasoning', text: '', opaque: { thoughtSignature } },
    ],
    toolCalls: [],
    usage: {
      inputTokens: 60,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 90,
      reasoningTokens: 80,
    },
    finishReason: 'stop',
    model: answeredBy,
  },
};

const lengthUsage = { promptTokenCount: 9, candidatesTokenCount: 4, totalTokenCount: 13 };

const length: Exchange = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Count.' }] }],
  options: { maxTokens: 4 },
  request: requests({
    contents: [{ role: 'user', parts: [{ text: 'Count.' }] }],
    generationConfig: { maxOutputTokens: 4 },
  }),
  stream: stream([
    answerOf([{ text: 'One, ' }], { promptTokenCount: 9 }),
    answerOf([{ text: 'two' }], lengthUsage, 'MAX_TOKENS'),
  ]),
  whole: answerOf([{ text: 'One, two' }], lengthUsage, 'MAX_TOKENS'),
  expected: {
    text: 'One, two',
    reasoning: [],
    toolCalls: [],
    usage: { inputTokens: 9, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 4 },
    finishReason: 'length',
    model: answeredBy,
  },
};

export const geminiExchanges: WireExchanges = {
  wire: geminiWire,
  model,
  answer,
  toolCall,
  reasoning,
  length,
  badWhole,
  badStreams,
  errors,
};
