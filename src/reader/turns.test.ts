/** Scores of attention depend on differences of places only, and what page heads see on the distance from the cursor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as runtime from 'onnxruntime-node';
import { createGraph, openStep } from '../graph/index.ts';
import { readerPresets } from './config.ts';
import { outside } from './cursor.ts';
import { pageHeads, turnsOf } from './turns.ts';

const { tiny: config } = readerPresets;
const half = config.width / config.heads / 2;
const heads = config.heads;

type Place = readonly [index: number, row: number, column: number];

/** Angles of queries, keys and values of tokens at these places, by token, head and pair. */
async function anglesAt(places: readonly Place[], isPatch: readonly (0 | 1)[]) {
  const graph = createGraph();
  const shape = [1, places.length, 3] as const;
  const patches = graph.input('isPatch', [1, places.length, 1], 'bool');
  const { query, key, carry, back } = turnsOf(graph, config, graph.input('places', shape), patches);
  const outputs = {
    queryCos: query.cos,
    querySin: query.sin,
    keyCos: key.cos,
    keySin: key.sin,
    carryCos: carry.cos,
    carrySin: carry.sin,
    backCos: back.cos,
    backSin: back.sin,
  };
  const step = await openStep({ outputs }, { runtime, state: new Map() });
  const found = await step.run({
    places: Float32Array.from(places.flat()),
    isPatch: Uint8Array.from(isPatch),
  });
  await step.close();
  const at = (name: 'query' | 'key' | 'carry' | 'back') => (token: number, head: number, pair: number) => {
    const i = (head * places.length + token) * half + pair;
    return Math.atan2(found[`${name}Sin`][i]!, found[`${name}Cos`][i]!);
  };
  return { query: at('query'), key: at('key'), carry: at('carry'), back: at('back') };
}

/** Of a query of one token and a key of another: all that attention sees of their places. */
const isSame = (a: number, b: number) => Math.abs(Math.sin((a - b) / 2)) < 1e-3;

test('equal distances on the pages give equal turns, wherever the cursor is', async () => {
  // Cursor, then the patch it looks at, twice with the same way from one to the other.
  const places: Place[] = [
    [30, 2, 1.25],
    [4, 3, 2.5],
    [41, 9, 4.25],
    [15, 10, 5.5],
  ];
  const { query, key, carry, back } = await anglesAt(places, [0, 1, 0, 1]);
  for (let head = 0; head < pageHeads(config); head++) {
    for (let pair = 0; pair < half; pair++) {
      const seen = (cursor: number, patch: number) => query(cursor, head, pair) - key(patch, head, pair);
      assert.ok(isSame(seen(0, 1), seen(2, 3)), `head ${head}, pair ${pair}`);
      const carried = (cursor: number, patch: number) => back(cursor, head, pair) + carry(patch, head, pair);
      assert.ok(isSame(carried(0, 1), carried(2, 3)), `values of head ${head}, pair ${pair}`);
    }
  }
});

test('the other heads turn by the place in the row of tokens alone, and not in most pairs', async () => {
  const places: Place[] = [
    [9, 2, 1],
    [4, 3, 2],
    [19, 7, 5],
    [14, 1, 0],
  ];
  const { query, key } = await anglesAt(places, [0, 1, 0, 1]);
  let unturned = 0;
  for (let head = pageHeads(config); head < heads; head++) {
    for (let pair = 0; pair < half; pair++) {
      const seen = (from: number, to: number) => query(from, head, pair) - key(to, head, pair);
      assert.ok(isSame(seen(0, 1), seen(2, 3)));
      if (isSame(seen(0, 3), 0)) unturned++;
    }
  }
  assert.ok(unturned > (heads / 2) * half * 0.5);
});

test('what is written is no patch: as a key it stands outside the pages, in its column', async () => {
  const here: Place = [8, 5, 2];
  const there: Place = [8, outside.row, 2];
  const { key } = await anglesAt([here, there, here], [0, 1, 1]);
  const differs = (a: number, b: number) =>
    Array.from({ length: half }, (_, pair) => pair).some(pair => !isSame(key(a, 0, pair), key(b, 0, pair)));
  assert.ok(!differs(0, 1));
  assert.ok(differs(0, 2));
});
