import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker as Thread } from 'node:worker_threads';
import { parseConfig } from '../config/index.ts';
import type { ImagePart, Message } from '../model/message.ts';
import { renderPages } from '../render/index.ts';
import { loadFont } from './load-font.ts';
import { openTesseract } from './tesseract.ts';
import { packageDataFolder } from './tesseract-package.ts';
import { programLanguages } from './tesseract-program.ts';

const text = 'It is a truth universally acknowledged, that a page of text is legible.';
const noProgram = (await programLanguages(undefined)) === undefined ? 'tesseract is not installed' : false;
const noPackage = packageDataFolder('eng') === undefined ? 'tesseract.js is not installed' : false;

async function pageOf(source: string): Promise<ImagePart> {
  for await (const { png } of renderPages(source, parseConfig({}), { loadFont }))
    return { type: 'image', bytes: png, mediaType: 'image/png' };
  throw new Error('no page');
}
const asking = (page: ImagePart): Message[] => [{ role: 'user', parts: [page] }];
/** A JPEG that ends after its signature. */
const broken: ImagePart = {
  type: 'image',
  bytes: Uint8Array.from([255, 216, 255, 0]),
  mediaType: 'image/jpeg',
};

for (const [engine, skip] of [
  ['program', noProgram],
  ['package', noPackage],
] as const) {
  test(`the ${engine} reads pages, several at once`, { skip }, async () => {
    const model = await openTesseract({ engine });
    assert.equal(model.id, 'tesseract:eng');
    const pages = [await pageOf(text), await pageOf('Another page.')];
    const read = await Promise.all(pages.map(page => model.generate(asking(page))));
    assert.deepEqual(
      read.map(completion => completion.text.replaceAll('\n', ' ')),
      [text, 'Another page.'],
    );
  });

  test(`the ${engine} says what it cannot read, and goes on`, { skip }, async () => {
    const model = await openTesseract({ engine });
    await assert.rejects(async () => await model.generate(asking(broken)), { kind: 'model' });
    assert.equal((await model.generate(asking(await pageOf('Still here.')))).text, 'Still here.');
  });

  test(`the ${engine} is ended by the signal, and can be used again`, { skip }, async () => {
    const model = await openTesseract({ engine });
    const controller = new AbortController();
    const { signal } = controller;
    const page = await pageOf(`${text} `.repeat(20));
    const read = async () => await model.generate(asking(page), { signal });
    setImmediate(() => controller.abort());
    await assert.rejects(read, { kind: 'aborted' });
    assert.equal((await model.generate(asking(await pageOf('Again.')))).text, 'Again.');
  });
}

test('the package is ended between two messages of one page', { skip: noPackage }, async t => {
  const model = await openTesseract({ engine: 'package' });
  const controller = new AbortController();
  const emit: (this: Thread, event: string, ...rest: unknown[]) => boolean = Thread.prototype.emit;
  t.mock.method(Thread.prototype, 'emit', function (this: Thread, event: string, ...rest: unknown[]) {
    const [message] = rest as [{ action?: string; status?: string } | undefined];
    if (message?.action !== 'setParameters' || message.status !== 'resolve')
      return emit.call(this, event, ...rest);
    controller.abort();
    setImmediate(() => emit.call(this, event, ...rest)); // it was under way
    return true;
  });
  const page = await pageOf(text);
  const { signal } = controller;
  await assert.rejects(async () => await model.generate(asking(page), { signal }), { kind: 'aborted' });
  t.mock.restoreAll();
  assert.equal((await model.generate(asking(await pageOf('Again.')))).text, 'Again.');
});

test('what is not installed is named with how to get it', async () => {
  await assert.rejects(openTesseract({ language: 'xx_yy' }), {
    kind: 'io',
    hint: '`apt install tesseract-ocr tesseract-ocr-xx-yy` or `npm install tesseract.js @tesseract.js-data/xx_yy`',
  });
  await assert.rejects(openTesseract({ language: 'eng+xxx' }), {
    hint: '`apt install tesseract-ocr tesseract-ocr-xxx`',
  });
});

test('a language that would be a path is refused', async () => {
  for (const language of ['../eng', 'eng/../../x', '-l', '', 'eng+', 'a b'])
    await assert.rejects(openTesseract({ language }), { kind: 'config' });
});

test('a program that prints without end is stopped', { skip: process.platform === 'win32' }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'glyph-tesseract-'));
  const { PATH } = process.env;
  t.after(() => {
    process.env['PATH'] = PATH;
    rmSync(folder, { recursive: true });
  });
  const program = join(folder, 'tesseract');
  writeFileSync(program, '#!/bin/sh\nif [ "$1" = --list-langs ]; then echo eng; else exec yes; fi\n');
  chmodSync(program, 0o755);
  process.env['PATH'] = `${folder}:${PATH}`;
  const model = await openTesseract({ engine: 'program' });
  await assert.rejects(async () => await model.generate(asking(await pageOf('x'))), {
    kind: 'model',
    expected: 'its text, at most 16 MB',
    actual: 'more',
  });
});
