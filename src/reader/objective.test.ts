import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph } from '../graph/index.ts';
import { readerPresets } from './config.ts';
import { traceObjective } from './objective.ts';

const size = { samples: 1, patches: 2, tokens: 4 };

test('with labels there are two losses, whatever the depth, and without them one', () => {
  for (const decoderLayers of [1, 2, 3]) {
    const config = { ...readerPresets.tiny, decoderLayers };
    const helped = traceObjective(createGraph(), config, size, { alignmentWeight: 0.5 });
    assert.deepEqual(Object.keys(helped.losses), ['reading', 'alignment']);
    const alone = traceObjective(createGraph(), config, size);
    assert.deepEqual(Object.keys(alone.losses), ['reading']);
    assert.equal(alone.loss, alone.losses.reading);
  }
});
