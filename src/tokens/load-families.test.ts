import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GlyphError } from '../base/index.ts';
import { loadFamilies } from './load-families.ts';
import { snapPage } from './snap-page.ts';
import { modelLimits, visionTokens } from './vision-tokens.ts';

const house = {
  id: 'house-vl',
  title: 'House VL',
  models: ['house/VL'],
  prefixes: ['house-vl-'],
  rule: { kind: 'row-break-grid', cellPx: 10, maxSidePx: 100 },
  basis: 'measured',
  perImageOverhead: 1,
  settings: { mode: { default: 'a', values: { a: {}, b: { set: { cellPx: 20 }, basis: 'estimated' } } } },
  limits: { maxSidePx: 500 },
  source: 'a bill',
};

describe('a user’s families', () => {
  it('adds one that every function takes', () => {
    const table = loadFamilies({ families: [house], providers: ['my-gateway/'] });
    assert.equal(visionTokens('My-Gateway/House/VL', 40, 40, {}, table).tokens, 5 * 4);
    assert.deepEqual(visionTokens('house-vl-2', 40, 40, { mode: 'b' }, table), {
      tokens: 6,
      resizedTo: { widthPx: 40, heightPx: 40 },
      perImageOverhead: 1,
      basis: 'estimated',
      family: 'house-vl',
    });
    assert.equal(snapPage('house/vl', 33, 33, {}, table).widthPx, 40);
    assert.equal(modelLimits('house/vl', table).maxSidePx, 500);
    assert.throws(() => visionTokens('house/VL', 40, 40), /find the model family/);
  });

  it('replaces the fields it gives of a known one', () => {
    const table = loadFamilies({ families: [{ id: 'glyph', perImageOverhead: 5 }] });
    assert.equal(visionTokens('zai-org/Glyph', 595, 842, {}, table).perImageOverhead, 5);
    assert.equal(visionTokens('zai-org/Glyph', 595, 842, {}, table).tokens, 630);
    assert.equal(visionTokens('zai-org/Glyph', 595, 842).perImageOverhead, 2);
  });

  it('takes an id away from a built-in family', () => {
    const table = loadFamilies({ families: [{ ...house, models: ['gpt-4o'] }] });
    assert.equal(visionTokens('gpt-4o', 40, 40, {}, table).family, 'house-vl');
    assert.equal(visionTokens('gpt-4.1', 40, 40, {}, table).family, 'gpt-4o');
  });

  it('layers over another table', () => {
    const first = loadFamilies({ families: [house] });
    const second = loadFamilies({ families: [{ id: 'house-vl', basis: 'exact' }] }, first);
    assert.equal(visionTokens('house/VL', 40, 40, { mode: 'a' }, second).basis, 'exact');
  });

  const broken: readonly (readonly [what: string, json: unknown, message: RegExp])[] = [
    ['no object', null, /read the model families: expected Object, got null/],
    ['an unknown field', { family: [] }, /"family"/],
    ['no id', { families: [{}] }, /families\.0\.id/],
    ['an incomplete new family', { families: [{ id: 'x' }] }, /family "x", field "title"/],
    [
      'an unknown kind',
      { families: [{ ...house, rule: { kind: 'magic' } }] },
      /rule\.kind.*area-budget-grid/,
    ],
    [
      'a missing number',
      { families: [{ ...house, rule: { kind: 'row-break-grid', cellPx: 10 } }] },
      /maxSidePx/,
    ],
    ['a zero cell', { families: [{ ...house, rule: { ...house.rule, cellPx: 0 } }] }, /rule\.cellPx.*>=1.*0/],
    ['an unknown basis', { families: [{ ...house, basis: 'sure' }] }, /"basis".*"exact".*"sure"/],
    [
      'a choice that breaks the rule',
      {
        families: [
          { ...house, settings: { mode: { default: 'a', values: { a: { set: { cellPx: -1 } } } } } },
        ],
      },
      /mode = "a"/,
    ],
    [
      'a default that is no choice',
      { families: [{ ...house, settings: { mode: { default: 'z', values: { a: {} } } } }] },
      /choose "mode".*one of a.*"z"/,
    ],
  ];
  for (const [what, json, message] of broken) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => loadFamilies(json),
        (error: unknown) => {
          assert.ok(error instanceof GlyphError);
          assert.equal(error.kind, 'tokens');
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});
