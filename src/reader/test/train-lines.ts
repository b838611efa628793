/** For tests: short lines drawn in the reader's type, and a tiny reader trained on them. */
import * as runtime from 'onnxruntime-node';
import { parseConfig, preset } from '../../config/index.ts';
import { adamW, cosineSchedule, createGraph, createState, gradients, openStep } from '../../graph/index.ts';
import type { Message } from '../../model/index.ts';
import { greyPage } from '../../model/tesseract/grey-page.ts';
import { loadFont } from '../../node/load-font.ts';
import { renderPages } from '../../render/index.ts';
import {
  type BatchSize,
  createSample,
  cropRows,
  cutPage,
  feedObjective,
  type GreyPage,
  labelCells,
  type PagePatches,
  type Piece,
  patchCount,
  type ReaderCheckpoint,
  readerPresets,
  type Sample,
  type SpecialToken,
  startReader,
  traceObjective,
  trainVocabulary,
} from '../index.ts';

export const tiny = readerPresets.tiny;

/** Lines of at most 21 characters; the last line ends the page. */
const lineConfig = parseConfig(
  { pageSize: [128, 192], bitDepth: 8, autoCropLastPage: true },
  preset('embedded'),
);

/** A page, a row for each line. */
export async function drawLines(lines: readonly string[]): Promise<Uint8Array> {
  const config = { ...lineConfig, newlineMark: '' };
  for await (const { png, isLast } of renderPages(lines.join('\n'), config, { loadFont })) {
    if (isLast) return png;
  }
  throw new Error(`${JSON.stringify(lines)} are more than one page`);
}

export const asking = (png: Uint8Array): Message[] => [
  { role: 'user', parts: [{ type: 'image', bytes: png, mediaType: 'image/png' }] },
];

export const vocabulary = trainVocabulary(['the cat sat on the mat that the cat had'], tiny.vocabularySize);
export const config = { ...tiny, vocabularySize: vocabulary.size };

const special = (token: (Piece & { type: 'special' })['token'], weight = 0): Piece => ({
  type: 'special',
  token,
  weight,
});

/** A line's page, and its text as the answer to learn, as a conversation has it. */
export async function lineSample(line: string): Promise<Sample> {
  const page = greyPage(await drawLines([line]));
  return sampleOf(labelled(cutPage(page, config), line), [special('page-1', 1), special('row-1', 1)], line);
}

/** The rows of the lines' page one by one, as pages are transcribed. */
export async function rowSamples(lines: readonly string[]): Promise<Sample[]> {
  const page = greyPage(await drawLines(lines));
  return lines.map((line, row) => rowSample(page, row, line));
}

/** @param row from 0 */
export function rowSample(page: GreyPage, row: number, line: string): Sample {
  const marks = [special('page-1'), special(`row-${row + 1}` as SpecialToken)];
  return sampleOf(labelled(cropRows(page, config, row, 1), line), marks, line);
}

const labelled = (patches: PagePatches, line: string): PagePatches =>
  labelCells(
    patches,
    config,
    Array.from(line, (character, i) => ({ character, xPx: (i + 0.5) * config.advancePx, yPx: 6 })),
  );

const sampleOf = (patches: PagePatches, marks: readonly Piece[], text: string): Sample =>
  createSample(
    [
      special('user'),
      { type: 'page', patches },
      special('assistant'),
      ...marks,
      { type: 'text', text, weight: 1 },
      special('end', 1),
    ],
    config,
    vocabulary,
  );

export interface Trained {
  readonly checkpoint: ReaderCheckpoint;
  /** By step. */
  readonly losses: readonly Readonly<Record<'reading' | 'alignment', number>>[];
}

/** All samples in each step. */
export async function train(samples: readonly Sample[], steps: number): Promise<Trained> {
  const size: BatchSize = {
    samples: samples.length,
    patches: Math.max(...samples.map(patchCount)),
    tokens: Math.max(...samples.map(({ tokens }) => tokens.length)),
  };
  const options = { alignmentWeight: 0.5 };
  const graph = createGraph();
  const { loss, losses } = traceObjective(graph, config, size, options);
  const parameters = graph.parameters.map(({ tensor }) => tensor);
  const learningRate = graph.input('learningRate', []);
  const { updates } = adamW(parameters, gradients(loss, parameters), { learningRate, clipNorm: 1 });
  const state = startReader(graph, config, 1);
  for (const [name, tensor] of createState(graph, 1)) if (!state.has(name)) state.set(name, tensor);
  const outputs = { reading: losses.reading, alignment: losses.alignment! };
  const step = await openStep({ outputs, updates }, { runtime, state });
  const schedule = cosineSchedule({ peak: 3e-3, warmUpSteps: 10, totalSteps: steps });
  const feeds = feedObjective(samples, config, size, options);
  const results = [];
  for (let i = 0; i < steps; i++) results.push(await step.run({ ...feeds, learningRate: schedule(i) }));
  await step.close();
  return {
    checkpoint: { config, vocabulary, tensors: state, metadata: {} },
    losses: results.map(({ reading, alignment }) => ({ reading: reading[0]!, alignment: alignment[0]! })),
  };
}
