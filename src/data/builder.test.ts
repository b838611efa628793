/** Examples of all stages: what they hold, that budgets hold, and that each follows from its number alone. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parseConfig } from '../config/index.ts';
import { loadFont } from '../node/load-font.ts';
import { openBuilder } from './builder.ts';
import type { Corpus } from './corpus.ts';
import { type Example, imageMark, type Stage } from './example.ts';
import { type DataSettings, defaultSettings, tasksOf } from './settings.ts';
import { english, memoryCorpus } from './test/texts.ts';

/** Small pages, so that several fit. */
const smallPages = parseConfig({ pageSize: [300, 200], reflow: 'auto' });

let corpus: Corpus;
before(async () => {
  corpus = await memoryCorpus({
    'train-a.txt': english(60_000, 'a'),
    'train-b.txt': english(40_000, 'b', 70),
    'val.txt': english(20_000, 'c'),
  });
});

const settingsOf = (stage: Stage, changes: Partial<DataSettings> = {}): DataSettings => ({
  ...defaultSettings,
  stage,
  examples: 60,
  maxTokens: 1500,
  pages: smallPages,
  tasks: tasksOf(stage),
  ...changes,
});

async function buildAll(settings: DataSettings, from = corpus): Promise<Example[]> {
  const builder = await openBuilder(settings, from, { loadFont });
  const examples: Example[] = [];
  for (let i = 0; i < builder.counts.train; i++) {
    const built = await builder.build('train', i);
    assert.ok(!('reason' in built), 'reason' in built ? built.reason : '');
    examples.push(built);
  }
  return examples;
}

test('every stage: marks as many as pages, tokens within the budget, loss on the assistant alone', async () => {
  for (const stage of ['pretrain', 'sft', 'rl'] as const) {
    const tasks = new Set<string>();
    for (const { messages, pages, textTokens, visionTokens, task, key } of await buildAll(
      settingsOf(stage),
    )) {
      tasks.add(task);
      const roles = messages.map(message => message.role);
      const marks = messages.flatMap(({ content }) => content.split(imageMark).slice(1)).length;
      assert.equal(marks, pages.length);
      assert.ok(pages.length >= 1 && pages.length <= 4);
      assert.ok(textTokens + visionTokens <= 1500, `${task}: ${textTokens} + ${visionTokens}`);
      assert.ok(messages.every(({ content }) => content.trim() !== ''));
      if (stage === 'rl') assert.deepEqual(roles, ['user']);
      else if (task === 'interleaved') assert.deepEqual(roles, ['assistant']);
      else assert.deepEqual(roles, ['user', 'assistant']);
      assert.equal(key === undefined, stage === 'pretrain');
      assert.ok(pages.every(({ png }) => png[1] === 0x50 && png[2] === 0x4e));
    }
    const wanted = Object.keys(tasksOf(stage));
    assert.deepEqual([...tasks].sort(), [...wanted, ...(stage === 'pretrain' ? [] : ['ocr'])].sort());
  }
});

test('an example follows from its number alone, whatever was built before it', async () => {
  const settings = settingsOf('pretrain', { pages: 'mixture', maxTokens: 8192 });
  const forwards = await openBuilder(settings, corpus, { loadFont });
  const backwards = await openBuilder(settings, corpus, { loadFont });
  const first = [];
  for (let i = 0; i < 6; i++) first.push(await forwards.build('train', i));
  for (let i = 5; i >= 0; i--) assert.deepEqual(await backwards.build('train', i), first[i]);
  const other = await openBuilder({ ...settings, seed: '43' }, corpus, { loadFont });
  assert.notDeepEqual(await other.build('train', 0), first[0]);
});

test('validation is built from its own documents alone', async () => {
  const builder = await openBuilder(settingsOf('pretrain', { valShare: 0.25 }), corpus, { loadFont });
  assert.deepEqual(builder.counts, { train: 60, val: 15 });
  for (const split of ['train', 'val'] as const) {
    for (let i = 0; i < 5; i++) {
      const built = await builder.build(split, i);
      assert.ok('source' in built && built.source.startsWith(split) && built.id.startsWith(split));
    }
  }
});

test('a text that holds an image mark of its own is never used', async () => {
  const marked = await memoryCorpus({ 'train.txt': 'The mark is <image> here. '.repeat(200) });
  const builder = await openBuilder(settingsOf('pretrain'), marked, { loadFont });
  const built = await builder.build('train', 0);
  assert.ok('reason' in built);
  assert.match(built.reason, /marks of training engines, such as <image>/);
  const both = await memoryCorpus({
    'train-marked.txt': 'It says <|endoftext|> here. '.repeat(300),
    'train-plain.txt': english(9000),
  });
  for (const { source } of await buildAll(settingsOf('pretrain', { examples: 12 }), both)) {
    assert.ok(source.startsWith('train-plain.txt'));
  }
});

test('answers are on the pages, and SFT thinks in the lines they stand on', async () => {
  for (const { messages, key, task } of await buildAll(settingsOf('sft'))) {
    const [, thinking, answer] = /^<think>\n(.*)\n<\/think>\n(.*)$/s.exec(messages[1]!.content) ?? [];
    assert.ok(thinking !== undefined && key !== undefined, messages[1]!.content);
    assert.equal(answer, key.answer);
    assert.match(key.evidence, /^\[p\d+:\d+(-\d+)?\]( \[p\d+:\d+(-\d+)?\])*$/);
    assert.ok(key.targets.length >= 1);
    assert.match(thinking, /^\[p\d+:\d+\] /);
    const quoted = thinking.replace(/(^|\n)\[p\d+:\d+\] /g, '');
    if (['needle', 'multi-key', 'multi-value', 'multi-query', 'key-value'].includes(task)) {
      // A number may be parted by a page's end; then the lines on both sides are quoted.
      assert.ok(
        key.targets.every(target => quoted.includes(target)),
        `${thinking}\n${key.answer}`,
      );
    }
    if (task === 'locate') assert.ok(thinking.startsWith(`${key.answer} `) && key.evidence === key.answer);
    if (task === 'counting') assert.equal(key.evidence.split(' ').length >= Number(key.answer), true);
    if (task === 'which-page') assert.ok(key.evidence.startsWith(`[p${key.answer}:`), key.evidence);
  }
});

test('written-out pages have marks where they are asked for, strings only by name', async () => {
  const lines = { ocrMarks: 'lines', examples: 6 } as const;
  const read = settingsOf('pretrain', { ...lines, tasks: { ocr: 1, strings: 1 } });
  const tasks = (await buildAll(read)).map(({ task, messages }) => {
    assert.match(messages[1]!.content, /^\[p1:1\] /);
    return task;
  });
  assert.deepEqual([...new Set(tasks)].sort(), ['ocr', 'strings']);
  assert.ok(!Object.hasOwn(tasksOf('pretrain'), 'strings'));
  for (const { key } of await buildAll(settingsOf('rl', { ...lines, ocrShare: 1 }))) {
    assert.match(key?.answer ?? '', /^\[p\d:1\] /);
    assert.deepEqual(key?.targets, [key?.answer]);
  }
});

test('no page fits a budget that is too small, and that is said', async () => {
  const builder = await openBuilder(settingsOf('pretrain', { maxTokens: 50 }), corpus, { loadFont });
  await assert.rejects(builder.build('train', 0), /at most 37 vision tokens of glyph.*raise --max-tokens/);
});

test('unknown tasks and models are refused', async () => {
  const open = (changes: Partial<DataSettings>) =>
    openBuilder(settingsOf('sft', changes), corpus, { loadFont });
  await assert.rejects(open({ tasks: { neddle: 1 } }), /did you mean "needle"\?/);
  await assert.rejects(open({ tasks: { needle: 0 } }), /at least one with a weight above 0/);
  await assert.rejects(open({ model: 'gml' }), /gml/);
});
