/** What the three families of pre-training have in common (the paper's section 3.3): material in, messages and pages out. */
import type { Random } from '../../base/index.ts';
import type { Budget } from '../budget.ts';
import { cutText } from '../clean-text.ts';
import { countText, type DrawContext, drawPages, type TextPage } from '../draw.ts';
import { type ExampleMessage, imageMark } from '../example.ts';
import type { OcrMarks } from '../marked-lines.ts';
import type { Material } from '../material.ts';

export interface PretrainRequest {
  readonly material: Material;
  readonly random: Random;
  readonly budget: Budget;
  readonly maxPages: number;
  readonly context: DrawContext;
  readonly ocrMarks: OcrMarks;
}

/** Messages and the pages of their marks. */
export interface Built {
  readonly messages: readonly ExampleMessage[];
  readonly pages: readonly TextPage[];
}

/** @returns why not, where nothing can be made of the material */
export type PretrainTask = (request: PretrainRequest) => Promise<Built | string>;

export const noRoom = 'no room for a page and its text';

export const marksFor = (pages: readonly unknown[]): string => imageMark.repeat(pages.length);

/** Pages and an instruction, and what is to be learnt. */
export const instructed = (pages: readonly TextPage[], instruction: string, target: string): Built => ({
  messages: [
    { role: 'user', content: `${marksFor(pages)}\n${instruction}` },
    { role: 'assistant', content: target },
  ],
  pages,
});

/** Tokens that pages leave for text where both are to come. */
export const leastTextTokens = 200;

const [shortestText, longestText] = [200, 6000];
/** Of running text in any language, at most. */
const charactersPerToken = 5;

/** Goes through the material's text from its beginning: some of it as pages, some as text. */
export interface Walk {
  readonly pages: readonly TextPage[];
  /** The next stretch as text, '' where there is none or no room. Short ones are as likely as long ones. */
  takeText(): string;
  /** The next stretch as pages: how many there was room for, or why it cannot be drawn. */
  takePages(most: number): Promise<number | string>;
}

export function startWalk({ material, random, budget, context }: PretrainRequest): Walk {
  const { config, title, text } = material;
  const pages: TextPage[] = [];
  let at = 0;
  return {
    pages,
    takeText() {
      const length = Math.round(shortestText * (longestText / shortestText) ** random.next());
      let piece = cutText(
        text.slice(at, at + longestText),
        Math.min(length, charactersPerToken * budget.left),
      );
      while (piece !== '' && !budget.spend(countText(piece))) {
        piece = cutText(piece, Math.floor(piece.length / 2));
      }
      at += piece.length;
      return piece;
    },
    async takePages(maxPages) {
      const takes = (page: TextPage) => budget.spend(page.visionTokens, leastTextTokens);
      const firstNumber = pages.length + 1;
      const request = { text: text.slice(at), config, title, maxPages, firstNumber, takes };
      const drawn = await drawPages(request, context);
      if (typeof drawn === 'string') return drawn;
      pages.push(...drawn.pages);
      at += drawn.pages.at(-1)?.span.end ?? 0;
      return drawn.pages.length;
    },
  };
}
