/** A text's pages for an example: as many as are wanted, fit the token budget and can be read. */
import { GlyphError } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import { type RenderedPage, type RenderOptions, renderPages } from '../render/index.ts';
import { countTokensSync, visionTokens } from '../tokens/index.ts';
import type { ExamplePage } from './example.ts';

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface TextPage extends ExamplePage {
  /** From 1, in the example. */
  readonly number: number;
  /** UTF-16 code units of the text; the spans of all pages follow each other without a gap. */
  readonly span: Span;
  readonly lines: readonly Span[];
  readonly visionTokens: number;
}

export interface Drawn {
  readonly pages: readonly TextPage[];
  /** Whether the pages show all of the text. */
  readonly isWhole: boolean;
}

export interface DrawRequest {
  readonly text: string;
  readonly config: RenderConfig;
  readonly title: string;
  readonly maxPages: number;
  /** Number of the first page; 1 unless given. */
  readonly firstNumber?: number;
  /** Whether there is room for one page more. */
  takes(page: TextPage): boolean;
}

export interface DrawContext {
  /** The model family that prices pages. */
  readonly model: string;
  readonly loadFont: RenderOptions['loadFont'];
}

/** Of a page's characters, that may be in no font: they are drawn as boxes, which nobody can read. */
const mostMissing = 0.002;

/**
 * Pages from the beginning of the text on; none where the first has no room.
 * @returns why not, where the model refuses such a page or the fonts lack its characters
 */
export async function drawPages(request: DrawRequest, context: DrawContext): Promise<Drawn | string> {
  const { text, config, title, maxPages, firstNumber = 1 } = request;
  const pages: TextPage[] = [];
  for await (const rendered of renderPages(text, config, { loadFont: context.loadFont, title })) {
    const cost = pageCost(context.model, rendered.widthPx, rendered.heightPx);
    if (typeof cost === 'string') return cost;
    if (missingCount(rendered) > mostMissing * (rendered.span.end - rendered.span.start)) {
      return 'characters that no font has';
    }
    const { png, widthPx, heightPx, span, lines } = rendered;
    const number = firstNumber + pages.length;
    const page = { number, png, widthPx, heightPx, span, lines, visionTokens: cost };
    if (!request.takes(page)) return { pages, isWhole: false };
    pages.push(page);
    if (rendered.isLast) return { pages, isWhole: true };
    if (pages.length === maxPages) break;
  }
  return { pages, isWhole: false };
}

const missingCount = ({ missing }: RenderedPage): number =>
  [...missing.values()].reduce((sum, count) => sum + count, 0);

/** Tokens of a page with its markers; the model's reason where it refuses one. */
export function pageCost(model: string, widthPx: number, heightPx: number): number | string {
  try {
    const { tokens, perImageOverhead } = visionTokens(model, widthPx, heightPx);
    return tokens + perImageOverhead;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return error.message;
    throw error;
  }
}

/** The text that pages show, from the first line to the last, as it stands in the source. */
export function shownText(text: string, pages: readonly TextPage[]): string {
  const lines = pages.flatMap(page => page.lines);
  return text.slice(lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0).replace(/^\n+|\n+$/g, '');
}

/** The tokenizer must be loaded, as `openBuilder` does. */
export const countText = (text: string): number => countTokensSync(text);
