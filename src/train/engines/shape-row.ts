/** A row of any data set in JSONL, in the shape of an engine's format. */
import { GlyphError } from '../../base/index.ts';
import { type FormatName, formats, type PlainRow } from '../../data/index.ts';
import { parseRow } from '../data-set.ts';

/** Formats whose rows have all columns at their top, so that they can take another shape. */
export const plainFormats: readonly FormatName[] = ['jsonl', 'swift', 'llamafactory'];

/** @throws GlyphError kind `input` for what is no row */
export function shapeRow(
  line: string,
  format: FormatName,
  where: string,
): { readonly line: string; readonly images: readonly string[] } {
  const { images } = parseRow(line, where);
  const { channel: _, ...row } = JSON.parse(line) as PlainRow & { readonly channel?: string };
  return { line: JSON.stringify(formats[format].shape(row)), images };
}

/** @throws GlyphError kind `config` for a data set whose rows cannot take another shape */
export function assertPlain(format: FormatName): void {
  if (plainFormats.includes(format)) return;
  throw new GlyphError({
    kind: 'config',
    operation: 'write a job',
    expected: `data in the format ${plainFormats.join(', ')}, which becomes any engine's`,
    actual: format,
    hint: 'build it with `glyph data … --format jsonl`',
  });
}
