/** Records as one line of JSON that shows any damage: the CRC-32 of the record's own JSON travels with it. */
import { crc32 } from '../../base/index.ts';

const checksumOf = (json: string): string =>
  crc32(new TextEncoder().encode(json)).toString(16).padStart(8, '0');

/** One line without its line end. */
export function seal(record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...record, checksum: checksumOf(JSON.stringify(record)) });
}

/** The record of a line; undefined where a byte of it is not as it was written. */
export function unseal(line: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseObject(line);
  if (value === undefined) return undefined;
  const { checksum, ...record } = value;
  return checksum === checksumOf(JSON.stringify(record)) ? record : undefined;
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
