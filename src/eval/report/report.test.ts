/** Reports from recorded runs: what they show, that nothing in them is markup from outside, and what they refuse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMockModel } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { evaluate } from '../run/evaluate.ts';
import { startRun } from '../run/run-file.ts';
import { createMemoryStore, fileNames, type RunStore } from '../run/run-store.ts';
import { clock } from '../run/test/harness.ts';
import { fileTask } from '../tasks/file.ts';
import { memoryFiles } from '../test/memory-files.ts';
import { html } from './html.ts';
import { plotSvg } from './plot.ts';
import { readReportRun } from './read-report.ts';
import { reportHtml } from './report.ts';
import { differencesOf, settingsOf } from './settings.ts';

const attack = `</pre><script>alert(1)</script><img src="http://example.com/x" onerror='x'>`;

/** A run over documents of which the model knows the first `known`. */
async function recordRun(known: number, seed = 'x'): Promise<RunStore> {
  const rows = Array.from({ length: 6 }, (_, i) => ({
    id: `${i}${attack}`,
    document: `The colour of house ${i} in street ${seed} is ${attack} blue-${i}.`,
    question: `What colour has house ${i}?`,
    answer: `blue-${i}`,
  }));
  const files = memoryFiles({ 'q.jsonl': [...rows.map(row => JSON.stringify(row)), attack].join('\n') });
  const model = createMockModel(
    messages => {
      const house = Number(/house (\d) *\?/.exec(JSON.stringify(messages))![1]);
      return house < known ? `blue-${house}` : attack;
    },
    { family: 'glm-4.1v', id: `mock${attack}` },
  );
  const store = createMemoryStore();
  const run = await startRun(store, {
    task: 'file',
    model,
    arms: ['text', 'pages', 'pages@96'],
    data: 'q.jsonl',
    subsets: null,
    lengths: null,
    limit: null,
    seed,
    maxTokens: null,
    temperature: 0,
    compat: 'none',
    config: undefined,
    generator: 'test',
    startedMs: 0,
  });
  await evaluate({ task: fileTask, run, store, model, files, loadFont, clock });
  return store;
}

test('a report shows scores with errors, compression, differences, the worst answers and broken rows', async () => {
  const page = reportHtml([await readReportRun('my run', await recordRun(3))]);
  assert.match(page, /<th scope="row">pages@96<\/th><td>50\.0 ± 22\.4<\/td><td>6<\/td>/);
  assert.match(page, /pages − text<\/th><td>0\.0<\/td><td>0\.0 to 0\.0<\/td><td>no<\/td><td>6<\/td>/);
  assert.match(page, /<svg [^>]*role="img" aria-labelledby="task0-tokens-title task0-tokens-desc">/);
  assert.equal(page.match(/<details>/g)!.length, 6, 'three bad answers of each of two arms');
  assert.equal(page.match(/src="data:image\/png;base64,iVBOR/g)!.length, 6);
  assert.match(page, /Broken rows of the data[\s\S]*q\.jsonl, line 7/);
  assert.match(page, /<caption>Runs<\/caption>[\s\S]*<th scope="row">my run<\/th>/);
  assert.match(page, /complete<\/td><td>unknown<\/td><td>1970-01-01/);
});

test('what models and data say is text, and the page asks the network for nothing', async () => {
  const page = reportHtml([await readReportRun(`run ${attack}`, await recordRun(2))]);
  assert.ok(page.includes('&lt;script&gt;'));
  assert.doesNotMatch(page, /<script|<[^>]*\sonerror|<[^>]*(?:src|href)="(?!data:)/);
  assert.match(
    page,
    /Content-Security-Policy" content="default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-/,
  );
});

test('several runs stand side by side, and the same arm is compared on the same samples only', async () => {
  const [good, bad, other] = [await recordRun(6), await recordRun(1), await recordRun(6, 'y')];
  const runs = [
    await readReportRun('good', good),
    await readReportRun('bad', bad),
    await readReportRun('other', other),
  ];
  const across = differencesOf(settingsOf(runs)).filter(
    ({ first, second }) => first.split(':')[0] !== second.split(':')[0],
  );
  assert.deepEqual(
    across.map(({ first, second, count }) => [first, second, count]),
    ['text', 'pages', 'pages@96'].map(arm => [`good: ${arm}`, `bad: ${arm}`, 6]),
    'samples of the third run have the same ids and other documents',
  );
  assert.ok(across.every(({ difference, high }) => difference < -0.8 && high < 0));
  assert.match(reportHtml(runs), /<th scope="row">bad: pages − good: pages<\/th>/);
});

test('a run that was killed before it was scored is shown as not complete, its answers as unscored', async () => {
  const store = await recordRun(3);
  await store.remove(fileNames.manifest);
  await store.remove(fileNames.scores);
  const { summary } = await readReportRun('killed', store);
  assert.deepEqual([summary.state, summary.arms[0]!.count, summary.arms[0]!.unscored], ['partial', 0, 6]);
  const page = reportHtml([await readReportRun('killed', store)]);
  assert.match(page, /not complete/);
  assert.match(page, /not scored yet: glyph eval --rescore/);
  await assert.rejects(
    readReportRun('none', createMemoryStore()),
    /a folder with run\.json, got one without/,
  );
});

test('whatever is put into a template comes out as text', () => {
  const decode = (text: string) =>
    text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) =>
      name === 'amp' ? '&' : name === 'lt' ? '<' : name === 'gt' ? '>' : name === 'quot' ? '"' : "'",
    );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const { markup } = html`<p title="${text}">${text}</p>`;
      const [, title, body] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(markup)!;
      assert.equal(title, body);
      const shown = text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Surrogate}]/gu, '\uFFFD');
      assert.equal(decode(body!), shown);
    }),
  );
});

test('a plot keeps its points in the frame and its labels apart', () => {
  const numbers = fc.double({ min: 0, max: 100, noNaN: true });
  const tokens = fc.integer({ min: 1, max: 2_000_000 });
  const series = fc.array(fc.tuple(tokens, numbers), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(series, fc.constantFrom('linear' as const, 'log' as const), (points, xScale) => {
      const { markup } = plotSvg({
        id: 'p',
        title: 'T',
        description: 'D',
        xLabel: 'x',
        yLabel: 'y',
        xScale,
        series: points.map(([x, y], i) => ({ name: `s${i}`, points: [{ x, y, error: 1 }] })),
      });
      assert.doesNotMatch(markup, /NaN|Infinity/);
      for (const [, cx, cy] of markup.matchAll(/<circle cx="([^"]+)" cy="([^"]+)"/g)) {
        assert.ok(
          Number(cx) >= 56 && Number(cx) <= 560 && Number(cy) >= 15 && Number(cy) <= 331,
          `${cx} ${cy}`,
        );
      }
      const labels = [...markup.matchAll(/<text x="572" y="([^"]+)">s/g)].map(([, y]) => Number(y));
      labels.sort((a, b) => a - b);
      assert.equal(labels.length, points.length);
      for (let i = 1; i < labels.length; i++) assert.ok(labels[i]! - labels[i - 1]! >= 15.9);
    }),
  );
});
