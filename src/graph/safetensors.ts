/**
 * Checkpoint files, `.safetensors` (huggingface.co/docs/safetensors): the header's byte length, a JSON header naming
 * type, shape and place of each tensor, then their bytes. Only float tensors, F32 and F16, which become Float32Arrays.
 */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import { shapeText, sizeOf } from './shape.ts';
import type { State, StoredTensor } from './state.ts';

export interface Checkpoint {
  readonly tensors: State;
  /** Text by name, e.g. the step it was written at. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Longer headers are refused unread: at about 100 bytes a tensor, that is 80,000 tensors. */
const longestHeader = 8 * 2 ** 20;

const bytesPer = { F32: 4, F16: 2 } as const;
type StoredType = keyof typeof bytesPer;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.object({
  dtype: v.picklist(Object.keys(bytesPer) as StoredType[]),
  shape: v.array(whole),
  data_offsets: v.tuple([whole, whole]),
});
const metadataName = '__metadata__';

export interface WriteOptions {
  /** F16 halves the file and keeps about three digits; F32 unless given. */
  readonly dtype?: StoredType;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Equal tensors give equal bytes, whatever the order they come in. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  options: WriteOptions = {},
): Uint8Array {
  const { dtype = 'F32', metadata = {} } = options;
  const header: [name: string, entry: unknown][] = [[metadataName, metadata]];
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const name of [...tensors.keys()].sort()) {
    const { shape, data } = tensors.get(name)!;
    const part = encode(data, dtype);
    header.push([name, { dtype, shape, data_offsets: [end, end + part.length] }]);
    end += part.length;
    parts.push(part);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const dataStart = 8 + Math.ceil(json.length / 8) * 8; // padded with spaces, so that the numbers lie aligned
  const bytes = new Uint8Array(dataStart + end).fill(32, 0, dataStart);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.set(json, 8);
  let at = dataStart;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function encode(data: Float32Array, dtype: StoredType): Uint8Array {
  const array = dtype === 'F16' ? toFloat16(data) : data;
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** @throws GlyphError kind `input` for what is not such a file, whole and in order */
export function readSafetensors(bytes: Uint8Array): Checkpoint {
  const { header, dataStart } = readHeader(bytes);
  const tensors: State = new Map();
  let end = 0;
  for (const { name, dtype, shape, from, to } of placesOf(header)) {
    const byteLength = sizeOf(shape) * bytesPer[dtype];
    if (from !== end || to - from !== byteLength)
      throw broken(
        `${byteLength} bytes from ${end} for ${JSON.stringify(name)}, ${dtype} ${shapeText(shape)}`,
        `bytes ${from} to ${to}`,
      );
    end = to;
    if (dataStart + end > bytes.length) break;
    // A copy, so that numbers are aligned; the `slice` of Node's Buffer would be none.
    const part = Uint8Array.prototype.slice.call(bytes, dataStart + from, dataStart + to).buffer;
    const data = dtype === 'F16' ? fromFloat16(new Uint16Array(part)) : new Float32Array(part);
    tensors.set(name, { shape, data });
  }
  if (dataStart + end !== bytes.length) throw broken(`${dataStart + end} bytes`, `${bytes.length}`);
  const metadata = [...entriesOf(header.get(metadataName) ?? {})];
  return {
    tensors,
    metadata: Object.fromEntries(metadata.map(([name, text]) => [name, parse(v.string(), name, text)])),
  };
}

function readHeader(bytes: Uint8Array) {
  if (bytes.length < 8) throw broken('at least 8 bytes', String(bytes.length));
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const longest = Math.min(longestHeader, bytes.length - 8);
  if (length > longest) throw broken(`a header of at most ${longest} bytes`, `${length}`);
  const dataStart = 8 + Number(length);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)));
  } catch (cause) {
    throw broken('a JSON header', 'other bytes', cause);
  }
  return { header: entriesOf(json), dataStart };
}

/** What a JSON object holds by name. Names are any text, `constructor` too, so they are no keys of an object here. */
function entriesOf(json: unknown): ReadonlyMap<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return new Map(Object.entries(json));
  throw broken('a JSON object', JSON.stringify(json).slice(0, 40));
}

/** Tensors in the order of their bytes. */
function placesOf(header: ReadonlyMap<string, unknown>) {
  return [...header]
    .filter(([name]) => name !== metadataName)
    .map(([name, entry]) => {
      const {
        dtype,
        shape,
        data_offsets: [from, to],
      } = parse(entrySchema, name, entry);
      return { name, dtype, shape, from, to };
    })
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

function parse<Output>(schema: v.GenericSchema<unknown, Output>, name: string, entry: unknown): Output {
  const parsed = v.safeParse(schema, entry);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  const actual = `${path === null ? '' : `${path}: `}${issue.message}`;
  throw broken(`a header entry for an F32 or F16 tensor, or text, at ${JSON.stringify(name)}`, actual);
}

const broken = (expected: string, actual: string, cause?: unknown) =>
  new GlyphError({ kind: 'input', operation: 'read a .safetensors file', expected, actual, cause });
