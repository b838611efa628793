/** IEEE 754 half-precision numbers, which halve a checkpoint; Node 20 has no array type for them. */

const words = new Uint32Array(1);
const float = new Float32Array(words.buffer);

/** Rounds to the nearest, ties to even; beyond 65504 becomes infinite. */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, encode);
}

export function fromFloat16(values: Uint16Array): Float32Array {
  return Float32Array.from(values, decode);
}

function encode(value: number): number {
  float[0] = value;
  const bits = words[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // rounds to infinity
  // Below the smallest normal half, 2^-14, halves are multiples of 2^-24; `roundEven` is exact on them.
  if (magnitude < 0x38800000) return sign | roundEven(Math.abs(value) * 2 ** 24);
  return sign | roundEven((magnitude - 0x38000000) / 2 ** 13);
}

function roundEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

function decode(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
