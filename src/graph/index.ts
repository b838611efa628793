/** Tensor operations traced into one ONNX graph, with gradients and optimiser, and run on ONNX Runtime. */
export { dropout, gelu, logSoftmax, silu, softmax, squaredRelu } from './activation.ts';
export { type AdamWOptions, adamW, type Optimised } from './adamw.ts';
export { stopGradient, withGradient } from './apply.ts';
export { attention, rotary } from './attention.ts';
export { expand, type ReduceOptions, sum } from './broadcast.ts';
export type { Dtype, Values } from './dtype.ts';
export {
  add,
  and,
  cast,
  clip,
  cos,
  div,
  equal,
  exp,
  less,
  lessOrEqual,
  log,
  maximum,
  minimum,
  mul,
  neg,
  not,
  type Operand,
  or,
  pow,
  relu,
  sigmoid,
  sin,
  sqrt,
  sub,
  tanh,
  where,
} from './elementwise.ts';
export { gradients } from './gradients.ts';
export { createGraph, type Graph, type Initial, type Tensor, type Variable } from './graph.ts';
export { gather, oneHot } from './lookup.ts';
export { crossEntropy, logProbability } from './loss.ts';
export { matMul } from './matmul.ts';
export { layerNorm, rmsNorm } from './normalise.ts';
export { type Model, type Program, writeOnnx } from './onnx.ts';
export { concat, reshape, slice, split, transpose } from './rearrange.ts';
export { max, mean } from './reduce.ts';
export type { OnnxRuntime } from './runtime.ts';
export { type Checkpoint, readSafetensors, writeSafetensors } from './safetensors.ts';
export { type CosineSchedule, constantSchedule, cosineSchedule, type Schedule } from './schedule.ts';
export type { Shape } from './shape.ts';
export { createState, type State, type StoredTensor } from './state.ts';
export { type Feeds, openStep, type Step, type StepOptions } from './step.ts';
