import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { decode, encode } from 'fast-png';
import { parseConfig } from '../config/index.ts';
import { json, type Loopback, startLoopback } from '../model/test/loopback.ts';
import { openTesseract, renderToFolder } from '../node/index.ts';
import type { Terminal } from './command.ts';
import { parseArguments } from './parse-arguments.ts';
import { readCommand } from './read.ts';
import { fakeTerminal } from './test/fake-terminal.ts';

let folder = '';
let server: Loopback;
const at = (path: string) => join(folder, path);

/** Pages are told apart by their width. */
const png = (width: number) =>
  encode({ width, height: 2, data: new Uint8Array(2 * width).fill(255), channels: 1, depth: 8 });

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-read-'));
  server = await startLoopback();
  for (const [i, width] of [11, 12, 13].entries()) writeFileSync(at(`page-${9 + i}.png`), png(width));
});
after(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

/** Runs `glyph read` with a model on this machine. */
async function read(words: readonly string[], world: Partial<Terminal> = {}) {
  const terminal = fakeTerminal(world);
  const flags = readCommand.groups.flatMap(group => group.flags);
  const model = words.includes('--model') ? [] : ['--model', 'openai:m', '--base-url', server.origin];
  const code = await readCommand.run(parseArguments([...words, ...model], flags), terminal);
  return { code, out: terminal.outText(), err: terminal.errText() };
}

interface ChatBody {
  readonly messages: readonly {
    readonly content: readonly { readonly text?: string; readonly image_url?: { readonly url: string } }[];
  }[];
}

/** Instruction and page width of the request that came last. */
function lastRequest(): { readonly text: string; readonly width: number } {
  const { messages } = server.received.at(-1)!.body as ChatBody;
  const parts = messages.flatMap(message => message.content);
  const [, data = ''] = parts.find(part => part.image_url)!.image_url!.url.split('base64,');
  return {
    text: parts.map(part => part.text ?? '').join(''),
    width: decode(Buffer.from(data, 'base64')).width,
  };
}

function say(response: ServerResponse, content: string, finish = 'stop'): void {
  const choice = { index: 0, delta: { role: 'assistant', content }, finish_reason: finish };
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(
    [
      JSON.stringify({ model: 'm-1', choices: [choice] }),
      JSON.stringify({ model: 'm-1', choices: [], usage }),
      '[DONE]',
    ]
      .map(line => `data: ${line}\n\n`)
      .join(''),
  );
}
const sayWidth = (response: ServerResponse) => say(response, `width ${lastRequest().width}`);

test('pages of a folder are asked one by one, and their text comes in order', async () => {
  const { promise: secondCame, resolve } = deferred();
  server.answerWith(async response => {
    const { width, text } = lastRequest();
    assert.match(text, /^Transcribe all text on this page/);
    if (width === 12) resolve();
    if (width === 11) await secondCame; // so that answers come out of order
    say(response, `width ${width}`);
  });
  const { code, out, err } = await read([folder, '--jobs', '2']);
  assert.deepEqual([code, out], [0, 'width 11\nwidth 12\nwidth 13\n']);
  assert.match(err, /^3 pages, 30 tokens in, 15 out, [\d.]+ s\n$/);
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

test('no more pages are asked at once than told', async () => {
  let open = 0;
  let most = 0;
  server.answerWith(async response => {
    most = Math.max(most, ++open);
    await new Promise(resolve => setImmediate(resolve));
    open--;
    sayWidth(response);
  });
  await read([folder, '--jobs', '1', '--quiet']);
  assert.equal(most, 1);
});

test('each page is a line of JSON, a failed one too, and the others go on', async () => {
  server.answerWith(response => {
    if (lastRequest().width !== 12) return sayWidth(response);
    return json({ error: { message: 'this picture is odd' } }, 400)(response, Promise.resolve());
  });
  const { code, out, err } = await read([at('page-*.png'), at('page-9.png'), '--json']);
  assert.equal(code, 1);
  const lines = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ file, text, model }) => [file, text, model]),
    [
      [at('page-9.png'), 'width 11', 'm-1'],
      [at('page-10.png'), undefined, undefined],
      [at('page-11.png'), 'width 13', 'm-1'],
    ],
  );
  assert.deepEqual([lines[0].usage.inputTokens, typeof lines[0].seconds], [10, 'number']);
  assert.match(lines[1].error, /this picture is odd/);
  assert.match(err, /failed: .*page-10\.png: .*this picture is odd/);
  assert.match(err, /3 pages, 1 failed, 20 tokens in/);
});

test('what is no image, a refusal and a cut answer are said of their page', async () => {
  writeFileSync(at('text.png'), 'no image');
  server.answerWith(
    response => say(response, '', 'content_filter'),
    response => say(response, 'half', 'length'),
  );
  const { code, out, err } = await read([
    at('text.png'),
    at('page-9.png'),
    at('page-10.png'),
    '--jobs',
    '1',
    '--quiet',
  ]);
  rmSync(at('text.png'));
  assert.deepEqual([code, out], [1, 'half\n']);
  assert.match(err, /failed: .*text\.png: .*expected a PNG, JPEG, WebP or GIF image, got another file/);
  assert.match(err, /failed: .*page-9\.png: .*a refusal/);
  assert.match(err, /warning: .*page-10\.png: cut at the token limit/);
});

test('a wrong key stops the run, since every page would fail', async () => {
  server.answerWith(json({ error: { message: 'no such key' } }, 401));
  await assert.rejects(read([folder, '--jobs', '1']), { failure: 'credentials' });
  assert.equal(server.received.length, 1);
});

test('the error rate compares characters, white space aside', async () => {
  const target = at('target.txt');
  writeFileSync(target, ' width 11\n\nwidth 12 width\t31 ');
  server.answerWith(sayWidth);
  const shown = await read([folder, '--against', target, '--quiet']);
  assert.equal(shown.err, 'wrong characters: 7.69 % (2 of 26)\n');
  const { out } = await read([folder, '--against', target, '--json']);
  const last = JSON.parse(out.trim().split('\n').at(-1)!);
  assert.deepEqual(last, { characterErrorRate: 2 / 26, errors: 2, characters: 26 });
  server.answerWith(json({ error: { message: 'odd' } }, 400));
  assert.match((await read([folder, '--against', target])).err, /no error rate: pages are missing/);
  writeFileSync(target, ' \n');
  await assert.rejects(
    read([folder, '--against', target]),
    /expected a text of 1 to 250,000 characters, got 0/,
  );
});

test('rendered pages are read back in the order of their manifest', async t => {
  const model = await openTesseract({ engine: 'program' }).catch(() => undefined);
  if (model === undefined) return t.skip('tesseract is not installed');
  const text = 'It is a truth universally acknowledged, that a page of text is legible.\n\n'.repeat(24);
  const pages = at('pages');
  const { pages: rendered } = await renderToFolder(text, parseConfig({ fontSize: 20 }), pages);
  assert.ok(rendered.length > 1);
  writeFileSync(join(pages, 'a-stray.png'), png(5));
  writeFileSync(at('text.txt'), text);
  const words = [pages, '--model', 'tesseract', '--against', at('text.txt'), '--json'];
  const { code, out } = await read(words);
  const lines = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.equal(code, 0);
  assert.equal(lines.length, rendered.length + 1);
  assert.ok(lines.at(-1).characterErrorRate < 0.01, `${lines.at(-1).characterErrorRate}`);
});

test('wrong command lines are refused before anything is asked', async () => {
  server.answerWith(sayWidth);
  await assert.rejects(read([]), { kind: 'config', expected: 'page images: files, folders or a glob' });
  await assert.rejects(read([at('none.png')]), { kind: 'input', actual: 'none' });
  await assert.rejects(read([at('*.bmp')]), { kind: 'input', actual: 'none' });
  await assert.rejects(read([folder, '--jobs', '0']), { kind: 'config' });
  await assert.rejects(read([folder, '--against', at('none.txt')]), { kind: 'input' });
  await assert.rejects(read([folder, '--model', 'tesseract:../x']), { kind: 'config' });
  assert.equal(server.received.length, 0);
});

test('an interruption ends it', async () => {
  const controller = new AbortController();
  server.answerWith(response => {
    controller.abort();
    sayWidth(response);
  });
  await assert.rejects(read([folder, '--jobs', '1'], { signal: controller.signal }), { kind: 'aborted' });
  assert.equal(server.received.length, 1);
});
