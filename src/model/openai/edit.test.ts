/** Bodies of both OpenAI formats: parts found, pages put in their place, everything else byte for byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import { type BodyEditor, readBody } from '../body.ts';
import { openaiChatEditor } from './chat-edit.ts';
import { openaiResponsesEditor } from './responses-edit.ts';

const page = { mediaType: 'image/png', base64: 'AAAA' } as const;
const url = 'data:image/png;base64,AAAA';

function replace(editor: BodyEditor, text: string, contents: readonly string[]): string {
  const body = readBody(text);
  const { parts } = editor.listBodyParts(body);
  const replacements = contents.map(content => {
    const part = parts.find(each => each.text === content);
    assert.ok(part?.images === 'possible', content);
    return { part, texts: [`see ${content}`], images: [page] };
  });
  return editor.putBack(body, replacements).join('');
}

const chat: ChatCompletionCreateParamsNonStreaming = {
  model: 'gpt-4.1',
  messages: [
    { role: 'developer', content: 'rules' },
    { role: 'user', content: 'plain' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read', arguments: '{"a":1}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'first' },
    { role: 'tool', tool_call_id: 'c2', content: [{ type: 'text', text: 'second' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'long' },
        { type: 'image_url', image_url: { url } },
      ],
    },
  ],
};
const chatImage = { type: 'image_url', image_url: { url, detail: 'high' } };
const chatText = JSON.stringify(chat, undefined, 2);

test('chat: parts with role, kind and name', () => {
  const { parts, model, images } = openaiChatEditor.listBodyParts(readBody(chatText));
  assert.deepEqual([model, images], ['gpt-4.1', 1]);
  assert.deepEqual(
    parts.map(({ role, kind, name, images: held }) => [role, kind, name, held]),
    [
      ['system', 'text', 'a text of developer message 1', 'impossible'],
      ['user', 'text', 'a text of user message 2', 'possible'],
      ['assistant', 'other', 'a text of assistant message 3', 'impossible'],
      ['tool', 'tool-result', 'the result of read', 'possible'],
      ['tool', 'tool-result', 'the result of a tool', 'possible'],
      ['user', 'text', 'a text of user message 6', 'possible'],
      ['user', 'other', 'a text of user message 6', 'impossible'],
    ],
  );
});

test('chat: pages of results follow after all results of the turn', () => {
  const changed = JSON.parse(
    replace(openaiChatEditor, chatText, ['plain', 'first', 'second', 'long']),
  ) as typeof chat;
  const shown = (content: string) => [{ type: 'text', text: `see ${content}` }, chatImage];
  const elsewhere = 'This result is shown as page images after the results of this turn.';
  assert.deepEqual(changed.messages.slice(1), [
    { role: 'user', content: shown('plain') },
    chat.messages[2],
    { role: 'tool', tool_call_id: 'c1', content: elsewhere },
    { role: 'tool', tool_call_id: 'c2', content: [{ type: 'text', text: elsewhere }] },
    { role: 'user', content: [...shown('first'), ...shown('second')] },
    { role: 'user', content: [...shown('long'), { type: 'image_url', image_url: { url } }] },
  ]);
});

const responses: ResponseCreateParamsNonStreaming = {
  model: 'gpt-5.4',
  instructions: 'rules',
  input: [
    { role: 'user', content: 'plain' },
    { type: 'reasoning', id: 'r1', summary: [], encrypted_content: 'x' },
    { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c1', output: 'first' },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'long' }] },
    { role: 'assistant', content: 'answer' },
  ],
};
const responsesText = JSON.stringify(responses);

test('responses: parts with role, kind and name', () => {
  const { parts } = openaiResponsesEditor.listBodyParts(readBody(responsesText));
  assert.deepEqual(
    parts.map(({ role, kind, name, images }) => [role, kind, name, images]),
    [
      ['system', 'text', 'instructions', 'impossible'],
      ['user', 'text', 'a text of item 1', 'possible'],
      ['assistant', 'other', 'a text of item 2', 'impossible'],
      ['assistant', 'other', 'a text of item 3', 'impossible'],
      ['tool', 'tool-result', 'the result of read', 'possible'],
      ['user', 'text', 'a text of item 5', 'possible'],
      ['assistant', 'text', 'a text of item 6', 'impossible'],
    ],
  );
  const bare = openaiResponsesEditor.listBodyParts(readBody('{"model":"m","input":"hello"}'));
  assert.deepEqual(
    bare.parts.map(({ text, images }) => [text, images]),
    [['hello', 'impossible']],
  );
});

test('responses: pages stand where the text stood', () => {
  const changed = JSON.parse(
    replace(openaiResponsesEditor, responsesText, ['plain', 'first', 'long']),
  ) as typeof responses;
  const shown = (content: string) => [
    { type: 'input_text', text: `see ${content}` },
    { type: 'input_image', image_url: url, detail: 'high' },
  ];
  const items = changed.input as unknown[];
  assert.deepEqual(items[0], { role: 'user', content: shown('plain') });
  assert.deepEqual(items[3], { type: 'function_call_output', call_id: 'c1', output: shown('first') });
  assert.deepEqual(items[4], { type: 'message', role: 'user', content: shown('long') });
});

test('nothing else changes by a byte', () => {
  for (const [editor, text] of [
    [openaiChatEditor, chatText],
    [openaiResponsesEditor, responsesText],
  ] as const) {
    assert.equal(editor.putBack(readBody(text), []).join(''), text);
    const [before, after] = text.split('"plain"');
    const changed = replace(editor, text, ['plain']);
    assert.ok(changed.startsWith(before!) && changed.endsWith(after!));
  }
});

test('another shape is an error', () => {
  for (const editor of [openaiChatEditor, openaiResponsesEditor]) {
    for (const wrong of ['null', '{"messages":7,"input":7}']) {
      assert.throws(() => editor.listBodyParts(readBody(wrong)), /read a request for/);
    }
  }
});
