/**
 * Writes small parquet files for tests: plain encoding, no compression, one page to a column and row group (Apache
 * Parquet format 2, Thrift compact protocol). Columns hold text, integers, lists of texts or lists of images as
 * Hugging Face data sets store them.
 */
export type ParquetColumn =
  | { readonly kind: 'text'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly values: readonly number[] }
  | { readonly kind: 'texts'; readonly values: readonly (readonly string[])[] }
  | { readonly kind: 'images'; readonly values: readonly (readonly Uint8Array[])[] };

export function writeParquet(
  columns: Readonly<Record<string, ParquetColumn>>,
  rowsPerGroup = Number.POSITIVE_INFINITY,
): Uint8Array {
  const rows = Math.max(...Object.values(columns).map(({ values }) => values.length));
  const file: number[] = [...ascii('PAR1')];
  const groups: Thrift[] = [];
  for (let start = 0; start < rows; start += rowsPerGroup) {
    const end = Math.min(start + rowsPerGroup, rows);
    const groupStart = file.length;
    const chunks = Object.entries(columns).map(([name, column]) => {
      const offset = file.length;
      const { bytes, count } = pageOf(column, start, end);
      file.push(...bytes);
      return chunkMeta(name, column, offset, bytes.length, count);
    });
    groups.push(
      struct([1, list(12, chunks)], [2, int(6, file.length - groupStart)], [3, int(6, end - start)]),
    );
  }
  const schema = [
    struct([4, binary('schema')], [5, int(5, Object.keys(columns).length)]),
    ...Object.entries(columns).flatMap(([name, column]) => schemaOf(name, column)),
  ];
  const footer = struct(
    [1, int(5, 2)],
    [2, list(12, schema)],
    [3, int(6, rows)],
    [4, list(12, groups)],
  ).bytes;
  return Uint8Array.from([...file, ...footer, ...uint32(footer.length), ...ascii('PAR1')]);
}

const [byteArray, int64] = [6, 2];
const [required, repeated] = [0, 2];
const [utf8, listType] = [0, 3];

const typeOf = ({ kind }: ParquetColumn) => (kind === 'integer' ? int64 : byteArray);

function pathOf(name: string, { kind }: ParquetColumn): string[] {
  if (kind === 'texts') return [name, 'list', 'element'];
  return kind === 'images' ? [name, 'list', 'element', 'bytes'] : [name];
}

function schemaOf(name: string, column: ParquetColumn): Thrift[] {
  const group = (label: string, repetition: number, ...also: Field[]) =>
    struct([3, int(5, repetition)], [4, binary(label)], [5, int(5, 1)], ...also);
  const leaf = (label: string) =>
    struct(
      [1, int(5, typeOf(column))],
      [3, int(5, required)],
      [4, binary(label)],
      ...(column.kind === 'text' || column.kind === 'texts' ? [[6, int(5, utf8)] as Field] : []),
    );
  if (column.kind === 'text' || column.kind === 'integer') return [leaf(name)];
  const outer = [group(name, required, [6, int(5, listType)]), group('list', repeated)];
  return column.kind === 'texts'
    ? [...outer, leaf('element')]
    : [...outer, group('element', required), leaf('bytes')];
}

function pageOf(column: ParquetColumn, start: number, end: number) {
  const rows = column.values.slice(start, end);
  const isNested = column.kind === 'texts' || column.kind === 'images';
  const values = rows.flat() as (string | number | Uint8Array)[];
  const repetition = rows.flatMap(row => (Array.isArray(row) ? row.map((_, i) => (i === 0 ? 0 : 1)) : [0]));
  const data = [
    ...(isNested ? [...levels(repetition), ...levels(repetition.map(() => 1))] : []),
    ...values.flatMap(value => {
      if (typeof value === 'number') return [...new Uint8Array(BigInt64Array.of(BigInt(value)).buffer)];
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      return [...uint32(bytes.length), ...bytes];
    }),
  ];
  const header = struct(
    [1, int(5, 0)],
    [2, int(5, data.length)],
    [3, int(5, data.length)],
    [5, struct([1, int(5, values.length)], [2, int(5, 0)], [3, int(5, 3)], [4, int(5, 3)])],
  );
  return { bytes: [...header.bytes, ...data], count: values.length };
}

/** Bits of 0 or 1, packed. */
function levels(bits: readonly number[]): number[] {
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
  );
  const run = [...varint((bytes.length << 1) | 1), ...bytes];
  return [...uint32(run.length), ...run];
}

function chunkMeta(name: string, column: ParquetColumn, offset: number, size: number, count: number): Thrift {
  const meta = struct(
    [1, int(5, typeOf(column))],
    [2, list(5, [int(5, 0), int(5, 3)])],
    [3, list(8, pathOf(name, column).map(binary))],
    [4, int(5, 0)],
    [5, int(6, count)],
    [6, int(6, size)],
    [7, int(6, size)],
    [9, int(6, offset)],
  );
  return struct([2, int(6, offset)], [3, meta]);
}

interface Thrift {
  readonly type: number;
  readonly bytes: readonly number[];
}
type Field = readonly [id: number, value: Thrift];

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
const int = (type: 5 | 6, value: number): Thrift => ({ type, bytes: varint(value * 2) });
const ascii = (text: string) => [...new TextEncoder().encode(text)];
const binary = (text: string): Thrift => ({
  type: 8,
  bytes: [...varint(ascii(text).length), ...ascii(text)],
});
const list = (type: number, items: readonly Thrift[]): Thrift => ({
  type: 9,
  bytes: [
    ...(items.length < 15 ? [(items.length << 4) | type] : [0xf0 | type, ...varint(items.length)]),
    ...items.flatMap(item => [...item.bytes]),
  ],
});
function struct(...fields: readonly Field[]): Thrift {
  let last = 0;
  const bytes = fields.flatMap(([id, value]) => {
    const head = ((id - last) << 4) | value.type;
    last = id;
    return [head, ...value.bytes];
  });
  return { type: 12, bytes: [...bytes, 0] };
}
const uint32 = (value: number) => [...new Uint8Array(Uint32Array.of(value).buffer)];
