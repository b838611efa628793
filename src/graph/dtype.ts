/** Element types: their numbers in ONNX, their arrays in JavaScript, and their bytes, little-endian as ONNX stores them. */

export type Dtype = 'float32' | 'int32' | 'int64' | 'bool';

/** A bool is a byte, 0 or 1. */
export type Values = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** `TensorProto.DataType`. */
export const onnxTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const satisfies Record<Dtype, number>;

export const arrayTypes = {
  float32: Float32Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const satisfies Record<Dtype, unknown>;

export function bytesOf(values: ArrayLike<number>, dtype: Dtype): Uint8Array {
  const array = dtype === 'int64' ? BigInt64Array.from(values, BigInt) : arrayTypes[dtype].from(values);
  return new Uint8Array(array.buffer);
}
