/** Each segment is drawn with its own config, and pages account for the whole text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/index.ts';
import { loadFont } from '../node/load-font.ts';
import { type AdaptivePage, parseAdaptive, renderAdaptive } from './render-adaptive.ts';

const prose =
  'There was no possibility of taking a walk that day; we had been wandering all the morning.\n'.repeat(30);
const code =
  'export function sum(list: number[]): number {\n  return list.reduce((a, b) => a + b, 0);\n}\n'.repeat(30);

test('pages hold one kind, tile the text, and have the size of their kind', async () => {
  const text = `${prose}\n${code}\n${prose}`;
  const configs = parseAdaptive({
    prose: { pageSize: [400, 300], autoCropWidth: false },
    code: { pageSize: [500, 300], autoCropWidth: false },
  });
  const pages: AdaptivePage[] = [];
  for await (const page of renderAdaptive(text, configs, { loadFont })) pages.push(page);
  assert.deepEqual(
    pages.map(({ number }) => number),
    pages.map((_, i) => i + 1),
  );
  assert.equal(pages.map(({ span }) => text.slice(span.start, span.end)).join(''), text);
  assert.deepEqual(
    pages.filter(({ isLast }) => isLast),
    [pages.at(-1)],
  );
  assert.deepEqual(
    [...new Set(pages.map(({ kind, widthPx }) => `${kind} ${widthPx}`))],
    ['prose 400', 'code 500'],
  );
  for (const { lines, span } of pages)
    assert.ok(lines.every(line => line.start >= span.start && line.end <= span.end));
});

test('a kind without a config is drawn as prose; what is no adaptive preset is refused', async () => {
  const only = parseAdaptive({ code: { dpi: 90 } });
  assert.deepEqual(only.prose, parseConfig({ dpi: 90 }));
  for (const input of [null, [], {}, { poetry: {} }, { prose: { dpi: 'high' } }])
    assert.throws(() => parseAdaptive(input), { kind: 'config' });
});
