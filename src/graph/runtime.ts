/** The part of ONNX Runtime's JavaScript interface that is used; `onnxruntime-node` and `onnxruntime-web` both have it. */
import type { Dtype, Values } from './dtype.ts';

export interface OnnxTensor {
  readonly data: unknown;
}

export interface OnnxSession {
  /** Gives every output. */
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** The module, as imported. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: SessionOptions): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: Dtype, data: Values, shape: readonly number[]) => OnnxTensor;
}

export interface SessionOptions {
  executionProviders: readonly string[];
  intraOpNumThreads: number;
  enableCpuMemArena: boolean;
  /** Entries of ONNX Runtime's `session_options_config_keys.h`, nested at their dots. */
  extra: Record<string, unknown>;
}
