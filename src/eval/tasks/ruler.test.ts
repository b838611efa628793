/** Every made sample is solved by a rule that reads only what a model reads, and has the length it was asked for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { countTokensSync, loadTextTokenizer } from '../../tokens/index.ts';
import type { OpenOptions, Sample } from '../task.ts';
import { memoryFiles } from '../test/memory-files.ts';
import { digestOf, materialText, openAll, samplesOf } from '../test/open-all.ts';
import { rulerTask } from './ruler.ts';

await loadTextTokenizer();

const wholeText = (sample: Sample, form: 'text' | 'pages' = 'text') =>
  sample.prompts[form].before + materialText(sample) + sample.prompts[form].after;

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match.slice(1));

/** How often each word comes, most often first. */
function ranked(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
}

/** What a careful reader finds, from context and question alone. */
function solve(sample: Sample): string[] {
  const context = materialText(sample);
  const { question, subset } = sample;
  if (subset.startsWith('niah')) {
    const keys = /for (.+) given in/.exec(question)![1]!.split(/, (?:and )?/);
    const needles = matches(context, /special magic \w+ for (\S+) is: ([\w-]+)\./g);
    return needles.flatMap(([key, value]) => (keys.includes(key!) ? [value!] : []));
  }
  if (subset === 'vt') {
    const holders = [/value (\d+)/.exec(question)![1]!];
    for (const [name, value] of matches(context, /VAR (\w+) = (?:VAR )?(\w+)/g)) {
      if (holders.includes(value!)) holders.push(name!);
    }
    return holders.slice(1);
  }
  if (subset === 'cwe') return ranked(matches(context, /\d+\. (\w+)/g).flat()).slice(0, 10);
  if (subset === 'fwe') return ranked(context.split(' ').filter(word => word !== '...')).slice(0, 3);
  return solveFromDocuments(context, question);
}

function solveFromDocuments(context: string, question: string): string[] {
  const find = (pattern: string) => matches(context, new RegExp(pattern, 'g')).flat();
  const founderOf =
    /founder of the (.+?)( born)?\?/.exec(question)?.[1] ?? /founded the (.+)\?/.exec(question)?.[1];
  const founder =
    founderOf === undefined ? undefined : find(`The ${founderOf} was founded by ([\\w ]+)\\.`)[0];
  if (question.includes(': Who')) return [founder!];
  const person = founder ?? /(?:was|of) (\w+ \w+)(?: born)?\?/.exec(question)![1]!;
  return find(
    question.includes(': In') ? `${person} was born in (\\w+)\\.` : `${person} worked as an? (\\w+)\\.`,
  );
}

/** Whether the example drew attention to itself is for the model; here only that pages leave it out. */
const hasExample = (subset: string) => subset === 'vt' || subset === 'cwe';

const lengthsOf = (subset: string): readonly number[] =>
  subset === 'niah_multikey_3'
    ? [2048]
    : subset === 'cwe' || subset.startsWith('qa')
      ? [1024, 2048]
      : [512, 1024, 2048];

describe('ruler', () => {
  for (const subset of rulerTask.subsets) {
    test(`${subset}: each sample's answer is in its text, and its length is right`, async () => {
      const lengths = lengthsOf(subset);
      const limit = Math.ceil(78 / lengths.length);
      const samples = [
        ...(await samplesOf(rulerTask, { subsets: [subset], lengths, limit })),
        ...(await samplesOf(rulerTask, { subsets: [subset], lengths: [8192], limit: 2 })),
      ];
      assert.equal(samples.length, limit * lengths.length + 2);
      assert.equal(new Set(samples.map(({ id }) => id)).size, samples.length);
      for (const sample of samples) {
        assert.deepEqual([...solve(sample)].sort(), [...sample.targets].sort(), sample.id);
        const length = Number(sample.groups['length']);
        const tokens = countTokensSync(wholeText(sample)) + sample.maxTokens!;
        assert.equal(tokens, sample.meta['tokens'], sample.id);
        assert.ok(tokens <= length && tokens >= 0.98 * length, `${sample.id}: ${tokens} tokens`);
        assert.equal(
          sample.prompts.text.before !== sample.prompts.pages.before,
          hasExample(subset),
          sample.id,
        );
        assert.ok(sample.prompts.text.before.endsWith(sample.prompts.pages.before), sample.id);
        const perfect = rulerTask.scorer.score(sample, { text: sample.targets.join(' and ') });
        assert.equal(perfect.value, 1, sample.id);
        assert.equal(rulerTask.scorer.score(sample, { text: '???' }).value, 0, sample.id);
      }
    });
  }

  test('the same seed makes the same samples on every machine, another seed others', async () => {
    const digest = async (seed: number) =>
      digestOf(await samplesOf(rulerTask, { lengths: [4096], limit: 2, seed }));
    assert.equal(await digest(42), '5d617ee110eae0db53c225eccf1573dbd64ff9ba7236d830029d42fb12641c6b');
    assert.notEqual(await digest(43), await digest(42));
  });

  test('a sample does not depend on those made before it', async () => {
    const both = await samplesOf(rulerTask, { subsets: ['vt', 'fwe'], lengths: [1024, 2048], limit: 3 });
    const [last] = (await samplesOf(rulerTask, { subsets: ['fwe'], lengths: [2048], limit: 3 })).slice(-1);
    assert.deepEqual(both.at(-1), last);
  });

  test('another tokenizer makes samples of that tokenizer’s length', async () => {
    const countTokens = (text: string) => Math.ceil(text.length / 3);
    for (const sample of await samplesOf(rulerTask, { lengths: [4096], limit: 1, countTokens })) {
      const tokens = countTokens(wholeText(sample)) + sample.maxTokens!;
      assert.ok(tokens <= 4096 && tokens >= 0.98 * 4096, `${sample.id}: ${tokens} tokens`);
    }
  });

  test('questions come from SQuAD and HotpotQA where their files are', async () => {
    const paragraph = (i: number) => `Paragraph ${i} says ${`word${i} `.repeat(60)}and the code is c${i}z.`;
    const squad = {
      data: [
        {
          paragraphs: Array.from({ length: 30 }, (_, i) => ({
            context: paragraph(i),
            qas: [
              { question: `Unknown ${i}?`, is_impossible: true, answers: [] },
              { question: `Code ${i}?`, answers: [{ text: `c${i}z` }, { text: `c${i}z` }] },
            ],
          })),
        },
      ],
    };
    const hotpot = Array.from({ length: 5 }, (_, i) => ({
      question: `Which ${i}?`,
      answer: `a${i}`,
      context: Array.from({ length: 3 }, (_, j) => [
        `Title ${i} ${j}`,
        [`First ${i} ${j}. `, `The answer is a${i}.`],
      ]),
    }));
    const files = memoryFiles({
      'ruler/dev-v2.0.json': JSON.stringify(squad),
      'ruler/hotpot_dev_distractor_v1.json': JSON.stringify(hotpot),
    });
    const options = { files, folder: 'ruler', lengths: [2048], limit: 3 };
    const [first, second] = await samplesOf(rulerTask, { ...options, subsets: ['qa_1'] });
    assert.deepEqual(first!.targets, ['c0z']);
    assert.ok(materialText(first!).includes(paragraph(0)));
    assert.deepEqual(second!.targets, ['c1z']);
    const [two] = await samplesOf(rulerTask, { ...options, subsets: ['qa_2'] });
    assert.deepEqual(two!.targets, ['a0']);
    for (const j of [0, 1, 2])
      assert.match(materialText(two!), new RegExp(`Document \\d+:\\nTitle 0 ${j}\\n`));
  });

  test('options that do not hold are refused with what would', async () => {
    const refused = (options: object, message: RegExp) =>
      assert.rejects(openAll(rulerTask, options), (error: unknown) => {
        assert.ok(error instanceof GlyphError);
        assert.match(error.message, message);
        return true;
      });
    await refused({ subsets: ['niah_single_9'] }, /did you mean "niah_single_\d"/);
    await refused({ subsets: ['niah_multikey_3'], lengths: [1024] }, /from 2048 to/);
    await refused({ lengths: [4096.5] }, /whole numbers/);
    await refused({ limit: 0 }, /a limit of at least 1/);
    await refused({ files: memoryFiles({ 'x/readme.txt': '' }), folder: 'x' }, /dev-v2\.0\.json or hotpot/);
    await assert.rejects(openAll(rulerTask, { signal: AbortSignal.abort() }), /cancellation/);
  });
});

test('lengths too short for a subset leave it out, unless it is named', async () => {
  const subsetsAt = async (options: OpenOptions) => {
    const found = new Set<string>();
    for await (const each of rulerTask.open({ limit: 1, ...options })) {
      if (each.kind === 'sample') found.add(`${each.subset}/${each.groups['length']}`);
    }
    return found;
  };
  const all = await subsetsAt({ lengths: [1024, 2048] });
  assert.equal(all.size, 25);
  assert.ok(!all.has('niah_multikey_3/1024') && all.has('niah_multikey_3/2048'));
  const named = { lengths: [1024], subsets: ['niah_multikey_3'] };
  await assert.rejects(subsetsAt(named), { kind: 'config' });
});
