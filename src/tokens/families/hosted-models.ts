/**
 * Claude and Gemini. Data only. Sources: Anthropic's and Google's vision pages; pxpipe's `vision-cost.ts`; public
 * usage figures.
 */
import type { Family } from '../family.ts';

const claudeLimits = {
  requestBytes: 32_000_000,
  maxSidePx: 8000,
  manyImages: { above: 20, maxSidePx: 2000 },
};
const smallContext = { contextTokens: 200_000, imagesPerRequest: 100 };
const largeContext = { contextTokens: 1_000_000, imagesPerRequest: 600 };
const claudeNotes =
  'Every measured size up to 1920 px matched exactly; above about 2000 px bills differ from the published rule. ' +
  'The measured variant adds the tokens seen around each image block.';

const gemini2 = {
  kind: 'crop-tiles',
  wholeUpToPx: 384,
  tilePx: 768,
  tokensPerTile: 258,
  crop: 'tile',
  minCropPx: 256,
} as const;
const geminiLimits = { contextTokens: 1_048_576, requestBytes: 20_000_000 };

export const hostedModels: readonly Family[] = [
  {
    id: 'claude-standard',
    title: 'Claude 3 to 4.6 (standard resolution)',
    models: [
      ...['claude-sonnet-4', 'claude-sonnet-4-0', 'claude-sonnet-4-5', 'claude-sonnet-4.5'],
      ...['claude-sonnet-4-6', 'claude-sonnet-4.6', 'claude-haiku-4-5', 'claude-haiku-4.5'],
      ...['claude-opus-4', 'claude-opus-4-0', 'claude-opus-4-1', 'claude-opus-4.1'],
      ...['claude-opus-4-5', 'claude-opus-4.5', 'claude-opus-4-6', 'claude-opus-4.6'],
    ],
    prefixes: [
      ...['claude-3-', 'claude-3.5-', 'claude-3.7-', 'claude-sonnet-4-20', 'claude-sonnet-4@'],
      ...['claude-sonnet-4-5-', 'claude-sonnet-4-5@', 'claude-sonnet-4-6-', 'claude-sonnet-4-6@'],
      ...['claude-haiku-4-5-', 'claude-haiku-4-5@', 'claude-opus-4-20', 'claude-opus-4@'],
      ...['claude-opus-4-1-', 'claude-opus-4-1@', 'claude-opus-4-5-', 'claude-opus-4-5@'],
      ...['claude-opus-4-6-', 'claude-opus-4-6@'],
    ],
    rule: { kind: 'padded-grid', cellPx: 28, maxSidePx: 1568, maxTokens: 1568 },
    basis: 'documented',
    perImageOverhead: 0,
    settings: {
      variant: {
        default: 'documented',
        values: { documented: {}, measured: { basis: 'measured', perImageOverhead: 4 } },
      },
    },
    limits: { ...claudeLimits, ...smallContext },
    limitsOf: {
      'claude-opus-4-6': largeContext,
      'claude-opus-4.6': largeContext,
      'claude-sonnet-4-6': largeContext,
      'claude-sonnet-4.6': largeContext,
    },
    source: 'Anthropic vision page; pxpipe vision-cost.ts',
    notes: claudeNotes,
  },
  {
    id: 'claude-high-resolution',
    title: 'Claude 4.7 and later (high resolution)',
    models: ['claude-opus-4-7', 'claude-opus-4.7', 'claude-opus-4-8', 'claude-opus-4.8'],
    prefixes: [
      ...['claude-opus-4-7-', 'claude-opus-4-7@', 'claude-opus-4-8-', 'claude-opus-4-8@'],
      ...['claude-opus-5', 'claude-sonnet-5', 'claude-haiku-5', 'claude-fable-5', 'claude-mythos-5'],
    ],
    rule: { kind: 'padded-grid', cellPx: 28, maxSidePx: 2576, maxTokens: 4784 },
    basis: 'documented',
    perImageOverhead: 0,
    settings: {
      variant: {
        default: 'documented',
        values: { documented: {}, measured: { basis: 'measured', perImageOverhead: 3 } },
      },
    },
    limits: { ...claudeLimits, ...largeContext },
    source: 'Anthropic vision page; pxpipe vision-cost.ts',
    notes: claudeNotes,
  },
  {
    id: 'gemini-2',
    title: 'Gemini 2.0 and 2.5',
    models: [
      ...['gemini-2.0-flash', 'gemini-2.0-flash-lite'],
      ...['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite'],
    ],
    prefixes: [
      ...['gemini-2.0-flash-0', 'gemini-2.0-flash-lite-0'],
      ...['gemini-2.5-pro-', 'gemini-2.5-flash-preview', 'gemini-2.5-flash-lite-preview'],
    ],
    rule: gemini2,
    basis: 'estimated',
    perImageOverhead: 0,
    settings: {
      mediaResolution: {
        default: 'high',
        values: {
          low: { set: { kind: 'fixed-square', tokens: 64, sidePx: 768, fit: 'pad' } },
          medium: { set: { kind: 'fixed-square', tokens: 256, sidePx: 768, fit: 'pad' } },
          high: {},
        },
      },
      variant: {
        default: 'documented',
        values: { documented: {}, 'crop-unit': { set: { crop: 'short-side' } } },
      },
    },
    limits: { ...geminiLimits, imagesPerRequest: 3000 },
    source: 'Google image understanding and token pages',
    notes:
      'Two counting rules circulate, up to threefold apart on a page; ask the count-tokens endpoint for a bill.',
  },
  {
    id: 'gemini-3',
    title: 'Gemini 3',
    models: ['gemini-3'],
    prefixes: ['gemini-3-', 'gemini-3.'],
    rule: { kind: 'area-budget-grid', cellPx: 48, maxTokens: 1120 },
    basis: 'measured',
    perImageOverhead: 0,
    settings: {
      mediaResolution: {
        default: 'high',
        values: {
          low: { set: { maxTokens: 280 } },
          medium: { set: { maxTokens: 560 } },
          high: {},
          'ultra-high': { set: { maxTokens: 2240 } },
        },
      },
    },
    limits: { ...geminiLimits, imagesPerRequest: 900 },
    source: 'public usage figures, met exactly by the Gemma 4 formula; Google states the ceilings only',
  },
];
