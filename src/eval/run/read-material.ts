/**
 * What a sample gives to read, opened for all arms: its text, where it has one, and its pages, where others draw them.
 */
import { GlyphError, RecentCache } from '../../base/index.ts';
import type { PageSource } from '../../compress/index.ts';
import type { ImagePart } from '../../model/index.ts';
import { conversationText } from '../conversation.ts';
import type { DataFiles } from '../data/data-files.ts';
import type { Material } from '../task.ts';
import { imagePart } from './image-part.ts';

/** A PDF file, opened by whoever can. */
export type PdfDocument = Pick<PageSource, 'name' | 'text' | 'pages' | 'draw'>;

export interface MaterialEffects {
  readonly files?: DataFiles | undefined;
  readonly openPdf?: ((path: string) => Promise<PdfDocument>) | undefined;
}

export type Readable =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pdf'; readonly text: string; readonly pdf: PdfDocument }
  | { readonly kind: 'images'; readonly text: ''; readonly images: readonly ImagePart[] };

/** Questions to one document follow one another. */
const keptPdfs = 4;

/** @throws (from what it returns) GlyphError kind `io` or `input` for files that cannot be read */
export function createReader({ files, openPdf }: MaterialEffects) {
  const pdfs = new RecentCache<string, Promise<PdfDocument>>(keptPdfs);

  async function readImage(path: string): Promise<ImagePart> {
    if (files === undefined) throw noEffect(path, 'files');
    const file = await files.open(path);
    return imagePart(await file.slice(0, file.byteLength), path);
  }

  return async (material: Material): Promise<Readable> => {
    switch (material.kind) {
      case 'text':
        return material;
      case 'conversation':
        return { kind: 'text', text: conversationText(material.messages) };
      case 'pdf': {
        if (openPdf === undefined) throw noEffect(material.path, 'PDF files');
        const { path } = material;
        try {
          const pdf = await pdfs.get(path, () => openPdf(path));
          return { kind: 'pdf', text: pdf.text, pdf };
        } catch (error) {
          pdfs.delete(path);
          throw error;
        }
      }
      case 'images': {
        const images = material.images.map(image => (typeof image === 'string' ? readImage(image) : image));
        return { kind: 'images', text: '', images: await Promise.all(images) };
      }
      default:
        return material satisfies never;
    }
  };
}

const noEffect = (path: string, what: string) =>
  new GlyphError({
    kind: 'config',
    operation: `read ${JSON.stringify(path)}`,
    expected: `a run that can open ${what}`,
    actual: 'one that cannot',
  });
