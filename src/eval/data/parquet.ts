/**
 * The rows of a parquet file, some at a time. The reader is hyparquet, loaded on first use; it brings snappy and no
 * other compression, which is what published data sets use.
 */
import { GlyphError, throwIfAborted } from '../../base/index.ts';
import { type DataFile, unreadable } from './data-files.ts';

/** Decoded bytes to hold at once, roughly. */
const batchBytes = 64 << 20;

export interface ReadParquetOptions {
  readonly signal?: AbortSignal | undefined;
  readonly columns?: readonly string[];
}

export async function* readParquet(
  file: DataFile,
  path: string,
  { signal, columns }: ReadParquetOptions = {},
): AsyncGenerator<{ readonly line: number; readonly value: unknown }> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const buffer = rememberingBuffer(file);
  const guard = async <T>(read: () => Promise<T>): Promise<T> => {
    throwIfAborted(signal, `read ${JSON.stringify(path)}`);
    try {
      return await read();
    } catch (cause) {
      if (cause instanceof GlyphError) throw cause;
      throw unreadable(path, 'a parquet file, plain or with snappy', messageOf(cause), cause);
    }
  };
  const metadata = await guard(() => parquetMetadataAsync(buffer));
  const present = new Set(parquetSchema(metadata).children.map(child => child.element.name));
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    const rowBytes = Number(group.total_byte_size) / Math.max(1, Number(group.num_rows));
    const batch = Math.max(1, Math.floor(batchBytes / Math.max(1, rowBytes)));
    for (let rowStart = groupStart; rowStart < groupEnd; rowStart += batch) {
      const rows = await guard(() =>
        parquetReadObjects({
          file: buffer,
          metadata,
          // Columns of text say so; other bytes, as of images, stay bytes.
          utf8: false,
          rowStart,
          rowEnd: Math.min(rowStart + batch, groupEnd),
          ...(columns === undefined ? {} : { columns: columns.filter(column => present.has(column)) }),
        }),
      );
      for (const [i, row] of rows.entries()) yield { line: rowStart + i + 1, value: plainRow(row) };
    }
    groupStart = groupEnd;
    buffer.forget();
  }
}

/** The batches of a row group read the same bytes again: they are kept until the group is done. */
function rememberingBuffer(file: DataFile) {
  const kept = new Map<string, Promise<ArrayBuffer>>();
  return {
    byteLength: file.byteLength,
    slice(start: number, end = file.byteLength): Promise<ArrayBuffer> {
      const key = `${start}-${end}`;
      const found = kept.get(key) ?? file.slice(start, end).then(bytes => new Uint8Array(bytes).buffer);
      kept.set(key, found);
      return found;
    },
    forget: () => kept.clear(),
  };
}

/** 64-bit integers as numbers: no published column needs more. */
const plainRow = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
