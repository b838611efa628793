/**
 * Tesseract as a reader that has never seen our pages: it measures whether small type is still legible. Pages are
 * enlarged three times first (Lanczos), since it expects larger type than 72 dpi pages have.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { distance } from 'fastest-levenshtein';
import { type Grey, toGrey } from './grey.ts';

export function hasTesseract(): boolean {
  try {
    execFileSync('tesseract', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const lanczos = (x: number): number =>
  x === 0
    ? 1
    : Math.abs(x) >= 3
      ? 0
      : (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;

/** Enlarges along one axis and turns the picture, so that two calls enlarge both axes. */
function enlargeTurned({ width, height, data }: Grey, factor: number): Grey {
  const wide = width * factor;
  const turned = new Float32Array(wide * height);
  for (let x = 0; x < wide; x++) {
    const centre = (x + 0.5) / factor - 0.5;
    const first = Math.ceil(centre - 3);
    const weights = Array.from({ length: 6 }, (_, i) => lanczos(centre - first - i));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let y = 0; y < height; y++) {
      let value = 0;
      for (let i = 0; i < 6; i++) {
        const at = Math.min(width - 1, Math.max(0, first + i));
        value += weights[i]! * data[y * width + at]!;
      }
      turned[x * height + y] = value / total;
    }
  }
  return { width: height, height: wide, data: turned };
}

/** What Tesseract reads on a page. */
export function readPage(png: Uint8Array): string {
  const { width, height, data } = enlargeTurned(enlargeTurned(toGrey(png), 3), 3);
  const large = encode({ width, height, data: Uint8ClampedArray.from(data), channels: 1, depth: 8 });
  const folder = mkdtempSync(join(tmpdir(), 'glyph-tesseract-'));
  try {
    writeFileSync(join(folder, 'page.png'), large);
    const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
    const options = {
      env,
      stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 26,
    };
    return execFileSync(
      'tesseract',
      [join(folder, 'page.png'), '-', '--psm', '6', '--dpi', '216'],
      options,
    ).toString();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
