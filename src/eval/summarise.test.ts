/** Means, standard errors and groups; what is unscored is counted and never a zero. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GlyphError } from '../base/index.ts';
import type { ScoredSample } from './figure.ts';
import { scoreWith } from './score.ts';
import { summarise } from './summarise.ts';

const prompt = { before: '', after: '' };

const scored = (
  subset: string,
  value: number | null,
  groups: ScoredSample['sample']['groups'] = {},
): ScoredSample => ({
  sample: {
    id: 'x',
    subset,
    question: '',
    prompts: { text: prompt, pages: prompt },
    targets: [],
    groups,
    meta: {},
  },
  score: value === null ? { metric: 'm', value, reason: 'none' } : { metric: 'm', value, detail: {} },
});

const noFigures = { figures: () => [] };

describe('summarise', () => {
  test('means with standard errors, over all and by group', () => {
    const { groups, ...all } = summarise(noFigures, [
      scored('a', 1, { length: '4096', source: ['chart', 'table'] }),
      scored('a', 0, { length: '8192', source: ['chart'] }),
      scored('b', null, { length: '4096' }),
      scored('b', 0, { length: '4096' }),
      scored('b', 1, { length: '4096' }),
      scored('a', 0, { length: '4096' }),
    ]);
    assert.deepEqual(all, { count: 5, unscored: 1, mean: 0.4, stderr: 0.24494897427831783, figures: [] });
    assert.deepEqual(
      groups.map(({ by, name, count, unscored, mean, stderr }) => [by, name, count, unscored, mean, stderr]),
      [
        ['subset', 'a', 3, 0, 1 / 3, 0.33333333333333337],
        ['subset', 'b', 2, 1, 0.5, 0.5],
        ['length', '4096', 4, 1, 0.5, Math.sqrt(1 / 12)],
        ['length', '8192', 1, 0, 0, null],
        ['source', 'chart', 2, 0, 0.5, 0.5],
        ['source', 'table', 1, 0, 1, null],
      ],
    );
  });

  test('without a score there is no mean and no figure', () => {
    const task = {
      figures() {
        throw new Error('asked for figures of nothing');
      },
    };
    const nothing = { count: 0, mean: null, stderr: null, figures: [] };
    assert.deepEqual(summarise(task, []), { ...nothing, unscored: 0, groups: [] });
    assert.equal(summarise(task, [scored('a', null)]).unscored, 1);
  });

  test('figures are made of scored samples only', () => {
    const task = {
      figures: (samples: readonly ScoredSample[]) => [{ name: 'n', percent: 0, count: samples.length }],
    };
    assert.equal(summarise(task, [scored('a', null), scored('a', 1)]).figures[0]!.count, 1);
  });
});

describe('scoreWith', () => {
  test('what cannot be judged is unscored with the reason; a bug stays an error', () => {
    const refuse = (kind: 'input' | 'internal') => () => {
      throw new GlyphError({ kind, operation: 'score', expected: 'a target', actual: 'none' });
    };
    assert.deepEqual(
      scoreWith('m', () => 0.5),
      { metric: 'm', value: 0.5, detail: {} },
    );
    assert.deepEqual(scoreWith('m', refuse('input')), {
      metric: 'm',
      value: null,
      reason: 'score: expected a target, got none',
    });
    assert.throws(() => scoreWith('m', refuse('internal')), GlyphError);
  });
});
