/** Commands with the embedded reader, run with a tiny one that knows a few answers. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lessons, text } from '../reader/test/train-answers.ts';
import { type EmbeddedModel, makeEmbeddedModel } from './test/embedded-model.ts';
import { runHere } from './test/fake-terminal.ts';

let model: EmbeddedModel;
before(async () => {
  model = await makeEmbeddedModel();
});
after(() => model.remove());

const [supported] = lessons.supported;
const [unsupported] = lessons.unsupported;
const ask = (...words: readonly string[]) =>
  runHere(['ask', model.file, ...words], { env: { GLYPH_MODEL: model.spec } });

test('ask prints an answer that stands in the lines it quotes, and these', async () => {
  const { code, out, err } = await ask(supported);
  assert.equal(code, 0, err);
  assert.equal(out, 'had it\n[p1:1] the cat sat on the mat, the hat had it.¶at the\n');
  assert.match(err, /^note: the embedded reader is a small model that finds and quotes.*--model openai:NAME/);
  assert.match(err, /read \d lines on 1 of 1 page \(1\), \d+ tokens in, \d+ out, [\d.]+ s\n$/);
  assert.equal((await ask(supported, '--quiet')).err, '');
});

test('any other answer it keeps to itself, and says so', async () => {
  const { code, out, err } = await ask(unsupported);
  assert.equal(code, 0);
  assert.match(out, /^No answer found; the lines nearest to the question, as read:\n\[p1:\d\] /);
  assert.match(err, /does not stand in the lines it read/);
});

test('--json has the quotes as read and as they are, with their places', async () => {
  const { out, err } = await ask(supported, '--json');
  assert.equal(err, '');
  const answer = JSON.parse(out);
  const { quotes, pages, model: id } = answer;
  assert.deepEqual([answer.answer, answer.supported, pages, id], ['had it', true, 1, model.spec]);
  const [quote] = quotes;
  assert.deepEqual([quote.page, quote.line, quote.document, quote.characterErrorRate], [1, 1, 'cats.txt', 0]);
  assert.equal(text.slice(quote.start, quote.end), quote.text);
});

test('flags that would be without effect are refused', async () => {
  for (const flag of [['--cite'], ['--pdf', 'pages'], ['--dpi', '96']]) {
    const { code, err } = await ask(supported, ...flag);
    assert.equal(code, 2);
    assert.match(err, /only flags it heeds.*a stronger model/);
  }
});

test('without any model the reader of the package is asked; a folder without one is said so', async () => {
  const { code, err } = await runHere(['ask', model.file, supported, '--model', 'embedded:nowhere']);
  assert.equal(code, 1);
  assert.match(err, /open the reader in "nowhere".*config\.json, vocabulary\.json and model\.safetensors/);
  assert.doesNotMatch(err, /a bug in glyph/);
  const server = await runHere(['ask', model.file, supported, '--base-url', 'http://localhost:1']);
  assert.equal(server.code, 2);
  assert.match(server.err, /name a model with --model or GLYPH_MODEL/);
});

test('read transcribes pages of its own kind', async () => {
  const pages = join(model.folder, 'pages');
  const size = ['--preset', 'embedded', '--page-size', '256,192'];
  assert.equal((await runHere(['render', model.file, '-o', pages, ...size])).code, 0);
  const { code, out, err } = await runHere([
    ...['read', pages, '--model', model.spec, '--against', model.file, '--json'],
  ]);
  assert.equal(code, 0, err);
  const [page, rate] = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.equal(page.model, model.spec);
  assert.equal(typeof rate.characterErrorRate, 'number');
});

test('the demo runs from the drawing to the answers', async () => {
  const folder = join(model.folder, 'demo');
  const { code, out, err } = await runHere(['demo', '--model', model.spec, '-o', folder]);
  assert.equal(code, 0, err);
  assert.match(out, /1\. A document of 5,\d+ words, with three facts hidden in it/);
  assert.match(out, /as pages {2}[\d,]+ tokens on \d+ pages, [\d.]+x/);
  assert.match(out, /2\. The first page, read back.*\n.*16 lines in [\d.]+ s, wrong characters [\d.]+ %/);
  assert.match(out, /What is the pass code of the .*\?\n/);
  assert.match(out, /\d of 3 found/);
  assert.ok(readdirSync(folder).includes('manifest.json'));
  const asJson = await runHere(['demo', '--model', model.spec, '--seed', '7', '--json']);
  const shown = JSON.parse(asJson.out);
  assert.deepEqual(
    [shown.answers.length, shown.model, shown.textTokens.tokenizer],
    [3, model.spec, 'o200k_base'],
  );
  const other = await runHere(['demo', '--model', 'mock:x']);
  assert.match(other.err, /expected embedded or embedded:FOLDER/);
});

test('serve answers any OpenAI client about a text in the question', async () => {
  const { openEmbeddedServer } = await import('./serve-embedded.ts');
  const { fetch, close } = await openEmbeddedServer(model.spec, { positionals: [], flags: {} }, {});
  const asked = async (content: unknown) => {
    const body = JSON.stringify({ model: 'embedded', messages: [{ role: 'user', content }] });
    const response = await fetch(new Request('http://x/v1/chat/completions', { method: 'POST', body }));
    return [response.status, (await response.json()) as Record<string, never>] as const;
  };
  const document = text.repeat(Math.ceil(400 / text.length));
  const [status, { choices }] = await asked(`${document}\n\n${supported}`);
  assert.equal(status, 200);
  assert.match(JSON.stringify(choices), /\[p1:\d+\]/);
  const page = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
  const [refused, { error }] = await asked([page, { type: 'text', text: supported }]);
  assert.equal(refused, 400);
  assert.match(JSON.stringify(error), /invalid_request_error/);
  await close();
  for (const words of [
    ['--model', 'gpt-4.1'],
    ['--model', 'embedded', '--upstream-openai', 'http://x'],
  ]) {
    const { code, err } = await runHere(['serve', ...words]);
    assert.equal(code, 2);
    assert.match(err, /serve a model/);
  }
});
