/**
 * How each finished page is shown: as its image with its exact strings beside it or, where that would cost no less, as
 * its text. Both follow from the page and its tier alone and are worked out once.
 */
import type { RenderConfig } from '../../config/index.ts';
import { pageLabel, textPage } from '../labels.ts';
import { imageBytes } from '../limits.ts';
import type { Meter } from '../meter.ts';
import { exactTextOf } from './exact-text.ts';
import type { LoadFont } from './lay-out-page.ts';
import type { PageShelf } from './page-shelf.ts';
import type { Transcript } from './transcript.ts';

export interface PageFace {
  readonly as: 'image' | 'text';
  /** The label of an image, or all of the text. */
  readonly before: string;
  /** Beside an image; '' for nothing. */
  readonly exactText: string;
  /** Of the image with its markers; 0 for a text. */
  readonly imageTokens: number;
  /** All together. */
  readonly tokens: number;
  /** Of an image, in the request. */
  readonly bytes: number;
  /** What the page costs as text. */
  readonly textTokens: number;
}

export interface PageFacesOptions {
  readonly shelf: PageShelf;
  readonly transcript: Transcript;
  readonly config: RenderConfig;
  readonly meter: Meter;
  readonly loadFont: LoadFont;
  readonly labels: 'text' | 'none';
  /** Most tokens of exact strings beside a page. */
  readonly exactTokens: number;
}

/** @returns the face of page `i`, from 0 */
export function pageFaces(options: PageFacesOptions): (i: number) => Promise<PageFace> {
  const { shelf } = options;
  const known = new Map<string, PageFace>();
  return async i => {
    const { start, end, tier } = shelf.pages[i]!;
    const key = `${start} ${end} ${tier}`;
    const face = known.get(key) ?? (await faceOf(i, options));
    known.set(key, face);
    return face;
  };
}

async function faceOf(i: number, options: PageFacesOptions): Promise<PageFace> {
  const { shelf, transcript, config, loadFont, meter, exactTokens: maxTokens } = options;
  const page = shelf.pages[i]!;
  const text = transcript.slice(page.start, page.end);
  const asText = textPage(i + 1, text).text;
  const textTokens = meter.countText(asText);
  const label = options.labels === 'text' ? pageLabel(i + 1).text : '';
  const countTokens = meter.countText;
  const exactText = await exactTextOf(i + 1, text, { config, loadFont, countTokens, maxTokens });
  const imageTokens = meter.countImage(page);
  const tokens = imageTokens + meter.countText(label) + meter.countText(exactText);
  if (textTokens <= tokens) {
    return {
      as: 'text',
      before: asText,
      exactText: '',
      imageTokens: 0,
      tokens: textTokens,
      bytes: 0,
      textTokens,
    };
  }
  const bytes = imageBytes(page.byteLength);
  return { as: 'image', before: label, exactText, imageTokens, tokens, bytes, textTokens };
}
