/** A reader begins the same for the same seed, and its page heads begin by looking where the cursor is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import { attention, createGraph, openStep, type Tensor } from '../graph/index.ts';
import {
  causalMask,
  declareReader,
  decode,
  embed,
  encodePages,
  pageInputs,
  tokenInputs,
  turnsFor,
} from './architecture.ts';
import { readerPresets } from './config.ts';
import { cutPage } from './page.ts';
import { createSample, feedSamples, patchCount } from './sample.ts';
import { startReader } from './start.ts';
import { pageHeads } from './turns.ts';
import { createVocabulary } from './vocabulary.ts';

const vocabulary = createVocabulary([]);
const config = { ...readerPresets.tiny, vocabularySize: vocabulary.size };

function start(seed: number) {
  const graph = createGraph();
  declareReader(graph, config);
  return startReader(graph, config, seed);
}

test('the same seed gives the same weights, another one others', () => {
  assert.deepEqual(start(1), start(1));
  assert.notDeepEqual(start(1).get('page.merge'), start(2).get('page.merge'));
});

test('page heads of a fresh reader look at the patches where the cursor is', async () => {
  const [columns, rows] = [6, 5];
  const data = Uint8Array.from({ length: 32 * columns * 12 * rows }, (_, i) => (i * 7919) % 256);
  const page = cutPage({ widthPx: 32 * columns, heightPx: 12 * rows, data }, config);
  const sample = createSample(
    [
      { type: 'special', token: 'user' },
      { type: 'page', patches: page },
      { type: 'special', token: 'assistant' },
      { type: 'special', token: 'page-1' },
      { type: 'special', token: 'row-4' },
      { type: 'text', text: 'sixteen letters!' },
    ],
    config,
    vocabulary,
  );
  const size = { samples: 1, patches: patchCount(sample), tokens: sample.tokens.length };
  const graph = createGraph();
  const weights = declareReader(graph, config);
  const inputs = tokenInputs(graph, size);
  const looks: Tensor[] = [];
  const mask = causalMask(graph, size.tokens);
  const embedded = embed(weights, inputs, encodePages(weights, pageInputs(graph, config, size)));
  decode(weights, embedded, turnsFor(weights, inputs), (layer, q, k, v) => {
    // With the numbers of patches as values, what is seen is where each head looks.
    if (layer === 0) looks.push(attention(q, k, graph.input('marks', v.shape), { mask }));
    return attention(q, k, v, { mask });
  });
  const step = await openStep({ outputs: { looked: looks[0]! } }, { runtime, state: start(1) });
  const headWidth = config.width / config.heads;
  const share = async (isThere: (row: number, column: number) => boolean) => {
    const marks = new Float32Array(config.heads * size.tokens * headWidth);
    for (let head = 0; head < config.heads; head++)
      for (let patch = 0; patch < rows * columns; patch++)
        if (isThere(Math.floor(patch / columns), patch % columns))
          marks.fill(
            1,
            (head * size.tokens + 2 + patch) * headWidth,
            (head * size.tokens + 3 + patch) * headWidth,
          );
    const { looked } = await step.run({ ...feedSamples([sample], config, size), marks });
    const last = (head: number) => looked[(head * size.tokens + size.tokens - 1) * headWidth]!;
    return Array.from({ length: pageHeads(config) }, (_, head) => last(head));
  };
  // After 16 characters of 6.02 px the cursor is in the fourth patch of 32 px of its row.
  for (const seen of await share(row => row === 3)) assert.ok(seen > 0.5, `${seen} of the row`);
  for (const seen of await share((row, column) => row === 3 && Math.abs(column - 3) <= 1))
    assert.ok(seen > 0.4, `${seen} beside the cursor`);
  await step.close();
});
