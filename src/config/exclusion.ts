/**
 * Configs that can be rendered but are not worth sampling: the paper excludes bad combinations by rule and names one
 * example, line height below font size. The other rules and all limits are ours.
 */
import { contrastRatio } from './colors.ts';
import type { RenderConfig } from './render-config.ts';
import { pagePixels, textBox } from './text-box.ts';

export const exclusionLimits = {
  /** Largest image any known family takes unshrunk (Qwen3-VL: 16,777,216 px). */
  maxPagePixels: 16_777_216,
  /** A line holds at least this many ems (some 24 letters), a column this many lines. */
  minLineEms: 12,
  minLines: 6,
  /** WCAG AA for text; a newline mark is a sign, not text. */
  minContrast: 4.5,
  minMarkContrast: 2.5,
  /** Type squeezed below `minScaleOfSmallType` keeps its strokes apart only from this size on, px. */
  minSqueezedFontPx: 8,
  minScaleOfSmallType: 0.9,
} as const;

/** Why a config should not be sampled, in words; undefined when nothing speaks against it. */
export function exclusionReason(config: RenderConfig): string | undefined {
  const limits = exclusionLimits;
  const { widthPt, heightPt } = textBox(config);
  const fontPx = (config.fontSize * config.dpi) / 72;
  const squeezed = config.horizontalScale < limits.minScaleOfSmallType;
  if (config.lineHeight < config.fontSize) return 'line height below font size';
  if (widthPt - Math.max(0, config.firstLineIndent) < limits.minLineEms * config.fontSize) {
    return 'text box too narrow';
  }
  if (heightPt < limits.minLines * config.lineHeight) return 'text box too low';
  if (contrastRatio(config.fontColor, config.paraBgColor) < limits.minContrast) {
    return 'too little contrast between font and paragraph';
  }
  if (
    config.newlineMark !== '' &&
    contrastRatio(config.newlineMarkColor, config.paraBgColor) < limits.minMarkContrast
  ) {
    return 'too little contrast between newline mark and paragraph';
  }
  if (pagePixels(config) > limits.maxPagePixels) return 'page has too many pixels';
  if (squeezed && fontPx < limits.minSqueezedFontPx) return 'small type squeezed too far';
  return undefined;
}
