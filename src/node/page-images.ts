/** Page images that are already there: which files the user means, in the order they are read, and what one holds. */
import { open, readdir, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { GlyphError } from '../base/index.ts';
import type { ImageMediaType, ImagePart } from '../model/index.ts';
import { errorCode, ioError } from './io-error.ts';
import { readManifest } from './manifest.ts';

/** More than any vendor takes. */
const maxImageBytes = 64 * 2 ** 20;

const extensions = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif']);

/**
 * Paths of images: files as named; a folder's pages in the order of its manifest, or all its images by name; the images
 * a glob matches, by name. Each once.
 * @throws GlyphError kind `input` for an input that names no image, `io` for a folder that cannot be read
 */
export async function findPageImages(inputs: readonly string[]): Promise<readonly string[]> {
  const paths = new Map<string, string>();
  for (const input of inputs) {
    const found = await imagesOf(input);
    if (found.length === 0) throw noImage(input);
    for (const path of found) if (!paths.has(resolve(path))) paths.set(resolve(path), path);
  }
  return [...paths.values()];
}

async function imagesOf(input: string): Promise<readonly string[]> {
  try {
    if (!(await stat(input)).isDirectory()) return [input];
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? ''))
      throw ioError(`read ${JSON.stringify(input)}`, 'a readable file or folder', error);
    return await imagesOfPattern(input);
  }
  const manifest = await readManifest(input);
  if (manifest !== undefined) return manifest.pages.map(({ file }) => join(input, file));
  const entries = await readdir(input, { withFileTypes: true });
  const names = entries.filter(entry => entry.isFile() && isImageName(entry.name)).map(entry => entry.name);
  return inOrder(names).map(name => join(input, name));
}

async function imagesOfPattern(input: string): Promise<readonly string[]> {
  const pattern = sep === '\\' ? input.replaceAll('\\', '/') : input;
  if (!isDynamicPattern(pattern)) return [];
  const absolute = isAbsolute(input);
  const paths = await glob(pattern, { absolute, expandDirectories: false, followSymbolicLinks: false });
  return inOrder(paths.filter(isImageName));
}

const isImageName = (path: string) =>
  !basename(path).startsWith('.') && extensions.has(extname(path).toLowerCase());

/** page-2 before page-10. */
const inOrder = (names: readonly string[]) =>
  names.toSorted(new Intl.Collator('en', { numeric: true }).compare);

/** First bytes of each type; a dot stands for any. */
const signatures: readonly (readonly [ImageMediaType, string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/webp', 'RIFF....WEBP'],
  ['image/gif', 'GIF8'],
];

/** @throws GlyphError kind `io` where it cannot be read, `input` where it is no image or over 64 MB. */
export async function readPageImage(path: string): Promise<ImagePart> {
  const bytes = await readBounded(path);
  const type = signatures.find(([, signature]) =>
    Array.from(signature).every((character, i) => character === '.' || bytes[i] === character.charCodeAt(0)),
  );
  if (type !== undefined) return { type: 'image', bytes, mediaType: type[0] };
  throw wrongFile(
    path,
    'a PNG, JPEG, WebP or GIF image',
    bytes.length === 0 ? 'an empty file' : 'another file',
  );
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    const handle = await open(path);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw wrongFile(path, 'a file', 'something else'); // it might never end
      const { size } = facts;
      if (size > maxImageBytes)
        throw wrongFile(path, `at most ${maxImageBytes / 2 ** 20} MB`, `${size} bytes`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw ioError(`read ${JSON.stringify(path)}`, 'a readable image', error);
  }
}

const wrongFile = (path: string, expected: string, actual: string) =>
  new GlyphError({ kind: 'input', operation: `read ${JSON.stringify(path)}`, expected, actual });

const noImage = (input: string) =>
  new GlyphError({
    kind: 'input',
    operation: `read ${JSON.stringify(input)}`,
    expected: 'page images: files, folders or a glob',
    actual: 'none',
  });
