import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DecodedPng, decode } from 'fast-png';
import { openPdf, type PdfPicture } from './pdf.ts';
import { buildPdf, type PdfPageSource, textLines } from './test/build-pdf.ts';

const first = ['It is a truth', 'universally (acknowledged)'];
const second = ['on the next page'];
const red = '1 0 0 rg 0 0 100 100 re f 0 g ';
const pages: readonly PdfPageSource[] = [
  { content: textLines(first) },
  { content: red + textLines(second), widthPt: 200, heightPt: 842.5 },
  { content: '' },
];
const open = (bytes: Uint8Array) => openPdf(bytes, { name: 'a.pdf' });

async function drawn(pictures: AsyncIterable<PdfPicture>): Promise<PdfPicture[]> {
  const all: PdfPicture[] = [];
  for await (const picture of pictures) all.push(picture);
  return all;
}
const pixel = ({ width, channels, data }: DecodedPng, x: number, y: number) => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
];

test('the text layer comes with the places of its pages and lines', async () => {
  const pdf = await open(buildPdf(pages));
  assert.equal(pdf.name, 'a.pdf');
  assert.equal(pdf.hasText, true);
  assert.equal(pdf.text, `${first.join('\n')}\n\f\n${second}\n\f\n`);
  const [one, two, three] = pdf.pages;
  assert.deepEqual(
    pdf.pages.map(({ number, widthPt, heightPt }) => [number, widthPt, heightPt]),
    [
      [1, 595, 842],
      [2, 200, 842.5],
      [3, 595, 842],
    ],
  );
  assert.deepEqual(
    one!.lines.map(({ start, end }) => pdf.text.slice(start, end)),
    first,
  );
  assert.deepEqual(
    two!.lines.map(({ start, end }) => pdf.text.slice(start, end)),
    second,
  );
  assert.deepEqual(three!.lines, []);
});

test('spans of pages tile the text, whatever pages hold', async () => {
  const line = fc.stringMatching(/^[a-z ()\\]{0,12}$/);
  const lines = fc.array(fc.array(line, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(lines, async sources => {
      const pdf = await open(buildPdf(sources.map(source => ({ content: textLines(source) }))));
      let at = 0;
      for (const { span, lines } of pdf.pages) {
        assert.equal(span.start, at);
        for (const { start, end } of lines) {
          assert.ok(start >= at && end >= start && end <= span.end);
          at = end;
        }
        at = span.end;
      }
      assert.equal(at, pdf.text.length);
    }),
    { numRuns: 6 },
  );
});

test('pages are drawn in the order asked, grey where they have no colour', async () => {
  const pdf = await open(buildPdf(pages));
  const [two, one] = await drawn(pdf.draw([2, 1], { dpi: 144 }));
  assert.deepEqual([two!.number, two!.widthPx, two!.heightPx, two!.mediaType], [2, 400, 1685, 'image/png']);
  assert.deepEqual([one!.number, one!.widthPx, one!.heightPx], [1, 1190, 1684]);
  const colored = decode(two!.bytes);
  assert.deepEqual([colored.channels, colored.width, colored.height], [3, 400, 1685]);
  assert.deepEqual(
    [pixel(colored, 10, 1680), pixel(colored, 390, 10)],
    [
      [255, 0, 0],
      [255, 255, 255],
    ],
  );
  const grey = decode(one!.bytes);
  assert.deepEqual([grey.channels, grey.depth, grey.width, grey.height], [1, 8, 1190, 1684]);
  // Nothing in the margins, ink from black to white where the first line stands (top at 842 - 780 - 12 pt).
  const band = grey.data.subarray(1190 * 100, 1190 * 125);
  assert.deepEqual([grey.data[0], Math.min(...band) < 60, band.includes(255)], [255, true, true]);
});

test('a page without text has a picture, and a file without text says so', async () => {
  const pdf = await open(buildPdf([{ content: red }, { content: '' }]));
  assert.deepEqual([pdf.hasText, pdf.text], [false, '\n\f\n']);
  const [one, two] = await drawn(pdf.draw([1, 2], { dpi: 36 }));
  assert.deepEqual(pixel(decode(one!.bytes), 5, 415), [255, 0, 0]);
  assert.ok(decode(two!.bytes).data.every(grey => grey === 255));
});

test('what no text holds is cleaned out of the text layer', async () => {
  const toUnicode = { 65: 'D800', 66: '0000', 67: 'D83DDE00', 68: '0007' };
  const pdf = await open(buildPdf([{ content: textLines(['xAxBxCxDx'], 'F2') }], { toUnicode }));
  assert.equal(pdf.text, 'x\ufffdxx\u{1f600}xx');
});

test('a word divided at a line end is one word', async () => {
  const pdf = await open(buildPdf([{ content: textLines(['the divi-', 'ded Law-', 'Writer']) }]));
  assert.equal(pdf.text, 'the divided Law-Writer');
});

test('what is no readable PDF is refused in words', async () => {
  const whole = buildPdf(pages);
  const broken = /expected a PDF file, got a file that is none, or is cut off or broken/;
  for (const bytes of [
    new Uint8Array(0),
    Buffer.from('hello'),
    Buffer.from('%PDF-1.7\n'),
    whole.subarray(0, 600),
  ])
    await assert.rejects(open(bytes), broken);
  await assert.rejects(open(buildPdf([])), /read "a\.pdf": expected a PDF file with pages, got none/);
  const password = `/Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}>`;
  await assert.rejects(
    open(buildPdf(pages, { encrypt: password })),
    /an encrypted file that asks for a password \(save it without/,
  );
  await assert.rejects(
    open(buildPdf(pages, { encrypt: '/Filter /Other /V 9' })),
    /an encrypted file of a kind that cannot be read/,
  );
});

test('a page that is not there, or would be too large, is refused', async () => {
  const pdf = await open(buildPdf([...pages, { content: '', widthPt: 14400, heightPt: 14400 }]));
  const draw = (number: number, dpi: number) => drawn(pdf.draw([number], { dpi }));
  await assert.rejects(draw(5, 72), /draw pages of "a\.pdf": expected the number of one of its pages, got 5/);
  await assert.rejects(draw(0, 72), /got 0/);
  await assert.rejects(
    draw(4, 72),
    /at most 100 megapixels a page, got 14400 x 14400 pixels for page 4 at 72 dpi/,
  );
  await assert.rejects(draw(1, Number.NaN), /got NaN x NaN pixels/);
  assert.equal((await draw(4, 1)).length, 1);
});

test('a signal ends opening and drawing, and closing ends drawing', async () => {
  await assert.rejects(openPdf(buildPdf(pages), { name: 'a', signal: AbortSignal.abort() }), {
    kind: 'aborted',
  });
  const pdf = await open(buildPdf(pages));
  const controller = new AbortController();
  const { signal } = controller;
  await assert.rejects(
    async () => {
      for await (const _ of pdf.draw([1, 2, 3, 1, 2, 3], { dpi: 72, signal })) controller.abort();
    },
    { kind: 'aborted' },
  );
  assert.equal((await drawn(pdf.draw([1], { dpi: 10 }))).length, 1);
  await assert.rejects(async () => {
    for await (const _ of pdf.draw([1, 2, 3], { dpi: 72 })) await pdf.close();
  }, /draw pages of "a\.pdf": expected an open PDF file, got a closed one/);
});
