/**
 * One font face ready for use: which characters it has, how far each glyph advances, how it looks, and shaping of runs
 * that need it (joining, ligatures, reordering, mark placement). Lengths are em: multiply by the font size.
 */
import type { Blob, DrawFuncs, Face, Buffer as HarfBuzzBuffer, Font as HarfBuzzFont } from 'harfbuzzjs';
import { GlyphError } from '../base/index.ts';
import { harfBuzz } from './harfbuzz.ts';
import { emptyOutline, type Outline } from './outline.ts';

export type Direction = 'ltr' | 'rtl';

/** Glyphs of a shaped run in visual order, left to right; lengths in em. */
export interface ShapedRun {
  readonly glyphIds: Uint32Array;
  /** Offset in the run's text of the first UTF-16 code unit each glyph stands for. */
  readonly clusters: Uint32Array;
  readonly advances: Float64Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

export interface FontFace {
  readonly name: string;
  /** Top and bottom of ordinary letters above and below the baseline, em; descent is negative. */
  readonly ascent: number;
  readonly descent: number;
  /** Glyph of a code point, 0 where the font has none. */
  glyphId(codePoint: number): number;
  /** Pen advance of a glyph, em. */
  advance(glyphId: number): number;
  outline(glyphId: number): Outline;
  /** Shapes text of one script (ISO 15924 tag) and direction. */
  shape(text: string, direction: Direction, script: string): ShapedRun;
}

export interface FontFaceOptions {
  /** For messages, e.g. the family or the file name. */
  readonly name: string;
  /** Face number in a TTC collection. */
  readonly index?: number;
  /** e.g. "wght=600,wdth=90". */
  readonly variations?: string;
}

const signatures = new Set([0x00010000, 0x74727565, 0x4f54544f, 0x74746366]); // TrueType, 'true', 'OTTO', 'ttcf'

/**
 * Opens a font file held in memory. `prepareHarfBuzz()` must have finished.
 * @throws GlyphError kind `font` when the bytes are no usable TTF, OTF or TTC face.
 */
export function openFont(bytes: Uint8Array, options: FontFaceOptions): FontFace {
  const { name, index = 0, variations = '' } = options;
  const fail = (expected: string, actual: string, hint?: string): never => {
    const operation = `open font ${JSON.stringify(name)}`;
    throw new GlyphError({
      kind: 'font',
      operation,
      expected,
      actual,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  if (bytes.length < 12) fail('a TTF, OTF or TTC file', `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signature = view.getUint32(0);
  if (signature === 0x774f4646 || signature === 0x774f4632) {
    fail('a TTF, OTF or TTC file', 'a WOFF web font', 'convert it to TTF first');
  }
  if (!signatures.has(signature)) fail('a TTF, OTF or TTC file', 'a file of another format');
  const faces = signature === 0x74746366 ? view.getUint32(8) : 1;
  if (index >= faces) fail(`a face number below ${faces}`, String(index));
  const hb = harfBuzz();
  const blob: Blob = new hb.Blob(bytes);
  const face: Face = new hb.Face(blob, index);
  const font: HarfBuzzFont = new hb.Font(face);
  const tables = ['head', 'cmap', 'hmtx'].filter(table => (face.referenceTable(table)?.length ?? 0) === 0);
  const hasOutlines = ['glyf', 'CFF ', 'CFF2'].some(table => (face.referenceTable(table)?.length ?? 0) > 0);
  if (tables.length > 0) fail('an undamaged font', `one without its ${tables.join(', ')} table`);
  if (!hasOutlines) fail('a font with outlines', 'one with bitmaps only');
  if (face.collectUnicodes().length === 0) fail('a font with characters', 'an empty character map');
  if (variations !== '')
    font.setVariations(parseVariations(variations, Object.keys(face.getAxisInfos()), fail));
  return createFace(name, font, 1 / face.upem);
}

function parseVariations(
  variations: string,
  axes: readonly string[],
  fail: (expected: string, actual: string) => never,
) {
  const hb = harfBuzz();
  return variations.split(',').map(part => {
    const [, tag, value] = /^\s*([A-Za-z0-9]{4})\s*=\s*(-?\d+(?:\.\d+)?)\s*$/.exec(part) ?? [];
    if (tag === undefined || value === undefined)
      return fail('variations like "wght=600,wdth=90"', `"${part}"`);
    if (!axes.includes(tag)) {
      return fail(axes.length > 0 ? `one of its axes (${axes.join(', ')})` : 'no variations', `"${tag}"`);
    }
    return new hb.Variation(tag, Number(value));
  });
}

function createFace(name: string, font: HarfBuzzFont, emPerUnit: number): FontFace {
  const extents = font.hExtents();
  const advances = new Map<number, number>();
  let buffer: HarfBuzzBuffer | undefined;
  return {
    name,
    ascent: extents.ascender * emPerUnit,
    descent: extents.descender * emPerUnit,
    glyphId: codePoint => font.nominalGlyph(codePoint) ?? 0,
    advance(glyphId) {
      let advance = advances.get(glyphId);
      if (advance === undefined) {
        advance = font.glyphHAdvance(glyphId) * emPerUnit;
        advances.set(glyphId, advance);
      }
      return advance;
    },
    outline: glyphId => readOutline(font, glyphId, emPerUnit),
    shape(text, direction, script) {
      const hb = harfBuzz();
      buffer ??= new hb.Buffer();
      buffer.reset();
      buffer.addText(text);
      buffer.setDirection(direction === 'rtl' ? hb.Direction.RTL : hb.Direction.LTR);
      buffer.setScript(script);
      buffer.setLanguage('und');
      hb.shape(font, buffer);
      const infos = buffer.getGlyphInfosAndPositions();
      return {
        glyphIds: Uint32Array.from(infos, glyph => glyph.codepoint),
        clusters: Uint32Array.from(infos, glyph => glyph.cluster),
        advances: Float64Array.from(infos, glyph => (glyph.xAdvance ?? 0) * emPerUnit),
        dx: Float64Array.from(infos, glyph => (glyph.xOffset ?? 0) * emPerUnit),
        dy: Float64Array.from(infos, glyph => (glyph.yOffset ?? 0) * emPerUnit),
      };
    },
  };
}

/** Collects the path HarfBuzz draws; font units. */
interface PathSink {
  commands: string;
  coordinates: number[];
}

let drawFuncs: DrawFuncs | undefined;
const sink: PathSink = { commands: '', coordinates: [] };

function readOutline(font: HarfBuzzFont, glyphId: number, emPerUnit: number): Outline {
  drawFuncs ??= createDrawFuncs();
  sink.commands = '';
  sink.coordinates = [];
  font.drawGlyph(glyphId, drawFuncs);
  if (sink.commands === '') return emptyOutline;
  const coordinates = new Float64Array(sink.coordinates.length);
  for (let i = 0; i < coordinates.length; i++) coordinates[i] = sink.coordinates[i]! * emPerUnit;
  return { commands: sink.commands, coordinates };
}

function createDrawFuncs(): DrawFuncs {
  const funcs = new (harfBuzz().DrawFuncs)();
  funcs.setMoveToFunc((x, y) => {
    sink.commands += 'M';
    sink.coordinates.push(x, y);
  });
  funcs.setLineToFunc((x, y) => {
    sink.commands += 'L';
    sink.coordinates.push(x, y);
  });
  funcs.setQuadraticToFunc((controlX, controlY, x, y) => {
    sink.commands += 'Q';
    sink.coordinates.push(controlX, controlY, x, y);
  });
  funcs.setCubicToFunc((control1X, control1Y, control2X, control2Y, x, y) => {
    sink.commands += 'C';
    sink.coordinates.push(control1X, control1Y, control2X, control2Y, x, y);
  });
  funcs.setClosePathFunc(() => {
    sink.commands += 'Z';
  });
  return funcs;
}
