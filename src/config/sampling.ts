/**
 * Draws a config as the paper's pre-training does (Table 8): every factor on its own from `samplingRanges`, then the
 * exclusion rules; what they refuse is drawn again. Same seed, same configs, on every machine.
 */
import { GlyphError, type Random } from '../base/index.ts';
import { defaultConfig } from './defaults.ts';
import { exclusionReason } from './exclusion.ts';
import { mergeConfig } from './read.ts';
import type { RenderConfig } from './render-config.ts';
import { findProblem } from './rules.ts';
import { type SamplingRanges, type Span, samplingRanges, type Values } from './sampling-ranges.ts';
import type { ConfigPatch } from './schema.ts';
import { pageSizePx } from './text-box.ts';

export interface SampleOptions {
  /** Replace single ranges, e.g. `{ fontFamily: [[1, 'DejaVu Sans']] }`. */
  readonly ranges?: Partial<SamplingRanges>;
  /** Keys to hold at a value instead of drawing them. */
  readonly fixed?: ConfigPatch;
  /** Supplies the keys Table 8 does not vary; `defaultConfig` when left out. */
  readonly base?: RenderConfig;
  /** Width and height, before cropping, of the largest page a model takes as it is. */
  readonly largestPagePx?: readonly [number, number];
}

/** Far more than the default ranges ever need (1.02 draws a config). */
const maxDraws = 1000;

/** One valid, not excluded config, frozen; a `config` error when the options leave none. */
export function sampleConfig(random: Random, options: SampleOptions = {}): RenderConfig {
  const ranges = { ...samplingRanges, ...options.ranges };
  const base = options.base ?? defaultConfig;
  let reason: string | undefined;
  for (let draw = 0; draw < maxDraws; draw++) {
    const patch = drawPatch(random, ranges, options.fixed ?? {});
    const config = { ...base, ...patch };
    reason = findProblem(config)?.expected ?? exclusionReason(config) ?? oversizeReason(config, options);
    if (reason === undefined) return mergeConfig(base, patch);
  }
  throw new GlyphError({
    kind: 'config',
    operation: 'sample config',
    expected: `a usable config within ${maxDraws} draws`,
    actual: `none; the last one: ${reason}`,
    hint: 'the fixed keys or ranges rule each other out',
  });
}

export function oversizeReason(config: RenderConfig, { largestPagePx }: SampleOptions): string | undefined {
  if (largestPagePx === undefined) return undefined;
  const isWithin = pageSizePx(config).every((px, i) => px <= largestPagePx[i]!);
  return isWithin ? undefined : `a page larger than ${largestPagePx.join(' x ')} px`;
}

function drawPatch(random: Random, ranges: SamplingRanges, fixed: ConfigPatch): ConfigPatch {
  const fontSize = fixed.fontSize ?? random.weighted(ranges.fontSize);
  const borderWidth = fixed.borderWidth ?? drawValue(random, random.weighted(ranges.borderWidth));
  return {
    dpi: drawValue(random, random.weighted(ranges.dpi)),
    pageSize: drawPageSize(random, ranges),
    fontFamily: random.weighted(ranges.fontFamily),
    fontSize,
    lineHeight: tidy(fontSize + random.weighted(ranges.leading)),
    alignment: random.weighted(ranges.alignment),
    ...drawMargins(random, ranges),
    ...drawIndents(random, ranges, fontSize),
    spaceBefore: drawValue(random, random.weighted(ranges.spacing)),
    spaceAfter: drawValue(random, random.weighted(ranges.spacing)),
    horizontalScale: drawValue(random, random.weighted(ranges.horizontalScale)),
    ...random.pick(random.weighted(ranges.palette)),
    borderWidth,
    borderPadding: borderWidth === 0 ? 0 : drawValue(random, ranges.borderPadding),
    newlineMark: random.weighted(ranges.newlineMark),
    newlineMarkColor: random.pick(ranges.newlineMarkColor),
    autoCropWidth: random.weighted(ranges.autoCropWidth),
    autoCropLastPage: random.weighted(ranges.autoCropLastPage),
    ...fixed,
  };
}

function drawPageSize(random: Random, ranges: SamplingRanges): readonly [number, number] {
  const source = random.weighted(ranges.pageSource);
  if (source === 'paper') return random.weighted(ranges.paper);
  const width = drawValue(random, ranges.pageWidth);
  if (source === 'random') {
    return [width, Math.round(width * drawValue(random, random.weighted(ranges.randomRatio)))];
  }
  const height = Math.round(width * random.weighted(ranges.ratio));
  return random.integer(0, 1) === 0 ? [width, height] : [height, width];
}

function drawMargins(random: Random, ranges: SamplingRanges): ConfigPatch {
  const pattern = random.weighted(ranges.marginPattern);
  const first = drawValue(random, ranges.margin);
  if (pattern === 'equal') return { marginX: first, marginY: first };
  const second = drawValue(random, ranges.margin);
  const [small, large] = [Math.min(first, second), Math.max(first, second)];
  return pattern === 'taller' ? { marginX: small, marginY: large } : { marginX: large, marginY: small };
}

function drawIndents(random: Random, ranges: SamplingRanges, fontSize: number): ConfigPatch {
  const indent = tidy(drawValue(random, ranges.indent) * fontSize);
  const pattern = random.weighted(ranges.indentPattern);
  switch (pattern) {
    case 'none':
      return { firstLineIndent: 0, leftIndent: 0, rightIndent: 0 };
    case 'firstLine':
      return { firstLineIndent: indent, leftIndent: 0, rightIndent: 0 };
    case 'block':
      return { firstLineIndent: 0, leftIndent: indent, rightIndent: indent };
    case 'hanging':
      return { firstLineIndent: -indent, leftIndent: indent, rightIndent: 0 };
    default:
      return pattern satisfies never;
  }
}

function drawValue(random: Random, values: Values): number {
  return isSpan(values) ? drawSpan(random, values) : random.pick(values);
}

function isSpan(values: Values): values is Span {
  return !Array.isArray(values);
}

function drawSpan(random: Random, { min, max, step }: Span): number {
  return tidy(min + step * random.integer(0, Math.floor((max - min) / step + 1e-9)));
}

/** Removes the rounding noise of decimal steps. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}
