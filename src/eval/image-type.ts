/** What kind of image bytes are, by how they begin. */
import type { ImageMediaType } from '../model/index.ts';

export function imageTypeOf(bytes: Uint8Array): ImageMediaType | undefined {
  const begins = (at: number, text: string) =>
    [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));
  if (begins(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(0, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(0, 'RIFF') && begins(8, 'WEBP')) return 'image/webp';
  return begins(0, 'GIF8') ? 'image/gif' : undefined;
}
