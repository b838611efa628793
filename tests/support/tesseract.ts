/** Tesseract as a reader that has never seen our pages: it measures whether small type is still legible. */
import { distance } from 'fastest-levenshtein';
import { openTesseract } from '../../src/node/tesseract.ts';
import { programLanguages } from '../../src/node/tesseract-program.ts';

export const hasTesseract = (await programLanguages(undefined)) !== undefined;

/** What Tesseract reads on a page. */
export async function readPage(png: Uint8Array): Promise<string> {
  const model = await openTesseract({ engine: 'program' });
  const page = { type: 'image', mediaType: 'image/png', bytes: png } as const;
  return (await model.generate([{ role: 'user', parts: [page] }])).text;
}

/** Spellings that look alike count as the same. */
const normalise = (text: string): string =>
  text
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[—–]/g, '-')
    .replace(/-+/g, '-')
    .replace(/…/g, '...')
    .replace(/\s+/g, ' ')
    .trim();

/** Wrong characters of a transcription: edit distance, and the length of the truth. */
export function characterErrors(
  read: string,
  truth: string,
): { readonly errors: number; readonly length: number } {
  const expected = normalise(truth);
  return { errors: distance(normalise(read), expected), length: expected.length };
}
