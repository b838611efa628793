/** Bodies of generateContent: parts found, pages put in their place, everything else byte for byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBody } from '../body.ts';
import { geminiEditor } from './edit.ts';

const page = { mediaType: 'image/png', base64: 'AAAA' } as const;
const image = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };
const given = { inlineData: { mimeType: 'image/jpeg', data: 'BBBB' } };

const params = {
  systemInstruction: { parts: [{ text: 'rules' }] },
  contents: [
    { role: 'user', parts: [{ text: 'long' }, given] },
    { role: 'model', parts: [{ functionCall: { name: 'read', args: {} }, thoughtSignature: 's' }] },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'read', response: { status: 'ok', output: 'first' } } },
        { functionResponse: { name: 'read', response: { output: 'second' }, parts: [given] } },
        { functionResponse: { name: 'read', response: { output: 'third' }, parts: [] } },
        { functionResponse: { name: 'read', response: { error: 'failed' } } },
      ],
    },
  ],
  generationConfig: { temperature: 0 },
};
const text = JSON.stringify(params);
const body = readBody(text);

test('parts with role, kind and what may become of them', () => {
  const { parts, images } = geminiEditor.listBodyParts(body, 'gemini-3-pro');
  assert.equal(images, 2);
  assert.deepEqual(
    parts
      .slice(1)
      .map(({ role, kind, text: content, images: held, outcome }) => [role, kind, content, held, outcome]),
    [
      ['user', 'text', 'long', 'possible', 'ok'],
      ['user', 'other', '', 'impossible', 'ok'],
      ['assistant', 'other', JSON.stringify(params.contents[1]!.parts[0]), 'impossible', 'ok'],
      ['user', 'tool-result', 'first', 'possible', 'ok'],
      ['user', 'tool-result', 'second', 'possible', 'ok'],
      ['user', 'tool-result', 'third', 'possible', 'ok'],
      ['user', 'tool-result', 'failed', 'possible', 'error'],
    ],
  );
});

test('models before Gemini 3 take no images in results', () => {
  for (const model of ['gemini-2.5-pro', 'gemini-2.0-flash', 'gemini-1.5-pro']) {
    const { parts } = geminiEditor.listBodyParts(body, model);
    const held = parts.filter(part => part.kind === 'tool-result').map(part => part.images);
    assert.deepEqual(new Set(held), new Set(['impossible']));
  }
});

test('pages stand in the place of a text, and inside of a result', () => {
  const { parts } = geminiEditor.listBodyParts(body, 'gemini-3-pro');
  const replacements = ['long', 'first', 'second', 'third'].map(content => ({
    part: parts.find(part => part.text === content)!,
    texts: [`see ${content}`],
    images: [page],
  }));
  const changed = JSON.parse(geminiEditor.putBack(body, replacements).join('')) as typeof params;
  assert.deepEqual(changed, {
    ...params,
    contents: [
      { role: 'user', parts: [{ text: 'see long' }, image, given] },
      params.contents[1],
      {
        role: 'user',
        parts: [
          {
            functionResponse: {
              name: 'read',
              response: { status: 'ok', output: 'see first' },
              parts: [image],
            },
          },
          { functionResponse: { name: 'read', response: { output: 'see second' }, parts: [given, image] } },
          { functionResponse: { name: 'read', response: { output: 'see third' }, parts: [image] } },
          params.contents[2]!.parts[3],
        ],
      },
    ],
  });
  assert.equal(geminiEditor.putBack(body, []).join(''), text);
});

test('another shape is an error', () => {
  for (const wrong of ['[]', '{"contents":7}', '{}']) {
    assert.throws(() => geminiEditor.listBodyParts(readBody(wrong)), /read a request for/);
  }
});
