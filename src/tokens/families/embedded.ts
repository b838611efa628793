/**
 * The embedded reader. Data only. The rule is that of `src/reader/page.ts` with the sizes of the reader's preset
 * `small`: a patch is one token and holds one line of type of the config preset `embedded`.
 */
import type { Family } from '../family.ts';

export const embeddedModels: readonly Family[] = [
  {
    id: 'embedded',
    title: 'The embedded reader',
    models: ['embedded'],
    prefixes: ['embedded:'],
    rule: {
      kind: 'padded-grid',
      cellPx: 64,
      cellHeightPx: 12,
      maxSidePx: 768,
      maxWidthPx: 640,
      maxTokens: 640,
    },
    basis: 'exact',
    perImageOverhead: 2,
    limits: { contextTokens: 2048, imagesPerRequest: 8, maxSidePx: 768 },
    source: 'src/reader/page.ts',
    notes: 'A larger page is refused, never scaled. Overhead is the marks around a page.',
  },
];
