/** The same split however the text is cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAssembly } from './assemble.ts';
import { openaiChatWire } from './openai/chat.ts';
import { splitThinking, type ThinkTags } from './think.ts';

/** The text in pieces that end at `cuts`. */
function streamed(text: string, cuts: readonly number[], tags: ThinkTags, thoughts: readonly string[] = []) {
  const reader = splitThinking(openaiChatWire, tags).startReading();
  const assembly = createAssembly('m');
  const push = (choice: object) => {
    for (const piece of reader.readEvent({ data: JSON.stringify({ choices: [choice] }) }))
      assembly.add(piece);
  };
  for (const reasoning of thoughts) push({ delta: { reasoning } });
  const ends = [...new Set(cuts.map(cut => cut % (text.length + 1)))].sort((a, b) => a - b);
  let start = 0;
  for (const end of [...ends, text.length]) {
    push({ delta: { content: text.slice(start, end) } });
    start = end;
  }
  push({ delta: {}, finish_reason: 'stop' });
  return resultOf(assembly);
}

function whole(text: string, tags: ThinkTags) {
  const assembly = createAssembly('m');
  const answer = { choices: [{ message: { content: text }, finish_reason: 'stop' }] };
  for (const piece of splitThinking(openaiChatWire, tags).readWhole(answer)) assembly.add(piece);
  return resultOf(assembly);
}

function resultOf(assembly: ReturnType<typeof createAssembly>) {
  const { text, reasoning } = assembly.completion();
  return { text, reasoning: reasoning.map(part => part.text).join('|') };
}

const cases: readonly (readonly [ThinkTags, string, { text: string; reasoning: string }])[] = [
  ['generated', '<think>why</think>so', { reasoning: 'why', text: 'so' }],
  ['generated', '\n <think>\nwhy not\n</think>\n\nso it is\n', { reasoning: 'why not', text: 'so it is\n' }],
  ['generated', '<think>never closed </thin', { reasoning: 'never closed </thin', text: '' }],
  ['generated', '<think></think>so', { reasoning: '', text: 'so' }],
  ['generated', '<think>', { reasoning: '', text: '' }],
  ['generated', '<think>a</think>\n<think>b</think>c', { reasoning: 'ab', text: 'c' }],
  ['generated', '  no tags at all ', { reasoning: '', text: '  no tags at all ' }],
  [
    'generated',
    'the tag <think> is no thought</think>',
    { reasoning: '', text: 'the tag <think> is no thought</think>' },
  ],
  ['generated', '<thin', { reasoning: '', text: '<thin' }],
  ['generated', '<thinking>x', { reasoning: '', text: '<thinking>x' }],
  ['generated', '<think>a < b </thing> c</think>d', { reasoning: 'a < b </thing> c', text: 'd' }],
  ['generated', '', { reasoning: '', text: '' }],
  ['prompted', 'why\n</think>\nso', { reasoning: 'why', text: 'so' }],
  ['prompted', '<think>why</think>so', { reasoning: 'why', text: 'so' }],
  ['prompted', '<think>\n <think>why</think>so', { reasoning: '<think>why', text: 'so' }],
  ['prompted', ' <thin', { reasoning: '<thin', text: '' }],
  ['prompted', 'never closed', { reasoning: 'never closed', text: '' }],
  ['prompted', '</think>so', { reasoning: '', text: 'so' }],
];

for (const [tags, text, expected] of cases) {
  test(`${tags}: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(whole(text, tags), expected);
    const everyCharacter = Array.from(text, (_, index) => index);
    assert.deepEqual(streamed(text, everyCharacter, tags), expected);
    fc.assert(
      fc.property(fc.array(fc.nat()), cuts => {
        assert.deepEqual(streamed(text, cuts, tags), expected);
      }),
      { numRuns: 50 },
    );
  });
}

test('streamed as whole, and no letter lost, whatever the text', () => {
  const words = fc.constantFrom('<think>', '</think>', '<', '</', 'think>', 'a', ' ', '\n');
  fc.assert(
    fc.property(
      fc.array(words),
      fc.array(fc.nat()),
      fc.constantFrom('generated', 'prompted'),
      (list, cuts, tags) => {
        const text = list.join('');
        const result = streamed(text, cuts, tags as ThinkTags);
        assert.deepEqual(result, whole(text, tags as ThinkTags));
        const letters = (some: string) => some.replaceAll(/[^a]/g, '');
        assert.equal(letters(result.reasoning + result.text), letters(text));
      },
    ),
    { numRuns: 2000 },
  );
});

test('where the server has split already, text is left as it is', () => {
  for (const tags of ['generated', 'prompted'] as const) {
    assert.deepEqual(streamed('the answer</think>', [3], tags, ['hm']), {
      reasoning: 'hm',
      text: 'the answer</think>',
    });
  }
});
