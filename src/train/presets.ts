/**
 * Settings of the stages by name: `tiny` for tests, `reader` as the checkpoint of the repository was trained, `paper` as
 * the paper says (appendix B), for whoever has its model and its machines.
 */
import { type ReaderConfig, readerPresets } from '../reader/index.ts';
import type { PretrainSettings } from './pretrain.ts';
import type { RlSettings } from './rl.ts';
import type { SftSettings } from './sft.ts';
import type { Learning } from './teacher.ts';

export interface TrainPreset {
  /** Of a reader that begins here; its vocabulary is trained on the data. */
  readonly reader: ReaderConfig;
  readonly learning: Learning;
  readonly pretrain: Omit<PretrainSettings, 'seed'>;
  readonly sft: Omit<SftSettings, 'seed'>;
  readonly rl: Omit<RlSettings, 'seed'>;
}

const learning: Learning = { clipNorm: 1, beta2: 0.98, weightDecay: 0.01 };

/** The paper's (section 3.5): clips as DAPO's; the weight of the distance is ours, the paper gives none. */
const policy = { group: 16, clipLow: 0.2, clipHigh: 0.28, klWeight: 0.001, temperature: 1 } as const;

const reader: TrainPreset = {
  reader: readerPresets.small,
  learning,
  pretrain: {
    alignmentSteps: 300,
    steps: 3500,
    alignmentRate: 3e-3,
    peakRate: 1.5e-3,
    lastRate: 1e-4,
    warmUpSteps: 50,
    near: { samples: 12, tokens: 168, rows: 8, written: 3, jumpingShare: 0.25 },
    far: { samples: 2, tokens: 896, rows: 64, written: 6, jumpingShare: 0.9 },
    farShare: 0.15,
  },
  sft: { steps: 3000, peakRate: 7e-4, lastRate: 1e-5, warmUpSteps: 20, stepTokens: 2048, ocr: 'with' },
  rl: {
    ...policy,
    steps: 100,
    prompts: 2,
    updates: 1,
    maxAnswerTokens: 120,
    maxPromptTokens: 448,
    rate: 2e-5,
    warmUpSteps: 5,
    ocr: 'with',
  },
};

export const trainPresets = {
  reader,
  paper: {
    reader: readerPresets.small,
    learning: { clipNorm: 1, beta2: 0.95, weightDecay: 0 },
    pretrain: {
      ...reader.pretrain,
      alignmentSteps: 0,
      steps: 4000,
      peakRate: 2e-6,
      lastRate: 2e-7,
      warmUpSteps: 0,
      near: { ...reader.pretrain.near, samples: 170 },
      far: { ...reader.pretrain.far, samples: 170 },
    },
    sft: { steps: 1500, peakRate: 5e-6, lastRate: 2e-6, warmUpSteps: 160, stepTokens: 65_536, ocr: 'with' },
    rl: { ...reader.rl, steps: 500, prompts: 32, maxPromptTokens: 1800, rate: 1e-6, warmUpSteps: 0 },
  },
  tiny: {
    reader: readerPresets.tiny,
    learning,
    pretrain: {
      alignmentSteps: 20,
      steps: 60,
      alignmentRate: 5e-3,
      peakRate: 3e-3,
      lastRate: 3e-4,
      warmUpSteps: 5,
      near: { samples: 4, tokens: 96, rows: 2, written: 2, jumpingShare: 0.25 },
      far: { samples: 1, tokens: 128, rows: 8, written: 1, jumpingShare: 0.9 },
      farShare: 0.1,
    },
    sft: { steps: 30, peakRate: 2e-3, lastRate: 2e-4, warmUpSteps: 3, stepTokens: 256, ocr: 'with' },
    rl: {
      ...policy,
      group: 4,
      steps: 6,
      prompts: 2,
      updates: 1,
      maxAnswerTokens: 24,
      maxPromptTokens: 112,
      rate: 3e-4,
      warmUpSteps: 0,
      ocr: 'with',
    },
  },
} as const satisfies Record<string, TrainPreset>;

export type TrainPresetName = keyof typeof trainPresets;
