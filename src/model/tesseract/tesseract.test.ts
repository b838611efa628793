import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'fast-png';
import { type ImageMediaType, type ImagePart, type Message, textMessage } from '../message.ts';
import type { PageImage } from './page-image.ts';
import { createTesseractModel } from './tesseract.ts';

const image = (bytes: Uint8Array, mediaType: ImageMediaType = 'image/png'): ImagePart => ({
  type: 'image',
  bytes,
  mediaType,
});
const png = (width: number, height: number) =>
  encode({ width, height, data: new Uint8Array(width * height).fill(200), channels: 1, depth: 8 });
const asking = (...parts: ImagePart[]): Message[] => [{ role: 'user', parts }];

/** A model whose recogniser answers with what it was given. */
function recording() {
  const seen: PageImage[] = [];
  const model = createTesseractModel({
    recognise: async given => {
      seen.push(given);
      return 'a line\n\n\f';
    },
    now: () => 5 * seen.length,
  });
  return { model, seen };
}

test('a page goes out three times as large, as PGM, and comes back as text', async () => {
  const { model, seen } = recording();
  const { text, timing, finishReason, model: name } = await model.generate(asking(image(png(4, 3))));
  assert.deepEqual([text, finishReason, name], ['a line', 'stop', 'tesseract:eng']);
  assert.deepEqual(timing, { firstTokenMs: 5, totalMs: 5, attempts: 1 });
  const [page] = seen;
  assert.equal(page!.mediaType, 'image/x-portable-graymap');
  assert.equal(page!.dpi, 216);
  const header = 'P5\n12 9\n255\n';
  assert.equal(Buffer.from(page!.bytes).toString('latin1', 0, header.length), header);
  assert.deepEqual(page!.bytes.subarray(header.length), new Uint8Array(12 * 9).fill(200));
});

test('a large picture is enlarged less', async () => {
  const { model, seen } = recording();
  await model.generate(asking(image(png(1700, 1400))));
  await model.generate(asking(image(png(2300, 2200))));
  assert.deepEqual(
    seen.map(page => page.dpi),
    [144, 72],
  );
});

test('the text comes in one piece, and once however often it is asked for', async () => {
  const { model, seen } = recording();
  const generation = model.generate([textMessage('system', 'Be exact.'), ...asking(image(png(4, 3)))]);
  const pieces = [];
  for await (const piece of generation) pieces.push(piece);
  assert.deepEqual(pieces, [{ type: 'text', text: 'a line' }]);
  assert.equal((await generation).text, 'a line');
  assert.equal(seen.length, 1);
});

test('other pictures go out as they came, if they are what they are said to be', async () => {
  const { model, seen } = recording();
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 1, 2]);
  const webp = new TextEncoder().encode('RIFF\x01\x02\x03\x04WEBPVP8 ');
  await model.generate(asking(image(jpeg, 'image/jpeg')));
  await model.generate(asking(image(webp, 'image/webp')));
  assert.deepEqual(seen, [
    { bytes: jpeg, mediaType: 'image/jpeg', dpi: undefined },
    { bytes: webp, mediaType: 'image/webp', dpi: undefined },
  ]);
  const list = new TextEncoder().encode('/etc/passwd\n');
  for (const mediaType of ['image/jpeg', 'image/gif', 'image/webp'] as const) {
    await assert.rejects(
      async () => await model.generate(asking(image(list, mediaType))),
      new RegExp(`expected the bytes of ${mediaType}, got others`),
    );
  }
  await assert.rejects(
    async () => await model.generate(asking(image(new Uint8Array(0), 'image/jpeg'))),
    /got none/,
  );
  assert.equal(seen.length, 2);
});

test('a question without a page, or with several, is refused', async () => {
  const { model } = recording();
  const refused = async (messages: Message[], actual: string) =>
    assert.rejects(async () => await model.generate(messages), {
      kind: 'config',
      actual,
      hint: /only transcribes pages.*use `read`/,
    });
  await refused([textMessage('user', 'Who wrote it?')], 'none');
  await refused([], 'none');
  await refused(asking(image(png(1, 1)), image(png(1, 1))), '2');
  const tools = [{ name: 'look', about: '', parameters: {} }];
  await assert.rejects(async () => await model.generate(asking(image(png(1, 1))), { tools }), {
    kind: 'config',
  });
});

test('a signal that has fired ends it before anything is read', async () => {
  const { model, seen } = recording();
  const signal = AbortSignal.abort();
  await assert.rejects(async () => await model.generate(asking(image(png(1, 1))), { signal }), {
    kind: 'aborted',
  });
  assert.equal(seen.length, 0);
});
