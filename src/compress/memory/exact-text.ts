/** The strings of a page that must be verbatim, as the text beside its image. They follow from the page alone. */
import type { RenderConfig } from '../../config/index.ts';
import { buildSidecar, findExact } from '../exact/index.ts';
import { type LoadFont, linesOf } from './lay-out-page.ts';

export interface ExactTextOptions {
  readonly config: RenderConfig;
  readonly loadFont: LoadFont;
  readonly countTokens: (text: string) => number;
  readonly maxTokens: number;
}

/** @returns '' where there are none, or no room for any */
export async function exactTextOf(
  number: number,
  text: string,
  { config, loadFont, countTokens, maxTokens }: ExactTextOptions,
): Promise<string> {
  const spans = maxTokens === 0 ? [] : findExact(text);
  if (spans.length === 0) return '';
  const lines = await linesOf(text, config, loadFont);
  const pages = [{ number, span: { start: 0, end: text.length }, lines }];
  return buildSidecar({ text, pages, spans, countTokens, maxTokens }).text;
}
