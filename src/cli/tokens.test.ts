import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { countTextTokens, modelTable, visionTokens } from '../tokens/index.ts';
import { runHere } from './test/fake-terminal.ts';
import { comparedModels } from './tokens.ts';

let folder = '';
let file = '';
const text = 'It is a truth universally acknowledged, that a text of some length costs many tokens.\n'.repeat(
  200,
);
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-tokens-'));
  file = join(folder, 'a.txt');
  writeFileSync(file, text);
});
after(() => rmSync(folder, { recursive: true }));

const json = async (words: string[]) => {
  const { code, out, err } = await runHere(['tokens', ...words, '--json']);
  assert.equal(code, 0, err);
  return JSON.parse(out);
};

test('every compared model is in the table', async () => {
  for (const model of comparedModels) assert.ok(visionTokens(model, 588, 840).tokens > 0, model);
});

test('a text: characters, tokens, pages, and the ratio for each model', async () => {
  const result = await json([file]);
  const { tokens } = await countTextTokens(text);
  assert.deepEqual(
    [result.characters, result.textTokens.count, result.textTokens.tokenizer],
    [text.length, tokens, 'o200k_base'],
  );
  assert.deepEqual(
    result.models.map((row: { model: string }) => row.model),
    comparedModels,
  );
  const [glm] = result.models;
  const expected = result.sizes.reduce(
    (sum: number, { widthPx, heightPx, count }: Record<string, number>) =>
      sum + count! * visionTokens('glm-4.1v', widthPx!, heightPx!).tokens,
    0,
  );
  assert.deepEqual([glm.pages, glm.visionTokens, glm.ratio], [result.pages, expected, tokens / expected]);
  const shown = await runHere(['tokens', file]);
  assert.match(shown.out, /^glm-4\.1v +\d+ +[\d,]+ +\d\.\d\dx {2}exact$/m);
});

test('settings and tokenizer count', async () => {
  const one = await json([file, '--model', 'glm-4.1v', '--tokenizer', 'cl100k_base']);
  const two = await json([file, '--model', 'glm-4.1v', '--font-size', '18']);
  assert.equal(one.textTokens.tokenizer, 'cl100k_base');
  assert.ok(two.models[0].visionTokens > one.models[0].visionTokens);
});

test('one picture', async () => {
  const { models } = await json(['--image', '595x842', '--model', 'glm-4.1v']);
  assert.deepEqual(
    [models[0].tokens, models[0].perImageOverhead, models[0].resizedTo],
    [630, 2, { widthPx: 588, heightPx: 840 }],
  );
  const detail = await json(['--image', '595x842', '--model', 'gpt-4o', '--detail', 'low']);
  assert.equal(detail.models[0].tokens, 85);
});

test('the table, and families of one’s own', async () => {
  assert.deepEqual(
    (await json(['--models'])).map((row: { family: string }) => row.family),
    modelTable().map(row => row.family),
  );
  const own = join(folder, 'families.json');
  const family = {
    id: 'my-model',
    title: 'Mine',
    models: [],
    prefixes: [],
    rule: { kind: 'fixed-square', tokens: 7, sidePx: 100, fit: 'stretch' },
    basis: 'estimated',
    perImageOverhead: 0,
    source: 'test',
  };
  writeFileSync(own, JSON.stringify({ families: [family] }));
  const { models } = await json(['--image', '10x10', '--model', 'my-model', '--families', own]);
  assert.equal(models[0].tokens, 7);
});

test('wrong questions are refused', async () => {
  const refused = async (words: string[], code: number, message: RegExp) => {
    const result = await runHere(['tokens', ...words]);
    assert.match(result.err, message);
    assert.equal(result.code, code);
  };
  await refused([], 2, /expected an input/);
  await refused([file, '--model', 'gml-4.1v'], 2, /nearest known: glm-4/);
  await refused(['--image', '595'], 2, /expected width and height in pixels like 595x842/);
  await refused(['--image', '0x5'], 1, /expected a width of 1 to/);
  await refused(['--image', '5x5', file], 2, /expected no input with --image/);
  await refused([file, '--tokenizer', 'o300k'], 2, /expected o200k_base, cl100k_base or the path/);
  await refused([file, '--tokenizer', join(folder, 'none.json')], 1, /nothing there/);
  await refused([file, '--tokenizer', file], 2, /expected JSON/);
});
