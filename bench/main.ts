/**
 * `npm run bench [-- SUITE… --quick]`: how fast each hot step is, against a baseline in the same run. Figures of
 * different machines do not compare; the ratios do.
 */
import { benchCompress } from './compress.ts';
import { benchData } from './data.ts';
import { benchMemory } from './memory.ts';
import { benchPng } from './png.ts';
import { benchProxy } from './proxy.ts';
import { closePublishedRenderer } from './published.ts';
import { benchReader } from './reader.ts';
import { benchRender } from './render.ts';
import { benchReward } from './reward.ts';
import { benchTokens } from './tokens.ts';
import { benchTrain } from './train.ts';

interface SuiteOptions {
  readonly quick: boolean;
}

const suites: Readonly<Record<string, (options: SuiteOptions) => Promise<void> | void>> = {
  render: benchRender,
  memory: benchMemory,
  png: benchPng,
  tokens: benchTokens,
  compress: benchCompress,
  proxy: benchProxy,
  train: benchTrain,
  reader: benchReader,
  data: benchData,
  reward: benchReward,
};

const usage = `npm run bench [-- SUITE… --quick]

suites: ${Object.keys(suites).join(', ')} (all by default)
--quick   fewer rounds, no 10 MB texts
GLYPH_TEXTS=DIR           plain-text books to measure on (files named *-zh.txt are Chinese)
GLYPH_REFERENCE_DIR=DIR   a checkout of the published renderer, to measure against`;

const args = process.argv.slice(2);
const names = args.filter(arg => !arg.startsWith('-'));
const unknown = names.filter(name => !(name in suites));
if (args.includes('--help') || unknown.length > 0) {
  console.log(unknown.length > 0 ? `no suite ${unknown.join(', ')}\n\n${usage}` : usage);
  process.exit(unknown.length > 0 ? 2 : 0);
}
for (const name of names.length > 0 ? names : Object.keys(suites))
  await suites[name]!({ quick: args.includes('--quick') });
closePublishedRenderer();
