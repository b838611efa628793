/**
 * The plan of a run, made before the first call: every sample and every broken row of the data, and what the requests
 * will come to. Text tokens are counted for all samples; requests are built for one sample of each kind, and the others
 * of the kind are taken to be like it.
 */
import { GlyphError, sha256Hex, throwIfAborted } from '../../base/index.ts';
import { mean } from '../metrics/index.ts';
import type { Fault, OpenOptions, Sample, Task } from '../task.ts';
import type { Arm } from './arms.ts';
import { maxTokensOf, openSample, type RequestEffects, textTokensOf } from './build-request.ts';
import { isFailureOfSample } from './call-model.ts';
import { type PlanLine, type PlannedSample, planLineSchema, type RunFile } from './lines.ts';
import { linesText, readLines } from './read-lines.ts';
import type { createReader } from './read-material.ts';
import { fileNames, type RunStore } from './run-store.ts';
import { costUsd } from './spending.ts';

export interface PlanRequest {
  readonly task: Task;
  readonly run: RunFile;
  readonly open: OpenOptions;
  readonly arms: readonly Arm[];
  readonly read: ReturnType<typeof createReader>;
  readonly request: RequestEffects;
  readonly store: RunStore;
  readonly onSample?: (samples: number) => void;
}

export interface Plan {
  readonly samples: readonly PlannedSample[];
  readonly faults: readonly Fault[];
  /** Undefined for a plan that was made before. */
  readonly estimate: readonly ArmEstimate[] | undefined;
}

export interface ArmEstimate {
  readonly arm: string;
  readonly requests: number;
  readonly inputTokens: number;
  /** If every answer were as long as it may be. */
  readonly outputTokensAtMost: number;
  /** Samples whose requests were built to know; the others are taken to be like them. */
  readonly measured: number;
  /** Null where no list price is known. */
  readonly inputUsd: number | null;
  readonly atMostUsd: number | null;
}

/** The plan in the store, or a new one. @throws GlyphError as the task, kind `input` for a task without samples */
export async function openPlan(request: PlanRequest): Promise<Plan> {
  const { store } = request;
  if ((await store.read(fileNames.samples)) !== undefined) {
    const { rows } = await readLines(store, fileNames.samples, planLineSchema);
    return planOf(rows, undefined);
  }
  const lines: PlanLine[] = [];
  const ids = new Set<string>();
  const estimate = createEstimate(request);
  for await (const item of request.task.open(request.open)) {
    throwIfAborted(request.open.signal, `open ${request.task.name}`);
    if (item.kind === 'fault') {
      lines.push(item);
      continue;
    }
    if (ids.has(item.id)) throw twice(request.task, item);
    ids.add(item.id);
    lines.push(await planSample(item, request, estimate));
    request.onSample?.(ids.size);
  }
  const plan = planOf(lines, estimate.total());
  if (plan.samples.length === 0) throw noSamples(request.task, plan.faults);
  await store.write(fileNames.run, `${JSON.stringify(request.run, undefined, 2)}\n`);
  await store.write(fileNames.samples, linesText(lines));
  return plan;
}

export function planOf(lines: readonly PlanLine[], estimate: Plan['estimate']): Plan {
  return {
    samples: lines.filter(line => line.kind === 'sample'),
    faults: lines.filter(line => line.kind === 'fault'),
    estimate,
  };
}

async function planSample(
  sample: Sample,
  { read, request }: PlanRequest,
  estimate: Estimate,
): Promise<PlannedSample> {
  const { kind, material, config, ...facts } = sample;
  let textTokens = 0;
  try {
    const readable = await read(material);
    textTokens = textTokensOf(sample, readable, request.count);
    await estimate.add(sample, textTokens, openSample(sample, readable, request));
  } catch (error) {
    // A sample that cannot be read or sent is recorded when its turn comes.
    if (!isFailureOfSample(error)) throw error;
  }
  return { kind, facts, contentHash: hashOf(sample), textTokens };
}

/** Names what is to be read, asked and compared with; a PDF goes by its path. */
export function hashOf({ material, prompts, targets, config }: Sample): string {
  const named =
    material.kind === 'images'
      ? material.images.map(image => (typeof image === 'string' ? image : sha256Hex(image.bytes)))
      : material;
  return sha256Hex(JSON.stringify([named, prompts, targets, config])).slice(0, 16);
}

/** Kinds of samples whose requests are built ahead. */
const mostKinds = 40;

type Estimate = ReturnType<typeof createEstimate>;

function createEstimate({ arms, task, run, request }: PlanRequest) {
  const totals = arms.map(arm => ({ arm, ratios: new Map<string, number>(), sum: startSum(arm.name) }));
  return {
    async add(sample: Sample, textTokens: number, build: ReturnType<typeof openSample>): Promise<void> {
      const kind = kindOf(sample);
      for (const total of totals) {
        const { ratios, arm } = total;
        const known = ratios.get(kind) ?? (ratios.size < mostKinds ? undefined : mean([...ratios.values()]));
        const inputTokens =
          known === undefined
            ? (await build(arm)).accounting.tokensAfter
            : Math.round(known * Math.max(1, textTokens));
        if (known === undefined) ratios.set(kind, inputTokens / Math.max(1, textTokens));
        const outputTokens = maxTokensOf(sample, task, run.maxTokens);
        total.sum = addRequest(total.sum, request.model.family, { inputTokens, outputTokens });
      }
    },
    total: (): ArmEstimate[] => totals.map(({ sum, ratios }) => ({ ...sum, measured: ratios.size })),
  };
}

const startSum = (arm: string): ArmEstimate => ({
  arm,
  requests: 0,
  inputTokens: 0,
  outputTokensAtMost: 0,
  measured: 0,
  inputUsd: 0,
  atMostUsd: 0,
});

/** Prices go by the length of each request. */
const addRequest = (
  sum: ArmEstimate,
  family: string,
  { inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number },
): ArmEstimate => ({
  ...sum,
  requests: sum.requests + 1,
  inputTokens: sum.inputTokens + inputTokens,
  outputTokensAtMost: sum.outputTokensAtMost + outputTokens,
  inputUsd: addUsd(sum.inputUsd, costUsd(family, { inputTokens })),
  atMostUsd: addUsd(sum.atMostUsd, costUsd(family, { inputTokens, outputTokens })),
});

const addUsd = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

const kindOf = ({ subset, groups }: Sample): string =>
  [subset, ...Object.values(groups).filter(name => typeof name === 'string')].join(' ');

const twice = ({ name }: Task, { id }: Sample) =>
  new GlyphError({
    kind: 'input',
    operation: `open ${name}`,
    expected: 'samples with ids of their own',
    actual: `${JSON.stringify(id)} twice`,
  });

function noSamples({ name }: Task, faults: readonly Fault[]): GlyphError {
  const [first] = faults;
  return new GlyphError({
    kind: 'input',
    operation: `open ${name}`,
    expected: 'at least one sample',
    actual: first === undefined ? 'none' : `${faults.length} broken rows and no other`,
    ...(first === undefined
      ? {}
      : { hint: `line ${first.line} of ${first.file}: expected ${first.expected}, got ${first.actual}` }),
  });
}
