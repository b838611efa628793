/**
 * Enough of protobuf's wire format (protobuf.dev, "Encoding") to write a message whose fields are whole numbers, bytes,
 * strings, floats and other messages. An ONNX model needs no more; the packages that know its schema are 3 to 23 MB.
 */

/** An encoded field, or several. */
export type Field = readonly Uint8Array[];

const text = new TextEncoder();

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

const tag = (field: number, wireType: 0 | 2 | 5) => varint(field * 8 + wireType);

/** int32, int64 or an enum; negative ones take ten bytes. */
export const integerField = (field: number, value: number): Field => [
  Uint8Array.from([...tag(field, 0), ...varint(value)]),
];

export const floatField = (field: number, value: number): Field => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [Uint8Array.from(tag(field, 5)), bytes];
};

export const bytesField = (field: number, value: Uint8Array): Field => [
  Uint8Array.from([...tag(field, 2), ...varint(value.length)]),
  value,
];

export const textField = (field: number, value: string): Field => bytesField(field, text.encode(value));

export function messageField(field: number, fields: readonly Field[]): Field {
  const parts = fields.flat();
  const byteLength = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...tag(field, 2), ...varint(byteLength)]), ...parts];
}

export function encodeMessage(fields: readonly Field[]): Uint8Array {
  const parts = fields.flat();
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
