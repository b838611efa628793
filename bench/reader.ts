/**
 * What reading costs the embedded reader by the length of a text, put before it as text or as pages: time to the first
 * token, and tokens a second after it (the paper's figure 4 at this scale). Both hold the same characters; pages end
 * where the window does not, text sooner.
 */
import * as runtime from 'onnxruntime-node';
import { pageConfigFor } from '../src/compress/index.ts';
import { createGraph } from '../src/graph/index.ts';
import { greyPage } from '../src/model/index.ts';
import { loadFont } from '../src/node/index.ts';
import { declareReader } from '../src/reader/architecture.ts';
import {
  createEngine,
  createSample,
  cutPage,
  type Piece,
  readerPresets,
  type Sample,
  startReader,
  trainVocabulary,
  writeTokens,
} from '../src/reader/index.ts';
import { renderPages } from '../src/render/index.ts';
import { median } from './harness.ts';
import { texts } from './texts.ts';

const lengths = [1000, 2000, 4000, 8000, 16_000];
const writtenTokens = 24;

export async function benchReader({ quick }: { readonly quick: boolean }): Promise<void> {
  const text = texts.english().replace(/\s+/g, ' ').slice(0, 200_000);
  const vocabulary = trainVocabulary([text], readerPresets.small.vocabularySize);
  const kind = { config: { ...readerPresets.small, vocabularySize: vocabulary.size }, vocabulary };
  // Weights at random: how long a step takes does not depend on what they say.
  const graph = createGraph();
  declareReader(graph, kind.config);
  const engine = createEngine(kind.config, startReader(graph, kind.config, 1), { runtime });
  const rows: Record<string, object> = {};
  for (const length of lengths) {
    const part = text.slice(0, length);
    const asked: readonly Piece[] = [{ type: 'special', token: 'assistant' }];
    const asText = createSample([{ type: 'text', text: part }, ...asked], kind.config, vocabulary);
    const asPages = createSample([...(await pagesOf(part, kind.config)), ...asked], kind.config, vocabulary);
    const [textTimes, pageTimes] = [
      fits(asText) ? await measure(asText) : undefined,
      fits(asPages) ? await measure(asPages) : undefined,
    ];
    rows[`${length} characters`] = {
      'text tokens': asText.tokens.length,
      'vision tokens': asPages.tokens.length,
      'first token, text ms': show(textTimes?.firstMs),
      'pages ms': show(pageTimes?.firstMs),
      'text / pages': textTimes && pageTimes ? `${(textTimes.firstMs / pageTimes.firstMs).toFixed(2)}x` : '',
      'tokens/s after text': show(textTimes?.tokensPerSecond),
      'after pages': show(pageTimes?.tokensPerSecond),
      '16 answers, after pages': show(pageTimes?.groupTokensPerSecond),
    };
  }
  console.log('\nThe reader by length of what is before it (one thread)');
  console.table(rows);
  await engine.close();

  function fits({ tokens }: Sample): boolean {
    return tokens.length + writtenTokens < kind.config.contextTokens;
  }

  async function measure(sample: Sample) {
    const rounds = quick ? 2 : 5;
    const first: number[] = [];
    const rates: number[] = [];
    const groupRates: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const one = await write(sample, 1);
      const group = await write(sample, 16);
      if (round < 0) continue;
      first.push(one.firstMs);
      rates.push(one.rate);
      groupRates.push(group.rate);
    }
    return {
      firstMs: median(first),
      tokensPerSecond: median(rates),
      groupTokensPerSecond: median(groupRates),
    };
  }

  async function write(sample: Sample, answersPerPrompt: number) {
    const startMs = performance.now();
    let firstMs = 0;
    const options = { maxTokens: writtenTokens, stopTokens: [], answersPerPrompt, temperature: 1 };
    for await (const _ of writeTokens(engine, kind, [sample], options)) {
      if (firstMs === 0) firstMs = performance.now() - startMs;
    }
    const seconds = (performance.now() - startMs - firstMs) / 1000;
    return { firstMs, rate: ((writtenTokens - 1) * answersPerPrompt) / seconds };
  }
}

async function pagesOf(text: string, config: Parameters<typeof cutPage>[1]): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for await (const { png } of renderPages(text, pageConfigFor('embedded'), { loadFont }))
    pieces.push({ type: 'page', patches: cutPage(greyPage(png), config) });
  return pieces;
}

const show = (value: number | undefined): string => (value === undefined ? 'no room' : value.toFixed(0));
