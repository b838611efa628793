/**
 * One price for every picture, which the model sees as one square: stretched to it (Gemma 3, DeepSeek-OCR Tiny and
 * Small), scaled into it with padding (DeepSeek-OCR Base and Large), or only scaled down into it (OpenAI detail low).
 * Source: transformers `processing_gemma3.py`, DeepSeek-OCR `process/image_process.py`, OpenAI's images guide.
 */
import * as v from 'valibot';
import { roundHalfEven } from './integers.ts';
import { positiveWhole, type RuleKind, type Size } from './rule-kind.ts';

export const fixedSquareSchema = v.object({
  kind: v.literal('fixed-square'),
  tokens: positiveWhole,
  /** The published figure where it leaves out separators, e.g. 256 for 273. */
  nominalTokens: v.optional(positiveWhole),
  /** e.g. 1024. */
  sidePx: positiveWhole,
  fit: v.picklist(['stretch', 'pad', 'shrink']),
});
export type FixedSquareRule = v.InferOutput<typeof fixedSquareSchema>;

export const fixedSquare: RuleKind<FixedSquareRule> = {
  price({ tokens, nominalTokens, sidePx, fit }, size) {
    return {
      tokens,
      ...(nominalTokens === undefined ? {} : { nominalTokens }),
      resizedTo: fitInSquare(size, sidePx, fit),
    };
  },
  pageGrid({ sidePx }) {
    return { stepPx: sidePx, extraSidesPx: [], maxCells: 1 };
  },
};

/** The size of the picture inside a square of `sidePx`. */
export function fitInSquare(size: Size, sidePx: number, fit: FixedSquareRule['fit']): Size {
  if (fit === 'stretch') return { widthPx: sidePx, heightPx: sidePx };
  const long = Math.max(size.widthPx, size.heightPx);
  if (fit === 'shrink' && long <= sidePx) return size;
  const side = (px: number) => Math.max(1, roundHalfEven((px / long) * sidePx));
  return { widthPx: side(size.widthPx), heightPx: side(size.heightPx) };
}
