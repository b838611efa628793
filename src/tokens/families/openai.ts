/**
 * OpenAI: tile models and patch models, with documented and measured multipliers kept apart. Data only.
 * Sources: the vendor's images guide; the openai-image-token-calculator project (May 2026); public usage figures.
 */
import type { Family } from '../family.ts';

const guide = 'OpenAI images guide; openai-image-token-calculator';
const limits = { imagesPerRequest: 500, requestBytes: 50_000_000 };

function tileFamily(
  id: string,
  names: Pick<Family, 'title' | 'models' | 'prefixes'>,
  [baseTokens, tokensPerTile]: readonly [number, number],
  more: Partial<Family> = {},
): Family {
  return {
    id,
    ...names,
    rule: {
      kind: 'short-side-tiles',
      maxSidePx: 2048,
      shortSidePx: 768,
      tilePx: 512,
      baseTokens,
      tokensPerTile,
    },
    basis: 'documented',
    perImageOverhead: 0,
    settings: {
      detail: {
        default: 'auto',
        values: {
          auto: {},
          high: {},
          low: { set: { kind: 'fixed-square', tokens: baseTokens, sidePx: 512, fit: 'shrink' } },
        },
      },
      variant: { default: 'documented', values: { documented: {} } },
    },
    limits,
    source: guide,
    ...more,
  };
}

interface Multipliers {
  readonly documented?: number;
  readonly measured?: number;
}

/** Measured figures are the default where there are any: they are what the bill says. */
function variants({ documented, measured }: Multipliers) {
  const values = {
    ...(documented === undefined ? {} : { documented: { set: { multiplier: documented } } }),
    ...(measured === undefined
      ? {}
      : { measured: { set: { multiplier: measured }, basis: 'measured' as const } }),
  };
  return { default: measured === undefined ? 'documented' : 'measured', values };
}

function patchFamily(
  id: string,
  names: Pick<Family, 'title' | 'models' | 'prefixes'>,
  multipliers: Multipliers,
  more: Partial<Family> = {},
): Family {
  const multiplier = multipliers.documented ?? multipliers.measured ?? 1;
  return {
    id,
    ...names,
    rule: { kind: 'shrunk-patches', patchPx: 32, maxPatches: 1536, maxSidePx: null, multiplier },
    basis: 'documented',
    perImageOverhead: 0,
    limits,
    source: guide,
    ...more,
    settings: {
      detail: { default: 'auto', values: { auto: {}, high: {} } },
      ...more.settings,
      variant: variants(multipliers),
    },
  };
}

const high2500 = { maxPatches: 2500, maxSidePx: 2048 };
const original = { maxPatches: 10_000, maxSidePx: 6000 };

export const openaiModels: readonly Family[] = [
  tileFamily(
    'gpt-4o',
    {
      title: 'GPT-4o, GPT-4.1, GPT-4.5',
      models: ['gpt-4o', 'chatgpt-4o-latest', 'gpt-4.1', 'gpt-4.5-preview'],
      prefixes: ['gpt-4o-20', 'gpt-4.1-20', 'gpt-4.5-preview-20'],
    },
    [85, 170],
    {
      limitsOf: {
        'gpt-4o': { contextTokens: 128_000 },
        'chatgpt-4o-latest': { contextTokens: 128_000 },
        'gpt-4.1': { contextTokens: 1_047_576 },
        'gpt-4.5-preview': { contextTokens: 128_000 },
      },
    },
  ),
  tileFamily(
    'gpt-4o-mini',
    { title: 'GPT-4o mini', models: ['gpt-4o-mini'], prefixes: ['gpt-4o-mini-20'] },
    [2833, 5667],
    { limits: { ...limits, contextTokens: 128_000 } },
  ),
  tileFamily(
    'gpt-5',
    {
      title: 'GPT-5, GPT-5.1',
      models: ['gpt-5', 'gpt-5-chat-latest', 'gpt-5.1', 'gpt-5.1-chat-latest'],
      prefixes: ['gpt-5-20', 'gpt-5.1-20'],
    },
    [70, 140],
    {
      limits: { ...limits, contextTokens: 400_000 },
      limitsOf: {
        'gpt-5-chat-latest': { contextTokens: 128_000 },
        'gpt-5.1-chat-latest': { contextTokens: 128_000 },
      },
    },
  ),
  tileFamily(
    'o1',
    {
      title: 'o1, o1-pro, o3',
      models: ['o1', 'o1-pro', 'o3'],
      prefixes: ['o1-20', 'o1-pro-20', 'o3-20'],
    },
    [75, 150],
    { limits: { ...limits, contextTokens: 200_000 } },
  ),
  tileFamily(
    'computer-use-preview',
    {
      title: 'computer-use-preview',
      models: ['computer-use-preview'],
      prefixes: ['computer-use-preview-20'],
    },
    [65, 129],
    { basis: 'estimated', limits: { ...limits, contextTokens: 8192 } },
  ),
  tileFamily(
    'gpt-image-1',
    { title: 'gpt-image-1, as input', models: ['gpt-image-1', 'gpt-image-1-mini'], prefixes: [] },
    [65, 129],
    {
      rule: {
        kind: 'short-side-tiles',
        maxSidePx: 2048,
        shortSidePx: 512,
        tilePx: 512,
        baseTokens: 65,
        tokensPerTile: 129,
      },
    },
  ),
  patchFamily(
    'gpt-4.1-mini',
    { title: 'GPT-4.1 mini', models: ['gpt-4.1-mini'], prefixes: ['gpt-4.1-mini-20'] },
    { documented: 1.62, measured: 1.62 },
    {
      limits: { ...limits, contextTokens: 1_047_576 },
      notes:
        'An over-budget 4000x1474 was billed at the whole budget (2488), not the documented recount (2348).',
    },
  ),
  patchFamily(
    'gpt-4.1-nano',
    { title: 'GPT-4.1 nano', models: ['gpt-4.1-nano'], prefixes: ['gpt-4.1-nano-20'] },
    { documented: 2.46 },
    { limits: { ...limits, contextTokens: 1_047_576 } },
  ),
  patchFamily(
    'o4-mini',
    { title: 'o4-mini', models: ['o4-mini'], prefixes: ['o4-mini-20'] },
    { documented: 1.72 },
    { limits: { ...limits, contextTokens: 200_000 } },
  ),
  patchFamily(
    'gpt-5-mini',
    { title: 'GPT-5 mini', models: ['gpt-5-mini'], prefixes: ['gpt-5-mini-20'] },
    { documented: 1.62, measured: 1.2 },
    { limits: { ...limits, contextTokens: 400_000 }, notes: 'Measured at six sizes.' },
  ),
  patchFamily(
    'gpt-5-nano',
    { title: 'GPT-5 nano', models: ['gpt-5-nano'], prefixes: ['gpt-5-nano-20'] },
    { documented: 2.46 },
    { limits: { ...limits, contextTokens: 400_000 } },
  ),
  patchFamily(
    'gpt-5.2',
    {
      title: 'GPT-5.2, GPT-5.3-Codex',
      models: ['gpt-5.2', 'gpt-5.3-codex'],
      prefixes: ['gpt-5.2-20', 'gpt-5.3-codex-20'],
    },
    { documented: 1, measured: 1.2 },
    { limits: { ...limits, contextTokens: 400_000 } },
  ),
  patchFamily(
    'gpt-5.4',
    { title: 'GPT-5.4', models: ['gpt-5.4'], prefixes: ['gpt-5.4-20'] },
    { documented: 1, measured: 1.2 },
    {
      settings: {
        detail: {
          default: 'high',
          values: { high: { set: high2500 }, original: { set: original } },
        },
      },
      limits: { ...limits, contextTokens: 1_050_000 },
    },
  ),
  patchFamily(
    'gpt-5.5',
    { title: 'GPT-5.5', models: ['gpt-5.5'], prefixes: ['gpt-5.5-20'] },
    { documented: 1, measured: 1.2 },
    {
      settings: {
        detail: {
          default: 'auto',
          values: { auto: { set: original }, high: { set: high2500 }, original: { set: original } },
        },
      },
      limits: { ...limits, contextTokens: 1_050_000 },
      notes: 'The budget of 10,000 patches is confirmed by a billed 4032x3024 (11,868).',
    },
  ),
  patchFamily(
    'gpt-6',
    { title: 'GPT-6', models: ['gpt-6'], prefixes: ['gpt-6-20'] },
    { measured: 1.2 },
    {
      basis: 'measured',
      settings: {
        detail: {
          default: 'auto',
          values: { auto: { set: { maxPatches: null } }, high: { set: { maxPatches: 2500 } } },
        },
      },
      source: 'public usage figures, 2026',
    },
  ),
];
