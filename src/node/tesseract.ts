/**
 * Tesseract as a `Model` that transcribes pages, with what this machine has: the installed program, which is two to
 * three times as fast, or the npm package `tesseract.js`.
 */
import { GlyphError } from '../base/index.ts';
import type { Model, Recognise } from '../model/index.ts';
import { packageDataFolder, packageRecognise } from './tesseract-package.ts';
import { programLanguages, programRecognise } from './tesseract-program.ts';

export interface OpenTesseractOptions {
  /** Tesseract's name of a language, or several: "eng" (the default), "deu", "eng+deu". */
  readonly language?: string | undefined;
  /** Only this one; by default the program where it is installed, else the package. */
  readonly engine?: 'program' | 'package' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws GlyphError kind `config` for a malformed language, `io` where no Tesseract with that language is installed */
export async function openTesseract(options: OpenTesseractOptions = {}): Promise<Model> {
  const { language = 'eng' } = options;
  refuseMalformed(language);
  const recognise = await findEngine(language, options);
  if (recognise === undefined) throw notInstalled(language);
  const { createTesseractModel } = await import('../model/index.ts'); // not loaded where no model is asked
  return createTesseractModel({ recognise, language });
}

async function findEngine(
  language: string,
  { engine, signal }: OpenTesseractOptions,
): Promise<Recognise | undefined> {
  if (engine !== 'package') {
    const installed = await programLanguages(signal);
    if (installed !== undefined && language.split('+').every(each => installed.includes(each)))
      return programRecognise(language);
  }
  if (engine === 'program') return undefined;
  const folder = packageDataFolder(language);
  return folder === undefined ? undefined : packageRecognise(language, folder);
}

/** It becomes part of file names. */
function refuseMalformed(language: string): void {
  const one = '(script/)?[A-Za-z][A-Za-z0-9_]*';
  if (new RegExp(`^${one}(\\+${one})*$`).test(language)) return;
  throw new GlyphError({
    kind: 'config',
    operation: 'open tesseract',
    expected: 'a language as tesseract names it, e.g. eng, deu, chi_sim or eng+deu',
    actual: JSON.stringify(language),
  });
}

function notInstalled(language: string): GlyphError {
  const others = language.split('+').filter(each => each !== 'eng' && !each.includes('/'));
  const debian = ['tesseract-ocr', ...others.map(each => `tesseract-ocr-${each.replaceAll('_', '-')}`)];
  const npm = language.includes('+') ? '' : ` or \`npm install tesseract.js @tesseract.js-data/${language}\``;
  return new GlyphError({
    kind: 'io',
    operation: 'open tesseract',
    expected: `tesseract with data for ${JSON.stringify(language)}`,
    actual: 'none installed',
    hint: `\`apt install ${debian.join(' ')}\`${npm}`,
  });
}
