/** For tests: short lines drawn by the renderer, and a tiny reader trained on them. */
import * as runtime from 'onnxruntime-node';
import { parseConfig } from '../../config/index.ts';
import { adamW, cosineSchedule, createGraph, createState, gradients, openStep } from '../../graph/index.ts';
import type { Message } from '../../model/index.ts';
import { greyPage } from '../../model/tesseract/grey-page.ts';
import { loadFont } from '../../node/load-font.ts';
import { renderPages } from '../../render/index.ts';
import {
  type BatchSize,
  createSample,
  cutPage,
  feedObjective,
  labelCells,
  type Piece,
  patchCount,
  type ReaderCheckpoint,
  readerPresets,
  type Sample,
  traceObjective,
  trainVocabulary,
} from '../index.ts';

export const tiny = readerPresets.tiny;

/** A line to a page, 12 px high as a patch of the tiny reader. */
const lineConfig = parseConfig({
  pageSize: [96, 12],
  marginX: 1,
  marginY: 0,
  framePadding: 0,
  lineHeight: 12,
  bitDepth: 8,
});

export async function drawLine(text: string): Promise<Uint8Array> {
  for await (const { png, isLast } of renderPages(text, lineConfig, { loadFont })) {
    if (isLast) return png;
  }
  throw new Error(`${JSON.stringify(text)} is more than one page`);
}

export const asking = (png: Uint8Array): Message[] => [
  { role: 'user', parts: [{ type: 'image', bytes: png, mediaType: 'image/png' }] },
];

export const vocabulary = trainVocabulary(['the cat sat on the mat that the cat had'], tiny.vocabularySize);
export const config = { ...tiny, vocabularySize: vocabulary.size };

/** The line's page, and its text as the answer to learn. */
export async function lineSample(text: string): Promise<Sample> {
  const page = greyPage(await drawLine(text));
  const characters = [...text].map((character, i) => ({ character, xPx: 4 + 5 * i, yPx: 6 }));
  const pieces: readonly Piece[] = [
    { type: 'special', token: 'user' },
    { type: 'page', patches: labelCells(cutPage(page, config), config, characters) },
    { type: 'special', token: 'assistant' },
    {
      type: 'text',
      text,
      weight: 1,
      standsIn: characters.map(({ xPx }) => Math.floor(xPx / config.patchPx)),
    },
    { type: 'special', token: 'end', weight: 1 },
  ];
  return createSample(pieces, vocabulary);
}

export interface Trained {
  readonly checkpoint: ReaderCheckpoint;
  /** By step. */
  readonly losses: readonly Readonly<Record<'reading' | 'alignment' | 'looking', number>>[];
}

/** All samples in each step. */
export async function train(samples: readonly Sample[], steps: number): Promise<Trained> {
  const size: BatchSize = {
    samples: samples.length,
    patches: Math.max(...samples.map(patchCount)),
    tokens: Math.max(...samples.map(({ tokens }) => tokens.length)),
  };
  const options = { alignmentWeight: 0.5, lookingWeight: 0.5 };
  const graph = createGraph();
  const { loss, losses } = traceObjective(graph, config, size, options);
  const parameters = graph.parameters.map(({ tensor }) => tensor);
  const learningRate = graph.input('learningRate', []);
  const { updates } = adamW(parameters, gradients(loss, parameters), { learningRate, clipNorm: 1 });
  const state = createState(graph, 1);
  const outputs = { reading: losses.reading, alignment: losses.alignment!, looking: losses.looking! };
  const step = await openStep({ outputs, updates }, { runtime, state });
  const schedule = cosineSchedule({ peak: 3e-3, warmUpSteps: 10, totalSteps: steps });
  const feeds = feedObjective(samples, config, size, options);
  const results = [];
  for (let i = 0; i < steps; i++) results.push(await step.run({ ...feeds, learningRate: schedule(i) }));
  await step.close();
  return {
    checkpoint: { config, vocabulary, tensors: state, metadata: {} },
    losses: results.map(({ reading, alignment, looking }) => ({
      reading: reading[0]!,
      alignment: alignment[0]!,
      looking: looking[0]!,
    })),
  };
}
