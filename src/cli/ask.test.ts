import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type FakeModels, startFakeModels } from '../../tests/support/fake-models.ts';
import { prose } from '../compress/test/harness.ts';
import { buildPdf, textLines } from '../node/test/build-pdf.ts';
import type { Terminal } from './command.ts';
import { runHere } from './test/fake-terminal.ts';

const key = 'sk-test-0123456789abcdef';
let models: FakeModels;
let folder = '';
let book = '';
before(async () => {
  models = await startFakeModels();
  folder = mkdtempSync(join(tmpdir(), 'glyph-ask-test-'));
  book = join(folder, 'book.txt');
  writeFileSync(book, prose(1, 40_000));
});
after(async () => {
  await models.close();
  rmSync(folder, { recursive: true });
});

function ask(words: readonly string[], world: Partial<Terminal> = {}) {
  const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: models.origin };
  models.received.length = 0;
  return runHere(['ask', ...words, ...(words.includes('--model') ? [] : ['--model', 'openai:gpt-5.2'])], {
    env,
    ...world,
  });
}

interface Sent {
  readonly messages: readonly {
    readonly content: string | readonly { readonly type: string; readonly text?: string }[];
  }[];
}
const sentParts = () => {
  const { content } = (models.received[0] as Sent).messages.at(-1)!;
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
};

test('the answer on standard output, the figures on standard error', async () => {
  const { code, out, err } = await ask([book, 'Who tells it?', '--cite']);
  assert.equal(code, 0, err);
  assert.equal(out, 'It is told in the first person [p1:1].\n');
  assert.match(
    err,
    /^[\d,]+ text tokens as [\d,]+ \([\d.]+x\), \d+ pages, [\d.]+ s, billed 700 in, 9 out, \$0\.\d+\n\[p1:1-1\] book\.txt, characters 0 to \d+\n$/,
  );
  assert.ok(sentParts().filter(part => part.type === 'image_url').length > 3);
  assert.match(sentParts().at(-1)!.text ?? '', /^Who tells it\?\n\nAfter each claim/);
  assert.equal((await ask([book, 'Who?', '--quiet'])).err, '');
});

test('--json is one value with everything, and holds no key', async () => {
  const { out, err } = await ask([book, 'Who?', '--json', '--cite', '--show', '-o', join(folder, 'shown')]);
  assert.equal(err, '');
  const answer = JSON.parse(out);
  assert.equal(answer.text, 'It is told in the first person [p1:1].');
  assert.equal(answer.citations[0].document, 'book.txt');
  assert.equal(answer.usage.inputTokens, 700);
  assert.ok(answer.accounting.compressionRatio > 1);
  assert.deepEqual(readdirSync(answer.pagesFolder)[0], 'page-0001.png');
  assert.ok(!out.includes(key));
});

test('a dry run needs no key and sends nothing', async () => {
  const { code, out } = await ask([book, 'Who?', '--dry-run'], { env: {} });
  assert.equal(code, 0);
  assert.match(out, /^To openai:gpt-5\.2, nothing sent:\n {2}book\.txt became \d+ pages/);
  assert.match(out, /Cost of the input: \$/);
  assert.equal(models.received.length, 0);
  const { out: asJson } = await ask([book, 'Who?', '--dry-run', '--json'], { env: {} });
  const plan = JSON.parse(asJson);
  assert.equal(plan.requests.length, 1);
  assert.equal(plan.accounting.tokensAfter, plan.requests[0].textTokens + plan.requests[0].visionTokens);
});

test('text is counted by the tokenizer named', async () => {
  const count = async (...more: readonly string[]) =>
    JSON.parse((await ask([book, 'Who?', '--dry-run', '--json', ...more])).out).accounting;
  const [o200k, cl100k] = [await count(), await count('--tokenizer', 'cl100k_base')];
  assert.deepEqual([o200k.tokenizer, cl100k.tokenizer], ['o200k_base', 'cl100k_base']);
  assert.notEqual(o200k.tokensBefore, cl100k.tokensBefore);
});

test('files share pages, citations name the file; text stays text with --pages never', async () => {
  const source = join(folder, 'src');
  mkdirSync(source, { recursive: true });
  for (let i = 0; i < 30; i++)
    writeFileSync(join(source, `part-${String(i).padStart(2, '0')}.txt`), prose(i, 900));
  const { out, err } = await ask([source, 'Who?', '--json', '--cite']);
  assert.equal(err, '');
  const answer = JSON.parse(out);
  assert.ok(answer.accounting.pages >= 3 && answer.accounting.pages <= 6, String(answer.accounting.pages));
  assert.equal(answer.citations[0].document, 'src/part-00.txt');
  const plain = JSON.parse((await ask([source, 'Who?', '--json', '--pages', 'never'])).out);
  assert.equal(plain.accounting.pages, 0);
  assert.equal(plain.decisions[0].reason, 'kept-by-caller');
});

test('a PDF file goes as its pages or as its text; standard input works', async () => {
  const pdf = buildPdf([{ content: textLines(['Revenue: $4,213.55']) }]);
  const file = join(folder, 'report.pdf');
  writeFileSync(file, pdf);
  await ask([file, 'What?', '--no-zoom']);
  assert.deepEqual(
    sentParts().map(part => part.type),
    ['text', 'text', 'image_url', 'text', 'text'],
  );
  assert.match(sentParts()[3]!.text ?? '', /l1 \$4,213\.55/);
  await ask([file, 'What?', '--pdf', 'text']);
  assert.deepEqual(
    sentParts().map(part => part.type),
    ['text', 'text'],
  );
  async function* stdin() {
    yield pdf;
  }
  await ask(['What?', '--no-zoom'], { stdin: stdin() });
  assert.ok(sentParts().some(part => part.type === 'image_url'));
});

test('secrets are replaced before anything is sent', async () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  const file = join(folder, 'with-secret.txt');
  writeFileSync(file, `token ${secret}`);
  const { err } = await ask([file, 'What?', '--redact', 'secrets']);
  assert.match(err, /note: 1 secret replaced/);
  assert.ok(!JSON.stringify(models.received).includes(secret));
});

const wrong: readonly (readonly [title: string, words: readonly string[], code: number, message: RegExp])[] =
  [
    ['no question', [], 2, /inputs and then a question in quotes/],
    ['an unknown provider', ['BOOK', 'Who?', '--model', 'opena:x'], 2, /did you mean "openai"/],
    [
      'a model of no known family',
      ['BOOK', 'Who?', '--model', 'openai:mine'],
      2,
      /say which it counts like: --family/,
    ],
    ['a reader that only transcribes', ['BOOK', 'Who?', '--model', 'deepseek-ocr'], 2, /use it with `read`/],
    ['a missing file', ['missing.txt', 'Who?'], 1, /no such file/],
    ['a wrong choice', ['BOOK', 'Who?', '--pdf', 'images'], 2, /expected pages or text/],
    ['a budget too small', ['BOOK', 'Who?', '--budget', '1500'], 1, /allow splitting into/],
  ];
for (const [title, words, expected, message] of wrong) {
  test(`${title} is said so`, async () => {
    const { code, out, err } = await ask(words.map(word => (word === 'BOOK' ? book : word)));
    assert.match(err, message);
    assert.deepEqual([code, out], [expected, '']);
    assert.doesNotMatch(err, /a bug in glyph/);
  });
}

test('GLYPH_MODEL names the model where no flag does', async () => {
  const env = { GLYPH_MODEL: 'glyph' };
  const { code, out } = await runHere(['ask', book, 'Who?', '--dry-run'], { env });
  assert.equal(code, 0);
  assert.match(out, /^To glyph, nothing sent/);
});

test('Ctrl-C while the model is silent ends it', async () => {
  const controller = new AbortController();
  const server = createServer(() => controller.abort()); // never answers
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { code, out } = await ask([book, 'Who?', '--base-url', `http://127.0.0.1:${port}`], {
    signal: controller.signal,
  });
  assert.deepEqual([code, out], [130, '']);
  server.closeAllConnections();
  server.close();
});

test('a document in parts, where that is allowed', async () => {
  const { code, out } = await ask([book, 'Who?', '--budget', '2500', '--split', '--json']);
  assert.equal(code, 0);
  const answer = JSON.parse(out);
  assert.ok(answer.accounting.requests > 1);
  assert.equal(models.received.length, answer.accounting.requests + 1);
});
