/**
 * The baseline: what a TypeScript programmer would write first. Word wrap by `measureText`, `fillText` on a canvas,
 * grey pixels, zlib at its default level.
 */
import { crc32, deflateSync } from 'node:zlib';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { Work } from './harness.ts';

const [widthPx, heightPx] = [595, 842];
const [marginPx, fontPx, lineHeightPx] = [16, 9, 10];

GlobalFonts.registerFromPath('fonts/DejaVuSans.ttf', 'Naive');

export function renderNaively(text: string, onPage: (png: Buffer) => void): Work {
  const canvas = createCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  const linesPerPage = Math.floor((heightPx - 2 * marginPx) / lineHeightPx);
  let lines = 0;
  let pages = 0;
  let byteLength = 0;
  const startPage = () => {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, widthPx, heightPx);
    context.fillStyle = '#000';
    context.font = `${fontPx}px Naive`;
    lines = 0;
  };
  const endPage = () => {
    const { data } = context.getImageData(0, 0, widthPx, heightPx);
    const rows = Buffer.alloc((widthPx + 1) * heightPx);
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) rows[y * (widthPx + 1) + 1 + x] = data[4 * (y * widthPx + x)]!;
    }
    const png = greyPng(rows);
    onPage(png);
    pages++;
    byteLength += png.length;
  };
  const addLine = (line: string) => {
    if (lines === linesPerPage) {
      endPage();
      startPage();
    }
    context.fillText(line, marginPx, marginPx + fontPx + lines++ * lineHeightPx);
  };
  startPage();
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && context.measureText(longer).width > widthPx - 2 * marginPx) {
        addLine(line);
        line = word;
      } else line = longer;
    }
    addLine(line);
  }
  endPage();
  return { pages, characters: text.length, byteLength };
}

function greyPng(rows: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return [frame.subarray(0, 4), body, frame.subarray(4)];
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    ...chunk('IHDR', header),
    ...chunk('IDAT', deflateSync(rows)),
    ...chunk('IEND', Buffer.alloc(0)),
  ]);
}
