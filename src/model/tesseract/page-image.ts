/** A page's picture as a recogniser takes it: enlarged and grey where it is a PNG, otherwise as it came. */
import { GlyphError } from '../../base/index.ts';
import type { ImageMediaType, ImagePart } from '../message.ts';
import { enlarge } from './enlarge.ts';
import { type GreyPage, greyPage } from './grey-page.ts';

export interface PageImage {
  /** A file of `mediaType`, checked by its first bytes. */
  readonly bytes: Uint8Array;
  /** Binary PGM for every PNG; another type only as the message had it. */
  readonly mediaType: 'image/x-portable-graymap' | Exclude<ImageMediaType, 'image/png'>;
  /** Undefined where nothing is known of the picture's scale. */
  readonly dpi: number | undefined;
}

/** Three times is best at 72 dpi; larger pages need less, and a recogniser's time grows with the pixels. */
const factors = [3, 2];
const maxEnlargedPixels = 20e6;

/** Glyph's pages; what other pictures have changes little. */
const pageDpi = 72;

/** @throws GlyphError kind `input` for bytes that are not what their media type says */
export function pageImage({ bytes, mediaType }: ImagePart): PageImage {
  if (mediaType === 'image/png') {
    const page = greyPage(bytes);
    const pixels = page.widthPx * page.heightPx;
    const factor = factors.find(each => pixels * each ** 2 <= maxEnlargedPixels) ?? 1;
    return {
      bytes: encodePgm(enlarge(page, factor)),
      mediaType: 'image/x-portable-graymap',
      dpi: pageDpi * factor,
    };
  }
  refuseOther(bytes, mediaType);
  return { bytes, mediaType, dpi: undefined };
}

/** Netpbm's "P5": a text header and a byte a pixel. */
function encodePgm({ widthPx, heightPx, data }: GreyPage): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${widthPx} ${heightPx}\n255\n`);
  const pgm = new Uint8Array(header.length + data.length);
  pgm.set(header);
  pgm.set(data, header.length);
  return pgm;
}

/** First bytes of a file; a dot stands for any. */
const signatures = {
  'image/jpeg': '\xff\xd8\xff',
  'image/gif': 'GIF8',
  'image/webp': 'RIFF....WEBP',
} as const satisfies Record<Exclude<ImageMediaType, 'image/png'>, string>;

/** Tesseract takes what it does not know for a list of file names and opens those, so nothing unknown may reach it. */
function refuseOther(bytes: Uint8Array, mediaType: keyof typeof signatures): void {
  const isSame = Array.from(signatures[mediaType]).every(
    (character, i) => character === '.' || bytes[i] === character.charCodeAt(0),
  );
  if (isSame) return;
  throw new GlyphError({
    kind: 'input',
    operation: 'read a page image',
    expected: `the bytes of ${mediaType}`,
    actual: bytes.length === 0 ? 'none' : 'others',
  });
}
