/**
 * What comes on top of drawing: `compress` against drawing and counting alone, the scan for exact strings and secrets
 * against one regular expression a kind, and the search for relevant pages.
 */

import { compress } from '../src/compress/compress.ts';
import { findExact, redactSecrets } from '../src/compress/exact/index.ts';
import { pageConfigFor } from '../src/compress/index.ts';
import { loadFont } from '../src/node/load-font.ts';
import { renderPages } from '../src/render/index.ts';
import { scorePassages } from '../src/text/index.ts';
import { countTextTokens } from '../src/tokens/index.ts';
import { type Contender, compare, printResults } from './harness.ts';
import { textOf } from './texts.ts';

const model = 'zai-org/Glyph';

/** What a first program would do; finds fewer kinds and much that is none. */
const naivePatterns = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b[0-9a-f]{7,64}\b/gi,
  /[A-Za-z0-9+/]{16,}={0,2}/g,
  /[\w.+-]+@[\w-]+\.[\w.]+/g,
  /https?:\/\/\S+/g,
  /\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b/g,
  /\b\d[\d,. -]{4,}\d\b/g,
  /\bv?\d+\.\d+(\.\d+)?\b/g,
  /(?:\/[\w.-]+){2,}/g,
  /\b\w*\d\w*\b/g,
];

const scans = (text: string): Contender[] => {
  const work = (found: number) => ({ pages: found, characters: text.length, byteLength: 0 });
  return [
    { name: 'findExact', run: () => work(findExact(text).length) },
    {
      name: 'a regular expression a kind',
      run: () => work(naivePatterns.reduce((sum, each) => sum + (text.match(each)?.length ?? 0), 0)),
    },
    { name: 'redactSecrets', run: () => work(redactSecrets(text).secrets.length) },
  ];
};

export async function benchCompress({ quick }: { readonly quick: boolean }): Promise<void> {
  const rounds = quick ? 3 : 5;
  for (const name of ['english', 'code'] as const) {
    const text = textOf(name, quick ? 300_000 : 2_000_000);
    printResults(`Scanning ${name} ("pages" are strings found)`, await compare(scans(text), rounds));
    const config = pageConfigFor(model);
    const question = 'Who came to the house in the evening?';
    const results = await compare(
      [
        {
          name: 'draw and count alone',
          async run() {
            let pages = 0;
            for await (const _ of renderPages(text, config, { loadFont })) pages++;
            await countTextTokens(text);
            return { pages, characters: text.length, byteLength: 0 };
          },
        },
        ...(['off', 'on'] as const).map(zoom => ({
          name: zoom === 'on' ? 'compress, with zoom' : 'compress, without zoom',
          async run() {
            const { accounting } = await compress(text, {
              ...{ model, question, loadFont, pages: 'always', overflow: 'split' },
              ...(zoom === 'off' ? { zoom } : {}),
            });
            return { pages: accounting.pages, characters: text.length, byteLength: 0 };
          },
        })),
        {
          name: 'relevance alone',
          run() {
            const passages = text.match(/[\s\S]{1,5000}/g) ?? [];
            scorePassages(question, passages);
            return { pages: passages.length, characters: text.length, byteLength: 0 };
          },
        },
      ],
      rounds,
    );
    printResults(`Compressing ${name}`, results);
  }
}
