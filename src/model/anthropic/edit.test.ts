/** Bodies of the Messages API: parts found, pages put in their place, everything else byte for byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { readBody } from '../body.ts';
import { anthropicEditor } from './edit.ts';

const page = { mediaType: 'image/png', base64: 'AAAA' } as const;
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
const note = { type: 'text', text: 'see' };
const mark = { type: 'ephemeral', ttl: '1h' } as const;

const params: MessageCreateParamsNonStreaming = {
  model: 'claude-sonnet-4-5',
  max_tokens: 9,
  system: [{ type: 'text', text: 'Be short.', cache_control: mark }],
  tools: [{ name: 'read', input_schema: { type: 'object' } }],
  messages: [
    { role: 'user', content: 'plain' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'read', input: { path: 'a' } }] },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 't1', content: 'as a string', cache_control: mark },
        {
          type: 'tool_result',
          tool_use_id: 't2',
          is_error: true,
          content: [{ type: 'text', text: 'inner', cache_control: mark }],
        },
        { type: 'document', title: 'a.txt', source: { type: 'text', media_type: 'text/plain', data: 'doc' } },
        { type: 'text', text: 'question', cache_control: mark },
        { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
      ],
    },
  ],
};
// A number as no program writes it, and a field nobody knows.
const text = JSON.stringify(params, undefined, 1).replace(
  '"max_tokens": 9',
  '"max_tokens": 9.0e0, "x-new": [ 1 ]',
);
const body = readBody(text);
const { parts, model, images } = anthropicEditor.listBodyParts(body);
const partOf = (content: string) => parts.find(part => part.text === content)!;
const replace = (...contents: readonly string[]) =>
  anthropicEditor
    .putBack(
      body,
      contents.map(content => ({ part: partOf(content), texts: ['see'], images: [page, page] })),
    )
    .join('');

test('all parts are listed, with what may become of them', () => {
  assert.equal(model, 'claude-sonnet-4-5');
  assert.equal(images, 1);
  const facts = (content: string) => {
    const { role, kind, images: held, outcome, cacheMark, name } = partOf(content);
    return [role, kind, held, outcome, cacheMark, name];
  };
  assert.deepEqual(facts('Be short.'), ['system', 'text', 'impossible', 'ok', 'marked', 'the system prompt']);
  assert.deepEqual(facts('plain'), ['user', 'text', 'possible', 'ok', 'none', 'a text of user message 1']);
  const result = ['user', 'tool-result', 'possible'];
  assert.deepEqual(facts('as a string'), [...result, 'ok', 'marked', 'the result of read']);
  assert.deepEqual(facts('inner'), [...result, 'error', 'marked', 'the result of a tool']);
  assert.deepEqual(facts('doc'), ['user', 'document', 'possible', 'ok', 'none', 'a.txt']);
});

test('pages stand in the place of each kind of part, cache marks on the last image', () => {
  const changed = JSON.parse(replace('plain', 'as a string', 'inner', 'doc', 'question')) as typeof params;
  assert.deepEqual(changed.messages[0]?.content, [note, image, image]);
  const blocks = [note, image, image];
  const marked = [note, image, { ...image, cache_control: mark }];
  assert.deepEqual(changed.messages[2]?.content, [
    { type: 'tool_result', tool_use_id: 't1', content: blocks, cache_control: mark },
    { type: 'tool_result', tool_use_id: 't2', is_error: true, content: marked },
    ...blocks,
    ...marked,
    { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
  ]);
});

test('nothing else changes by a byte', () => {
  const changed = replace('as a string');
  const [before, after] = text.split('"as a string"');
  assert.ok(changed.startsWith(before!));
  assert.ok(changed.endsWith(after!));
  assert.equal(anthropicEditor.putBack(body, []).join(''), text);
});

test('a block with fields that would be lost, and one to be cited, stay', () => {
  const source = { type: 'text', media_type: 'text/plain', data: 'cited' };
  const content = [
    { type: 'text', text: 'odd', citations: [] },
    { type: 'document', source, citations: { enabled: true } },
  ];
  const odd = readBody(JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }));
  const held = anthropicEditor.listBodyParts(odd).parts.map(part => part.images);
  assert.deepEqual(held, ['impossible', 'impossible']);
});

test('another shape is an error', () => {
  for (const wrong of ['[]', '{"messages":{}}', '{"messages":[{"role":"user","content":7}]}']) {
    assert.throws(() => anthropicEditor.listBodyParts(readBody(wrong)), /read a request for/);
  }
  assert.throws(() => readBody('{"model":'), /JSON/);
});
