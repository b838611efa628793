/** Who may use a server that others can reach. */
import { timingSafeEqual } from 'node:crypto';
import { hashOf } from './pager.ts';

export const tokenHeader = 'x-glyph-token';

/** In constant time, so that a token cannot be guessed byte by byte. */
export function mayEnter(given: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return true;
  return timingSafeEqual(Buffer.from(hashOf(given ?? '')), Buffer.from(hashOf(token)));
}
