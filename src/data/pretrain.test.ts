/** The tasks against the renderer's own spans: nothing of the text is lost, doubled or changed. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { type ConfigPatch, defaultConfig, preset, sampleConfig } from '../config/index.ts';
import { loadFont } from '../node/load-font.ts';
import { loadTextTokenizer } from '../tokens/index.ts';
import { createBudget } from './budget.ts';
import { cleanText } from './clean-text.ts';
import { shownText } from './draw.ts';
import { drawnConfig } from './drawn-config.ts';
import { imageMark } from './example.ts';
import type { OcrMarks } from './marked-lines.ts';
import { generationTask } from './pretrain/generation.ts';
import { interleavedTask } from './pretrain/interleaved.ts';
import { ocrTask } from './pretrain/ocr.ts';
import { randomString, stringKinds } from './pretrain/random-string.ts';
import { stringsTask } from './pretrain/strings.ts';
import type { PretrainTask } from './pretrain/task.ts';
import { english } from './test/texts.ts';

before(async () => {
  await loadTextTokenizer();
});

const fixed: ConfigPatch = { dpi: 60, pageSize: [400, 300] };
const context = { model: 'glyph', loadFont };

/** Runs a task on a text, in a style of its own. */
async function run(
  task: PretrainTask,
  seed: number,
  text = cleanText(english(30_000, String(seed), 72)),
  ocrMarks: OcrMarks = 'none',
) {
  const random = createRandom(seed);
  const config = sampleConfig(random, { base: drawnConfig(defaultConfig), fixed });
  const material = { config, text, title: 'a', source: 'a', capacity: 1500 };
  const budget = createBudget(4000);
  const built = await task({ material, random, budget, maxPages: 4, context, ocrMarks });
  return { built, text };
}

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

test('ocr: the target is exactly the text of the pages’ lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async seed => {
      const { built, text } = await run(ocrTask, seed);
      assert.ok(typeof built !== 'string', String(built));
      const lines = built.pages.flatMap(page => page.lines);
      const target = built.messages[1]!.content;
      assert.equal(target, text.slice(lines[0]!.start, lines.at(-1)!.end).replace(/^\n+|\n+$/g, ''));
      // Between lines there is only white space, so the lines' own texts make up the target.
      const ofLines = lines.map(line => text.slice(line.start, line.end).replace(/\s+/g, '')).join('');
      assert.equal(target.replace(/\s+/g, ''), ofLines);
    }),
    { numRuns: 12 },
  );
});

test('ocr with marks: each line after its own, and without them the text as it stands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async seed => {
      const { built, text } = await run(ocrTask, seed, undefined, 'lines');
      assert.ok(typeof built !== 'string', String(built));
      const target = built.messages[1]!.content;
      const start = built.pages[0]!.lines[0]!.start;
      const end = built.pages.at(-1)!.span.end;
      assert.equal(target.replace(/(^|\n)\[p\d+:\d+\] /g, ''), text.slice(start, end));
      const marks = [...target.matchAll(/(?:^|\n)(\[p\d+:\d+\]) /g)].map(match => match[1]);
      const expected = built.pages.flatMap(({ number, lines }) =>
        lines.map((_, i) => `[p${number}:${i + 1}]`),
      );
      assert.deepEqual(marks, expected);
    }),
    { numRuns: 12 },
  );
});

test('strings: the same from a seed, whatever the corpus says', async () => {
  const [first, again] = [await run(stringsTask, 7), await run(stringsTask, 7, english(9000, 'other'))];
  assert.ok(typeof first.built !== 'string' && typeof again.built !== 'string');
  assert.deepEqual(first.built.messages, again.built.messages);
  const other = await run(stringsTask, 8);
  assert.ok(typeof other.built !== 'string');
  assert.notEqual(other.built.messages[1]!.content, first.built.messages[1]!.content);
  assert.match(first.built.messages[1]!.content, /^[\x20-\x7e\n]{200,}$/);
});

test('every kind of string is printable ASCII without spaces, and hardly ever comes twice', () => {
  const random = createRandom('strings');
  for (const kind of stringKinds) {
    const strings = Array.from({ length: 200 }, () => randomString(kind, random));
    assert.ok(
      strings.every(string => /^[!-~]{1,120}$/.test(string)),
      kind,
    );
    assert.ok(new Set(strings).size > 150, `${kind}: ${new Set(strings).size} of 200`);
  }
});

test('interleaved: pages put back in place of their marks give the text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async seed => {
      const { built, text } = await run(interleavedTask, seed);
      assert.ok(typeof built !== 'string', String(built));
      const pieces = built.messages[0]!.content.split(imageMark);
      let rebuilt = pieces[0]!;
      for (const [i, page] of built.pages.entries()) {
        // Spans of a run of pages count from where the run begins.
        rebuilt += text.slice(rebuilt.length, rebuilt.length + page.span.end - page.span.start);
        rebuilt += pieces[i + 1]!;
      }
      assert.equal(rebuilt, text.slice(0, rebuilt.length));
      assert.ok(built.messages[0]!.content.replaceAll(imageMark, '').trim() !== '');
    }),
    { numRuns: 12 },
  );
});

test('generation: what is to be written follows, precedes or lies between the pages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async seed => {
      const { built, text } = await run(generationTask, seed);
      assert.ok(typeof built !== 'string', String(built));
      const target = built.messages[1]!.content;
      const at = text.indexOf(target);
      assert.ok(at >= 0, 'a stretch of the text as it stands');
      // It begins at the text's own beginning or where some page ends.
      const ends = [0];
      for (const { span } of built.pages) ends.push(ends.at(-1)! + span.end - span.start);
      assert.ok(ends.some(end => end <= at && text.slice(end, at).trim() === ''));
    }),
    { numRuns: 12 },
  );
});

test('newline marks, columns and the layout of the published renderer keep the target exact', async () => {
  const text = cleanText(english(6000, 'marks', 60));
  const random = createRandom(1);
  for (const change of [{ newlineMark: ' ↵ ' }, { columns: 2 }, { compat: 'reference' }] as const) {
    const config = { ...drawnConfig({ ...preset('document'), ...change }), pageSize: [400, 300] as const };
    const material = { config, text, title: 'a', source: 'a', capacity: 1500 };
    const budget = createBudget(9000);
    const built = await ocrTask({ material, random, budget, maxPages: 2, context, ocrMarks: 'none' });
    assert.ok(typeof built !== 'string', String(built));
    assert.equal(built.messages[1]!.content, shownText(text, built.pages));
    assert.ok(squeezed(text).startsWith(squeezed(built.messages[1]!.content)));
  }
});
