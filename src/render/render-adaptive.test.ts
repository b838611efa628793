/** Each segment is drawn with its own config, and pages account for the whole text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFont } from '../node/load-font.ts';
import { type AdaptiveConfig, parseAdaptive } from './adaptive-config.ts';
import { type AdaptivePage, renderAdaptive } from './render-adaptive.ts';

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

test('a stream gives the pages of the whole, and headers count pages and lines through the document', async () => {
  const text = `\n\n${prose}\n${code}`;
  const header = '{page}: {firstLine}-{lastLine}';
  const configs = parseAdaptive({ prose: { header }, code: { header, reflow: 'off', pageSize: [500, 300] } });
  const pngs = async (source: string | readonly string[], drawn: AdaptiveConfig) => {
    const pages: AdaptivePage[] = [];
    for await (const page of renderAdaptive(source, drawn, { loadFont })) pages.push(page);
    return pages;
  };
  const whole = await pngs(text, configs);
  assert.deepEqual(await pngs([text.slice(0, 3000), text.slice(3000)], configs), whole);
  const [first, last] = [whole[0]!, whole.at(-1)!];
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const numbers = (page: AdaptivePage) =>
    `${page.number}: ${lineOf(page.lines[0]!.start)}-${lineOf(page.lines.at(-1)!.end)}`;
  assert.ok(last.number > 1 && first.kind === 'prose' && last.kind === 'code');
  for (const page of [first, last]) {
    const said = parseAdaptive({
      prose: { ...configs.prose, header: numbers(page) },
      code: { ...configs.code, header: numbers(page) },
    });
    const same = (await pngs(text, said))[page.number - 1]!;
    assert.deepEqual(same.png, page.png);
  }
});
