/** Names that people and programs give: paths and files, identifiers, hashes, keys, encoded bytes. */
import { inHyphens, inLetters, inWord } from './characters.ts';
import { type Form, hexDigit, lengthWithout, wholeIf, wordEnd } from './form.ts';
import { keyStart, vendorKeys } from './vendor-keys.ts';

const raw = String.raw;
const inFile = raw`${inWord}.@~+%$\-`;
const wide = raw`\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af`;
/** Chinese, Japanese and Korean are part of a path only with more of the path behind: text may follow unspaced. */
const wideInPath = raw`[${wide}](?=[${wide}\w-]{0,30}[/.][${wide}\w])`;
const windowsWord = raw`[${inFile}${wide}()#&=]+`;
const windowsFolder = raw`${windowsWord}(?: ${windowsWord}){0,4}[\\/]{1,2}`;

/** Extensions of files whose name stands alone; what is also a common member (`.map`, `.data`) is left out. */
const extensions =
  'ai avi bak bat bin bmp bz2 c cc cfg cmd conf cpp cs css csv dat db dll dmg doc docx eps epub exe gif go gz h hpp htm html ico ini ipynb iso jar java jpeg jpg js json jsonl jsx kt lock log lua m4a md mdx mjs mkv mov mp3 mp4 odt ogg onnx parquet pdf pem php pkl png ppt pptx proto ps1 psd py pyc rar rb rs rst rtf scss sh so sql sqlite svg swift tar tex tgz tif tiff toml ts tsv tsx ttf txt vue wasm wav webm webp woff woff2 xls xlsx xml xz yaml yml zip';
const fileName = new RegExp(raw`^[^.].*\.(?:${extensions.replaceAll(' ', '|')})$`, 'i');

const letter = new RegExp(`[${inLetters}]`);

/** `src/base/error.ts`, `/var/log`, `./run.sh`, `report.pdf`; not `and/or`, `1/2`, `/`. */
function pathLength(match: string): number {
  const path = match.slice(0, lengthWithout('.~+%$-', match));
  if (!letter.test(path) || path.startsWith('//')) return 0;
  return (path.includes('/') ? isPath(path) : fileName.test(path)) ? path.length : 0;
}

function isPath(path: string): boolean {
  const names = path.split('/').filter(name => name !== '');
  if (/^(?:\/|\.\.?\/|~\/|@|\$\w+\/)/.test(path)) return names.length > 1 || /\w[.]\w|[\d_]/.test(names[0]!);
  if (names.some(name => /[._\d]/.test(name) && letter.test(name))) return true;
  return names.length > 2 && names.every(name => name.length > 1);
}

/** With the underscores of plain-text italics: `21_st_`. */
const ordinal = /^\d+_?(?:st|nd|rd|th|d|s)_?$/i;
const hasBoth = (word: string) => /\d/.test(word) && letter.test(word);
const wordThenNumber = new RegExp(raw`[A-Z]{2}[${inHyphens}]\d|[${inLetters}][${inHyphens}]\d(?:\d|\.\d)`);

/** `err_4021`, `ABC-12`, `x86_64`, `gpt-4.1`; not `1st`, `1840s`, `twenty-one`, `20-year-old`, `mid-1840s`. */
function isIdentifier(match: string): boolean {
  if (!hasBoth(match)) return false;
  if (match.split(/[-\u2010\u2011.]/).some(word => hasBoth(word) && !ordinal.test(word))) return true;
  if (/^(?:pre|post|mid|early|late|non|anti)[-\u2010\u2011]\d{4}s?$/i.test(match)) return false;
  return wordThenNumber.test(match);
}

const hasThreeClasses = (match: string) => /[A-Z]/.test(match) && /[a-z]/.test(match) && /\d/.test(match);

/** These stand before figures, which they may look like. */
export const codeForms: readonly Form[] = [
  {
    kind: 'uuid',
    first: /[0-9a-f]/i,
    needs: '0-',
    pattern: `${hexDigit}{8}(?:-${hexDigit}{4}){3}-${hexDigit}{12}${wordEnd}`,
  },
  {
    kind: 'hash',
    first: /[0-9a-fmsb]/i,
    needs: '0',
    pattern: [
      `0[xX]${hexDigit}{2,}${wordEnd}`,
      raw`(?:sha(?:1|224|256|384|512)|md5|blake[23])[:=-][A-Za-z0-9+/_-]{8,}={0,2}`,
      raw`(?=[a-fA-F]*\d)(?=\d*[a-fA-F])${hexDigit}{7,}${wordEnd}`,
    ].join('|'),
  },
];

export const nameForms: readonly Form[] = [
  {
    kind: 'key',
    first: /[A-Za-z]/,
    needs: '0',
    pattern: `${keyStart}(?:${vendorKeys.map(({ pattern }) => pattern).join('|')})`,
  },
  {
    kind: 'path',
    first: new RegExp(raw`[${inFile}/]`),
    needs: '/',
    pattern: raw`(?<![${inFile}/\\<])(?:[A-Za-z]:(?=/))?(?:[${inFile}/]+(?:${wideInPath}){1,30}){0,12}[${inFile}/]*(?::\d{1,6}){0,2}`,
    lengthOf: pathLength,
  },
  {
    kind: 'path',
    first: new RegExp(`[${inFile}]`),
    needs: '.',
    pattern: raw`(?<![${inFile}/\\<])[${inFile}]+(?![${inFile}/\\(])(?::\d{1,6}){0,2}`,
    lengthOf: pathLength,
  },
  {
    kind: 'path',
    first: /[A-Za-z\\]/,
    needs: '\\',
    pattern: raw`(?:[A-Za-z]:[\\/]{1,2}|\\\\{1,3}[\w.-]+\\{1,2})(?:${windowsFolder}){0,40}(?:${windowsWord})?`,
    lengthOf: match => lengthWithout('.,', match),
  },
  {
    kind: 'identifier',
    first: new RegExp(`[${inWord}]`),
    needs: '0',
    pattern: raw`(?<![${inWord}][${inHyphens}])(?<![${inWord}]\.(?=\d))[${inWord}]+(?:[${inHyphens}][${inWord}]+|\.(?=\d)[${inWord}]+)*`,
    lengthOf: wholeIf(isIdentifier),
  },
  {
    kind: 'identifier',
    first: /-/,
    needs: '-',
    // A plain word after two hyphens is a flag only in code: books set dashes that way.
    pattern: raw`(?<![${inWord}.,;:!?-])--[a-z][a-z0-9]*(?:-[a-z0-9]+)+${wordEnd}|(?<![^\s"'\x60([{|])--[a-z][a-z0-9]+(?=["\x60=\]])`,
  },
  { kind: 'identifier', first: /#/, needs: '0', pattern: `#(?=[a-fA-F]*\\d)${hexDigit}{2,8}${wordEnd}` },
  {
    kind: 'base64',
    first: /[A-Za-z0-9+/_-]/,
    needs: '0',
    pattern: '(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}',
    lengthOf: wholeIf(hasThreeClasses),
  },
];
