/**
 * Font files in Node: the package's own, files the user names, and families installed on the system. Installed ones
 * are found by fontconfig where it exists, else by the file names in the usual folders.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { GlyphError, nearestName } from '../base/index.ts';
import { builtinFonts, type FontFile, type FontRequest } from '../font/index.ts';

const fontExtensions = new Set(['.ttf', '.otf', '.ttc', '.otc']);

/** Largest font file that is read, bytes; the largest CJK collections have about 120 MB. */
const maxFontBytes = 256 * 2 ** 20;

/** @throws GlyphError kind `font` when there is no such file or family; names the nearest family. */
export async function loadFont(request: FontRequest): Promise<FontFile> {
  if (request.path)
    return { bytes: await readFontFile(request.path, `font file ${JSON.stringify(request.path)}`) };
  const family = request.family ?? '';
  const builtin = builtinFonts[family];
  if (builtin !== undefined) {
    return {
      bytes: await readFontFile(new URL(`../../fonts/${builtin}`, import.meta.url), `font "${family}"`),
    };
  }
  const installed = await findInstalled(family);
  if (installed !== undefined) {
    const bytes = await readFontFile(installed.path, `font "${family}"`);
    return installed.index === undefined ? { bytes } : { bytes, index: installed.index };
  }
  const hint = nearestName(family, [...Object.keys(builtinFonts), ...(await installedFamilies())]);
  throw new GlyphError({
    kind: 'font',
    operation: 'find a font',
    expected: 'a built-in or installed family, or --font-path FILE',
    actual: `"${family}"`,
    ...(hint === undefined ? {} : { hint: `did you mean "${hint}"?` }),
  });
}

async function readFontFile(file: string | URL, what: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > maxFontBytes)
      throw new Error(`it has ${bytes.length} bytes, more than ${maxFontBytes}`);
    return bytes;
  } catch (cause) {
    const actual = cause instanceof Error ? cause.message : String(cause);
    throw new GlyphError({
      kind: 'font',
      operation: `read ${what}`,
      expected: 'a readable font file',
      actual,
      cause,
    });
  }
}

interface InstalledFont {
  readonly path: string;
  readonly index?: number;
}

/** One line a face: path, families in several languages, style, index in its collection. */
const listFaces = async (pattern: string): Promise<string[][]> => {
  const format = '%{file}\t%{family}\t%{style}\t%{index}\n';
  const { stdout } = await promisify(execFile)('fc-list', [pattern, '--format', format], {
    maxBuffer: 2 ** 26,
  });
  return stdout.split('\n').flatMap(line => (line === '' ? [] : [line.split('\t')]));
};

async function findInstalled(family: string): Promise<InstalledFont | undefined> {
  const wanted = family.toLowerCase();
  try {
    const faces = (await listFaces(`:family=${family.replace(/[\\:,=-]/g, '\\$&')}`)).filter(
      ([path = '', names = '']) => {
        const isFamily = names.toLowerCase().split(',').includes(wanted);
        return isFamily && fontExtensions.has(extname(path).toLowerCase());
      },
    );
    const face = faces.find(([, , style = '']) => /\b(regular|book|roman|normal)\b/i.test(style)) ?? faces[0];
    if (face === undefined) return undefined;
    // The upper half of fontconfig's index names an instance of a variable font.
    return { path: face[0]!, index: Number(face[3]) & 0xffff };
  } catch {
    return findByFileName(wanted);
  }
}

const fontFolders = (): string[] => [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/Library/Fonts',
  '/System/Library/Fonts',
  'C:\\Windows\\Fonts',
  join(homedir(), '.fonts'),
  join(homedir(), '.local/share/fonts'),
  join(homedir(), 'Library/Fonts'),
];

/** Without fontconfig: a file named after the family, with or without "Regular". */
async function findByFileName(family: string): Promise<InstalledFont | undefined> {
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const wanted = plain(family);
  for (const folder of fontFolders()) {
    const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
    const fonts = names.filter(name => fontExtensions.has(extname(name).toLowerCase()));
    const match = fonts.find(name =>
      [wanted, `${wanted}regular`].includes(plain(basename(name, extname(name)))),
    );
    if (match !== undefined) return { path: join(folder, match) };
  }
  return undefined;
}

async function installedFamilies(): Promise<string[]> {
  try {
    return (await listFaces(':')).flatMap(([, families = '']) => families.split(','));
  } catch {
    return [];
  }
}
