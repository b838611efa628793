/** Rows as engines read them, and tar files as tar reads them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Example } from './example.ts';
import { type FormatName, formats, plainRow } from './formats.ts';
import { tarEnd, tarEntry } from './tar.ts';

const example: Example = {
  id: 'train-000007',
  task: 'needle',
  source: 'a.txt:0-9',
  configHash: '0123456789abcdef',
  messages: [{ role: 'user', content: '<image>\nWhat is it?' }],
  pages: [{ png: new Uint8Array(3), widthPx: 1, heightPx: 1 }],
  textTokens: 5,
  visionTokens: 6,
  key: { reward: 'exact', answer: '42', targets: ['42'], evidence: '[p1:3]', lines: [['It is 42.']] },
};
const rowOf = (name: FormatName) => formats[name].shape(plainRow(example, images));
const images = ['images/train-00000/000007-1.png'];

test('one shape of rows, and what verl and ms-swift want besides', () => {
  const plain = {
    messages: example.messages,
    images,
    task: 'needle',
    id: 'train-000007',
    source: 'a.txt:0-9',
    config: '0123456789abcdef',
    textTokens: 5,
    visionTokens: 6,
    reward: 'exact',
    answer: '42',
    targets: ['42'],
    evidence: '[p1:3]',
    lines: [['It is 42.']],
  };
  assert.deepEqual(rowOf('jsonl'), plain);
  assert.deepEqual(rowOf('swift'), { ...plain, channel: 'needle' });
  assert.deepEqual(rowOf('verl'), {
    data_source: 'glyph/needle',
    prompt: example.messages,
    images: [{ image: images[0] }],
    ability: 'needle',
    reward_model: { style: 'rule', ground_truth: '42' },
    extra_info: {
      id: 'train-000007',
      task: 'needle',
      source: 'a.txt:0-9',
      config: '0123456789abcdef',
      ...example.key,
    },
  });
});

/** As POSIX describes the header, read independently of what wrote it. */
function readTar(tar: Uint8Array): Record<string, string> {
  const text = (from: number, to: number) => Buffer.from(tar.subarray(from, to)).toString('latin1');
  const files: Record<string, string> = {};
  let at = 0;
  while (tar[at] !== 0) {
    const field = (offset: number, length: number) =>
      text(at + offset, at + offset + length).replace(/[\0 ]+$/, '');
    const header = Uint8Array.from(tar.subarray(at, at + 512)).fill(0x20, 148, 156);
    assert.equal(
      Number.parseInt(field(148, 8), 8),
      header.reduce((sum, byte) => sum + byte, 0),
    );
    assert.equal(text(at + 257, at + 265), 'ustar\x0000');
    const length = Number.parseInt(field(124, 12), 8);
    files[field(0, 100)] = text(at + 512, at + 512 + length);
    at += 512 + Math.ceil(length / 512) * 512;
  }
  assert.equal(tar.length - at, 1024);
  return files;
}

test('tar entries are ustar, padded and summed', () => {
  const bytes = (content: string) => Buffer.from(content, 'latin1');
  const long = 'x'.repeat(1025);
  const tar = Buffer.concat([
    tarEntry('000001.json', bytes('{}')),
    tarEntry('000001.1.png', bytes(long)),
    tarEntry('empty', bytes('')),
    tarEnd,
  ]);
  assert.deepEqual(readTar(tar), { '000001.json': '{}', '000001.1.png': long, empty: '' });
  assert.throws(() => tarEntry('ü', bytes('')), /1 to 100 ASCII characters/);
});
