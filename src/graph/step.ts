/**
 * A program opened on ONNX Runtime: each run takes inputs, returns outputs and moves the state on, whose arrays go from
 * one run to the next as they are. (Giving ONNX Runtime arrays to write into saves nothing: its Node binding copies.)
 */
import { GlyphError } from '../base/index.ts';
import { arrayTypes, type Values } from './dtype.ts';
import type { Tensor } from './graph.ts';
import { inputName, outputName, type Program, updateName, variableName, writeOnnx } from './onnx.ts';
import type { OnnxRuntime, OnnxSession, OnnxTensor } from './runtime.ts';
import { shapeText, sizeOf } from './shape.ts';
import { type State, storedTensor } from './state.ts';

/** By input, the array of its type, in C order; a scalar float32 may be a number. A bool is a byte, 0 or 1. */
export type Feeds = Readonly<Record<string, Values | number>>;

export interface StepOptions {
  /** `onnxruntime-node` or `onnxruntime-web`. */
  readonly runtime: OnnxRuntime;
  /** Must hold every variable that the program reads or updates; several steps may share it. */
  readonly state: State;
  /**
   * Whether the variables' values are taken from the state at each run, or become part of the model once, which is
   * faster where they no longer change. `state` unless given.
   */
  readonly weights?: 'state' | 'embedded';
  /** In order of preference, e.g. `['webgpu', 'cpu']`; `['cpu']` unless given. */
  readonly executionProviders?: readonly string[];
  /** For the CPU; 1 unless given, with which equal runs are equal bit for bit. */
  readonly threads?: number;
}

export interface Step<Name extends string = string> {
  /** @throws GlyphError kind `input` when a feed is missing, unknown or of the wrong type or size */
  run(feeds: Feeds): Promise<Readonly<Record<Name, Float32Array>>>;
  close(): Promise<void>;
}

export async function openStep<Name extends string>(
  program: Program<Name>,
  options: StepOptions,
): Promise<Step<Name>> {
  const { runtime, state, weights = 'state' } = options;
  const model = writeOnnx(program, weights === 'embedded' ? state : new Map());
  const variables = [...model.variables];
  for (const [name, tensor] of [...variables, ...model.updated]) storedTensor(state, name, tensor.shape);
  const session = await openSession(model.bytes, options);
  const names = Object.keys(program.outputs) as Name[];
  const asOnnx = ({ dtype, shape }: Tensor, data: Values) => new runtime.Tensor(dtype, data, shape);
  let isRunning = false;

  async function run(feeds: Feeds) {
    refuseStrangers(feeds, model.inputs);
    const inputs: Record<string, OnnxTensor> = {};
    for (const [name, tensor] of model.inputs)
      inputs[inputName(name)] = asOnnx(tensor, checkFeed(name, tensor, feeds[name]));
    for (const [name, tensor] of variables)
      inputs[variableName(name)] = asOnnx(tensor, storedTensor(state, name, tensor.shape).data);
    const found = await session.run(inputs);
    const resultOf = (name: string) => found[name]!.data as Float32Array;
    for (const [name, { shape }] of model.updated)
      state.set(name, { shape, data: resultOf(updateName(name)) });
    return Object.fromEntries(names.map(name => [name, resultOf(outputName(name))]));
  }

  return {
    async run(feeds) {
      // Two at once would start from the same state, and one of them would be lost.
      if (isRunning) throw refusal('internal', 'run a step', 'the run before to have ended', 'one under way');
      isRunning = model.updated.size > 0;
      try {
        return (await run(feeds)) as Record<Name, Float32Array>;
      } finally {
        isRunning = false;
      }
    },
    close: () => session.release(),
  };
}

async function openSession(bytes: Uint8Array, options: StepOptions): Promise<OnnxSession> {
  const { runtime, executionProviders = ['cpu'], threads = 1 } = options;
  try {
    return await runtime.InferenceSession.create(bytes, {
      executionProviders,
      intraOpNumThreads: threads,
      // An arena keeps the most that a program has ever used, and a training has dozens of programs.
      enableCpuMemArena: false,
      // Threads that wait without spinning: on a busy machine two that spin are slower than one.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    const actual = cause instanceof Error ? cause.message : String(cause);
    const operation = `open a step on ${executionProviders.join(', ')}`;
    throw new GlyphError({ kind: 'config', operation, expected: 'a session of ONNX Runtime', actual, cause });
  }
}

function checkFeed(name: string, { shape, dtype }: Tensor, feed: Values | number | undefined): Values {
  const values = typeof feed === 'number' && dtype === 'float32' ? Float32Array.of(feed) : feed;
  if (values instanceof arrayTypes[dtype] && values.length === sizeOf(shape)) return values;
  const actual = typeof values === 'object' ? `${values.constructor.name}(${values.length})` : String(values);
  const expected = `${arrayTypes[dtype].name}(${sizeOf(shape)}) for ${shapeText(shape)}`;
  throw refusal('input', `feed ${JSON.stringify(name)}`, expected, actual);
}

function refuseStrangers(feeds: Feeds, inputs: ReadonlyMap<string, Tensor>): void {
  const stranger = Object.keys(feeds).find(name => !inputs.has(name));
  if (stranger === undefined) return;
  const expected = `an input that the program uses: ${[...inputs.keys()].join(', ')}`;
  throw refusal('input', 'feed a step', expected, JSON.stringify(stranger));
}

const refusal = (kind: 'input' | 'internal', operation: string, expected: string, actual: string) =>
  new GlyphError({ kind, operation, expected, actual });
