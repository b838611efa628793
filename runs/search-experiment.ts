/**
 * Searched against manual and random (Table 5 of arXiv 2510.17800): `npx tsx runs/search-experiment.ts MODEL TEXT OUT [SIZES]`, MODEL
 * being `tesseract`, `embedded` or `embedded:FOLDER`. For each of three seeds a search and as many random draws are measured on stretches of
 * the first part of TEXT; the best of each at the compression of the published best config, or denser, is then read on
 * stretches of the last part. Answers are recorded in OUT: started again, it goes on.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../src/base/index.ts';
import { evalEffects } from '../src/cli/eval-effects.ts';
import { configHash, type RenderConfig } from '../src/config/index.ts';
import { meanScore, openMeasuring, pairedBootstrap } from '../src/eval/index.ts';
import { openReader, openRunFolder, openTesseract } from '../src/node/index.ts';
import {
  baselineOf,
  type ConfigCandidate,
  type ConfigEvidence,
  compressionOf,
  defaultSettings,
  measureHeld,
  openValidation,
  type SearchSettings,
  searchConfigs,
  validationTask,
} from '../src/search/index.ts';
import { countTokensSync, loadTextTokenizer } from '../src/tokens/index.ts';

const [modelName = '', textPath = '', out = '', ...sizes] = process.argv.slice(2);
/** Configs a search measures, of a generation; samples to search on and to test on. */
const [steps = 60, population = 10, samples = 8, testSamples = 40] = sizes.map(Number);
const isEmbedded = modelName.startsWith('embedded');
const model = isEmbedded ? await openReader(modelName.split(':')[1]) : await openTesseract({});
/** Whose tokens count: the paper's model for a reader that has none of its own. */
const family = isEmbedded ? 'embedded' : 'glm-4.1v';
/** Not those that the search's operators were chosen with. */
const seeds = ['4', '5', '6'];
await loadTextTokenizer();

const text = await readFile(textPath, 'utf8');
const cut = text.indexOf('\n\n', Math.round(text.length * 0.6));
await mkdir(out, { recursive: true });
const [validationPath, testPath] = [join(out, 'validation.txt'), join(out, 'test.txt')];
await writeFile(validationPath, text.slice(0, cut));
await writeFile(testPath, text.slice(cut));

const plain: SearchSettings = {
  ...defaultSettings,
  format: 1,
  tasks: [`ocr:${validationPath}`],
  samples,
  population,
  lengths: [125],
  steps,
  patience: 1000,
  model: model.id,
  family,
  proposer: null,
  given: [],
  // As published, and so that stretches shorter than a page are quick to read.
  fixed: { autoCropWidth: !isEmbedded, autoCropLastPage: true },
  ranges: {},
};
const manual = baselineOf(plain);
const levels: readonly (readonly [name: string, config: RenderConfig])[] = [['manual', manual]];
/** What counts as the same compression: it differs a little from text to text. */
const tolerance = 0.97;
/** One text for all, so that compressions compare. */
const compression = {
  text: text.slice(cut, cut + 30_000),
  family,
  countTokens: countTokensSync,
  loadFont: evalEffects.loadFont,
};
const ratioOf = async (config: RenderConfig) => (await compressionOf(config, compression)).ratio;
const ratios = await Promise.all(levels.map(([, config]) => ratioOf(config)));

const say = (...words: unknown[]) => console.log(new Date().toISOString().slice(11, 19), ...words);
say('manual', levels.map(([name], i) => `${name} ${ratios[i]!.toFixed(3)}x`).join(', '));

/** The answers of all searches. */
const cache = await openRunFolder(join(out, 'answers'), 'create');

async function candidatesOf(
  strategy: SearchSettings['strategy'],
  seed: string,
): Promise<readonly ConfigCandidate[]> {
  const store = await openRunFolder(join(out, `${strategy}-${seed}`), 'create');
  try {
    const atLeast = Number((ratios[0]! * tolerance).toFixed(3));
    const settings = { ...plain, strategy, seed, leastRatio: atLeast, enoughRatio: atLeast };
    const { candidates, refused } = await searchConfigs({
      ...evalEffects,
      settings,
      preference: {},
      limits: {},
      store,
      cache,
      model,
      jobs: 2,
    });
    say(strategy, seed, `${candidates.length} candidates`, JSON.stringify(refused));
    return candidates;
  } finally {
    await store.close();
  }
}

/** The most accurate on validation of those measured whole and about as dense or denser. */
async function choose(candidates: readonly ConfigCandidate[], ratio: number) {
  let best: ConfigCandidate | undefined;
  for (const each of candidates) {
    if (each.fate !== 'measured' || (await ratioOf(each.genome)) < tolerance * ratio) continue;
    if (best === undefined || each.values[0]! > best.values[0]!) best = each;
  }
  return best;
}

const { items } = await openValidation({
  ...evalEffects,
  tasks: [validationTask(`ocr:${testPath}`)],
  samples: testSamples,
  holdout: 0,
  lengths: plain.lengths!,
  seed: 'test',
});
const found = new Map<string, readonly ConfigCandidate[]>();
for (const seed of seeds) {
  for (const strategy of ['genetic', 'random'] as const)
    found.set(`${strategy}-${seed}`, await candidatesOf(strategy, seed));
}
const measuring = await openMeasuring({ ...evalEffects, items, store: cache, model: { ...model, family } });
const tested = new Map<string, ConfigEvidence>();
async function test(config: RenderConfig): Promise<ConfigEvidence> {
  const hash = configHash(config);
  const known = tested.get(hash) ?? (await measureHeld(config, { items, measuring, compression }))!;
  tested.set(hash, known);
  return known;
}

/** Means over seeds, sample by sample: samples are what is drawn at random, so they are what the interval is over. */
const bySample = (all: readonly ConfigEvidence[]): number[] =>
  items.map(({ id }) => all.reduce((sum, { scores }) => sum + (scores[id] ?? 0), 0) / all.length);

const results = [];
for (const [i, [level, config]] of levels.entries()) {
  const rows: Record<
    string,
    { seed: string; config: RenderConfig; evidence: ConfigEvidence; validation: number }[]
  > = {};
  for (const seed of seeds) {
    const arms = await Promise.all(
      (['searched', 'random'] as const).map(async name => {
        const chosen = await choose(
          found.get(`${name === 'searched' ? 'genetic' : 'random'}-${seed}`)!,
          ratios[i]!,
        );
        return chosen === undefined ? undefined : { name, chosen, evidence: await test(chosen.genome) };
      }),
    );
    for (const arm of arms) {
      if (arm === undefined) continue;
      const { name, chosen, evidence } = arm;
      const row = { seed, config: chosen.genome, evidence, validation: chosen.values[0]! };
      rows[name] = [...(rows[name] ?? []), row];
      const {
        accuracy,
        compression: { ratio },
      } = evidence;
      say(level, name, seed, chosen.id, `${(100 * accuracy!).toFixed(2)} % at ${ratio.toFixed(2)}x`);
    }
  }
  const base = await test(config);
  const scores: Readonly<Record<string, number[]>> = {
    manual: bySample([base]),
    ...Object.fromEntries(
      Object.entries(rows).map(([name, list]) => [name, bySample(list.map(each => each.evidence))]),
    ),
  };
  const compare = (first: number[] | undefined, second: number[] | undefined) =>
    first === undefined || second === undefined
      ? null
      : pairedBootstrap(first, second, { random: createRandom('experiment') });
  results.push({
    level,
    ratio: ratios[i]!,
    manual: { accuracy: base.accuracy, stderr: base.stderr, ratio: base.compression.ratio, config },
    arms: Object.fromEntries(
      Object.entries(rows).map(([name, list]) => [
        name,
        {
          ...meanScore(bySample(list.map(each => each.evidence))),
          seeds: list.map(({ seed, config: own, evidence, validation }) => ({
            seed,
            accuracy: evidence.accuracy,
            stderr: evidence.stderr,
            ratio: evidence.compression.ratio,
            validation,
            againstManual: compare(bySample([base]), bySample([evidence])),
            config: own,
          })),
        },
      ]),
    ),
    differences: {
      'searched − manual': compare(scores['manual'], scores['searched']),
      'searched − random': compare(scores['random'], scores['searched']),
      'random − manual': compare(scores['manual'], scores['random']),
    },
  });
}
await writeFile(
  join(out, 'results.json'),
  `${JSON.stringify({ model: model.id, family, steps: plain.steps, validationSamples: plain.samples, testSamples, charactersPerSample: 500, results }, undefined, 2)}\n`,
);
say('done');
await cache.close();
process.exit(0);
