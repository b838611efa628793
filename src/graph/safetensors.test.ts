import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromFloat16, toFloat16 } from './float16.ts';
import { readSafetensors, type State, writeSafetensors } from './index.ts';
import { sizeOf } from './shape.ts';

const tensor = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 })
  .chain(shape =>
    fc
      .array(fc.float({ noNaN: true }), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map(values => ({ shape, data: Float32Array.from(values) })),
  );
const names = fc.string({ unit: 'grapheme', minLength: 1 }).filter(name => name !== '__metadata__');
const states = fc.array(fc.tuple(names, tensor)).map((entries): State => new Map(entries));

test('what was written is read again, with its metadata', () => {
  fc.assert(
    fc.property(
      states,
      fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
      (tensors, metadata) => {
        const read = readSafetensors(writeSafetensors(tensors, { metadata }));
        assert.deepEqual(new Map([...read.tensors].sort()), new Map([...tensors].sort()));
        assert.deepEqual({ ...read.metadata }, { ...metadata });
      },
    ),
  );
});

test('the order of tensors does not change the bytes, and a view of an array is enough', () => {
  const [a, b] = [
    { shape: [2], data: new Float32Array([0, 1, 2, 3]).subarray(1, 3) },
    { shape: [], data: Float32Array.of(5) },
  ];
  const bytes = writeSafetensors(
    new Map([
      ['a', a],
      ['b', b],
    ]),
  );
  assert.deepEqual(
    writeSafetensors(
      new Map([
        ['b', b],
        ['a', a],
      ]),
    ),
    bytes,
  );
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  assert.deepEqual([...readSafetensors(shifted.subarray(1)).tensors.get('a')!.data], [1, 2]);
  // A Buffer's own `slice` copies nothing.
  assert.deepEqual([...readSafetensors(Buffer.from(bytes)).tensors.get('a')!.data], [1, 2]);
});

test('halves take half the room and keep three digits', () => {
  const data = Float32Array.of(0, -0, 1, -2.5, 0.1, 65504, 1e-5, 1e6, Number.NaN);
  const [full, half] = (['F32', 'F16'] as const).map(dtype =>
    writeSafetensors(new Map([['x', { shape: [9], data }]]), { dtype }),
  );
  assert.equal(full!.length - half!.length, 18);
  const read = readSafetensors(half!).tensors.get('x')!.data;
  for (const [i, value] of read.entries()) {
    if (i < 7)
      assert.ok(Math.abs(value - data[i]!) <= Math.max(2 ** -25, Math.abs(data[i]!) / 2048), `${value}`);
  }
  assert.deepEqual([...read.slice(7)], [Number.POSITIVE_INFINITY, Number.NaN]);
});

test('every half is itself again, and what lies between goes to the nearest, ties to even', () => {
  const halves = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
  const values = fromFloat16(halves);
  const isNumber = (half: number) => (half & 0x7c00) !== 0x7c00 || (half & 0x3ff) === 0;
  assert.deepEqual(
    toFloat16(values).filter((_, i) => isNumber(i)),
    halves.filter(isNumber),
  );
  for (let half = 0; half < 0x7bff; half++) {
    const [low, high] = [values[half]!, values[half + 1]!];
    const middle = (low + high) / 2;
    const nearby = Float32Array.of(middle, (low + middle) / 2, (middle + high) / 2, -middle);
    const even = half % 2 === 0 ? half : half + 1;
    const expected = [even, half, half + 1, even | 0x8000];
    const found = toFloat16(nearby);
    if (expected.some((value, i) => value !== found[i])) assert.deepEqual([...found], expected);
  }
});

/** A file with this header and so many bytes of data. */
function file(header: unknown, dataLength: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (shape: unknown, from: number, to: number, dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

test('files that are not whole and in order are refused', () => {
  const refuses = (bytes: Uint8Array, message: RegExp) =>
    assert.throws(
      () => readSafetensors(bytes),
      (error: Error) => message.test(error.message) || assert.fail(error.message),
    );
  refuses(new Uint8Array(0), /at least 8 bytes, got 0/);
  refuses(new Uint8Array(9).fill(255), /a header of at most 1 bytes, got 18446744073709551615/);
  const long = new Uint8Array(8 + 9 * 2 ** 20);
  new DataView(long.buffer).setBigUint64(0, BigInt(long.length - 8), true);
  refuses(long, /a header of at most 8388608 bytes/);
  refuses(file('{"a":', 0), /a JSON header/);
  refuses(file('[]', 0), /a JSON object, got \[\]/);
  refuses(file({ __metadata__: { step: 1 } }, 0), /text, at "step", got Invalid type/);
  refuses(file({ __metadata__: 1 }, 0), /a JSON object, got 1/);
  refuses(file({ a: 1 }, 0), /at "a", got Invalid type/);
  refuses(file({ a: entry([1], 0, 4, 'BF16') }, 4), /an F32 or F16 tensor, or text, at "a", got dtype: /);
  refuses(file({ a: entry([-1], 0, 4) }, 4), /at "a", got shape\.0: /);
  refuses(file({ a: entry([2], 0, 4) }, 4), /8 bytes from 0 for "a", F32 \[2\], got bytes 0 to 4/);
  refuses(file({ a: entry([1], 4, 8) }, 8), /4 bytes from 0/);
  refuses(file({ a: entry([1], 0, 4), b: entry([1], 0, 4) }, 4), /from 4 for "b"/);
  refuses(file({ a: entry([1], 0, 4) }, 3), /expected \d+ bytes, got/);
  refuses(file({ a: entry([1], 0, 4) }, 5), /expected \d+ bytes, got/);
  refuses(file({ a: entry([2 ** 40, 2 ** 40], 0, 4) }, 4), /got bytes 0 to 4/);
});

test('any change of a byte or of the length is refused or changes the result, but never breaks the reader', () => {
  const bytes = writeSafetensors(new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]));
  fc.assert(
    fc.property(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.nat(bytes.length),
      (at, value, end) => {
        const broken = bytes.with(at, value).subarray(0, end);
        try {
          readSafetensors(broken);
        } catch (error) {
          assert.equal((error as Error).name, 'GlyphError', String(error));
          return;
        }
        assert.equal(end, bytes.length);
      },
    ),
  );
});
