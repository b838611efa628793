/** The first pages of a rendering, small, in rows, each over its number. */
import { defaultConfig, parseConfig } from '../config/index.ts';
import type { TextSource } from '../layout/index.ts';
import { configsOf, type DocumentConfig } from '../render/index.ts';
import { type PaintOptions, paintPages } from './paint-pages.ts';
import { createPicture, type Picture, paste, scaledPage } from './picture.ts';

const gapPx = 12;
const captionHeightPx = 18;
const backgroundGrey = 0xc8;

export interface SheetOptions extends PaintOptions {
  readonly maxPages: number;
  /** Width of the widest uncropped page on the sheet; pages are never enlarged. */
  readonly thumbnailWidthPx: number;
}

export interface ContactSheet {
  readonly picture: Picture;
  readonly pages: number;
}

/** @returns undefined for a text without pages. Errors as `renderPages`. */
export async function drawContactSheet(
  text: TextSource,
  config: DocumentConfig,
  options: SheetOptions,
): Promise<ContactSheet | undefined> {
  const configs = configsOf(config);
  const widthPx = Math.max(
    ...configs.map(({ pageSize, dpi, horizontalScale }) => (pageSize[0] * dpi * horizontalScale) / 72),
  );
  const heightPx = Math.max(...configs.map(({ pageSize, dpi }) => (pageSize[1] * dpi) / 72));
  const scale = Math.min(1, options.thumbnailWidthPx / widthPx);
  const thumbnails: Picture[] = [];
  for await (const page of paintPages(text, config, options)) {
    thumbnails.push(scaledPage(page, scale));
    if (thumbnails.length === options.maxPages) break;
  }
  if (thumbnails.length === 0) return undefined;
  const cellWidthPx = Math.ceil(widthPx * scale);
  const cellHeightPx = Math.max(...thumbnails.map(page => page.heightPx)) + captionHeightPx;
  const columns = columnsFor(thumbnails.length, heightPx / widthPx);
  const rows = Math.ceil(thumbnails.length / columns);
  const picture = createPicture(
    gapPx + columns * (cellWidthPx + gapPx),
    gapPx + rows * (cellHeightPx + gapPx),
    backgroundGrey,
  );
  const captions = await drawCaptions(thumbnails.length, cellWidthPx);
  for (const [i, page] of thumbnails.entries()) {
    const leftPx = gapPx + (i % columns) * (cellWidthPx + gapPx);
    const topPx = gapPx + Math.floor(i / columns) * (cellHeightPx + gapPx);
    paste(picture, page, leftPx, topPx);
    const caption = captions[i];
    if (caption !== undefined) paste(picture, caption, leftPx, topPx + page.heightPx);
  }
  return { picture, pages: thumbnails.length };
}

/** Columns that bring the sheet near to a square, but for a few pages, which stand in one row. */
function columnsFor(pages: number, heightByWidth: number): number {
  return Math.min(pages, Math.max(Math.min(pages, 4), Math.round(Math.sqrt(pages * heightByWidth))));
}

/** The numbers from 1 on, each centred on a strip of its own: pages of one line. */
async function drawCaptions(count: number, widthPx: number): Promise<Picture[]> {
  const grey = `#${backgroundGrey.toString(16).repeat(3)}`;
  const config = parseConfig(
    {
      pageSize: [Math.max(widthPx, 24), captionHeightPx],
      marginX: 0,
      marginY: 1,
      framePadding: 0,
      fontSize: 11,
      lineHeight: 15,
      alignment: 'center',
      pageBgColor: grey,
      paraBgColor: grey,
      autoCropWidth: false,
      autoCropLastPage: false,
    },
    defaultConfig,
  );
  const text = Array.from({ length: count }, (_, i) => `${i + 1}\n`).join('');
  const captions: Picture[] = [];
  for await (const page of paintPages(text, config))
    captions.push(scaledPage(page, Math.min(1, widthPx / 24)));
  return captions;
}
