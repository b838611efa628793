import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../base/index.ts';
import { createGraph, createState } from './index.ts';

test('starting values depend on seed and name alone', () => {
  const state = (seed: number, ...names: readonly string[]) => {
    const graph = createGraph();
    for (const name of names) graph.parameter(name, [200, 50], { standardDeviation: 0.5 });
    return createState(graph, seed);
  };
  const { data } = state(1, 'a').get('a')!;
  assert.deepEqual(state(1, 'b', 'a').get('a')!.data, data);
  assert.notDeepEqual(state(1, 'b').get('b')!.data, data);
  assert.notDeepEqual(state(2, 'a').get('a')!.data, data);
  const mean = data.reduce((sum, value) => sum + value) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  assert.ok(Math.abs(mean) < 0.02 && Math.abs(Math.sqrt(variance) - 0.5) < 0.02, `${mean} ${variance}`);
  assert.equal(
    sha256Hex(new Uint8Array(data.buffer)),
    '928a5fb9b1d39406bff6995b8debaded3b4f5d2b9374601d3b2227d228c52c51',
  );
});
