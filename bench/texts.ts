/**
 * Texts to measure on: natural ones from a folder of plain-text books (`GLYPH_TEXTS`, else `../shared/texts`), this
 * repository's own sources as code, and generated text where there are no books.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/base/index.ts';
import { createParagraphSplitter } from '../src/text/index.ts';

const books = process.env['GLYPH_TEXTS'] ?? '../shared/texts';

const readAll = (folder: string, wanted: (file: string) => boolean): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(wanted)
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

const words =
  'the of and to in a is that it was for on are as with his they at be this from have or by one had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after words called just where most know'.split(
    ' ',
  );

function generatedEnglish(length: number): string {
  const random = createRandom('english');
  const parts: string[] = [];
  for (let size = 0; size < length; ) {
    const sentence = Array.from({ length: random.integer(5, 25) }, () => random.pick(words)).join(' ');
    const end = random.next() < 0.2 ? '.\n\n' : '. ';
    parts.push(sentence[0]!.toUpperCase(), sentence.slice(1), end);
    size += sentence.length + end.length;
  }
  return parts.join('').slice(0, length);
}

function generatedChinese(length: number): string {
  const random = createRandom('chinese');
  const marks = ['，', '。', '；', '：', '\n'];
  return Array.from({ length }, () =>
    random.next() < 0.12
      ? random.pick(marks)
      : String.fromCharCode(0x4e00 + Math.floor(random.next() ** 2 * 5000)),
  ).join('');
}

const mixedLines = [
  'English words with a naïve café and “quotes” — 3,141 of them.',
  '中文：你好，世界。这里有一些汉字，还有标点。',
  'العربية: مرحبا بالعالم، هذا نص عربي قصير مع أرقام 123.',
  'हिन्दी: क्षत्रिय किताब द्वितीय, यह एक छोटा वाक्य है।',
  'ไทย: ภาษาไทยเขียนติดกันโดยไม่มีช่องว่างระหว่างคำ',
  'עברית: שלום עולם, זה משפט קצר (abc) 12.',
  'Русский: съешь ещё этих мягких французских булок.',
  'Emoji 👍🏽 🎉 and symbols ∑ √2 ≤ ≠ →.',
];

/** Repeats a text to a length. */
const fill = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** Hard-wrapped text with each paragraph on one line, so that all renderers draw the same lines. */
function reflowed(text: string): string {
  const splitter = createParagraphSplitter({ reflow: 'auto' });
  const paragraphs = [...splitter.push(text), ...splitter.end()];
  return paragraphs.map(paragraph => paragraph.text.trimEnd().replace(/\s*\n\s*/g, ' ')).join('\n');
}

const cached = <T>(make: () => T): (() => T) => {
  let value: T | undefined;
  return () => (value ??= make());
};

const english = cached(() => {
  if (!existsSync(books)) return generatedEnglish(1_000_000);
  return reflowed(readAll(books, file => file.endsWith('.txt') && !file.includes('-zh')));
});

export const texts = {
  english,
  /** Made-up sentences of common words, the same everywhere. */
  prose: cached(() => generatedEnglish(100_000)),
  code: cached(() => readAll('src', file => file.endsWith('.ts') && !file.includes('generated'))),
  chinese: cached(() => {
    if (!existsSync(books)) return generatedChinese(300_000);
    return readAll(books, file => file.endsWith('-zh.txt'));
  }),
  mixed: cached(() => `${mixedLines.join('\n')}\n`),
  arabic: cached(() => `${mixedLines[2]}\n`),
} as const;

export type TextName = keyof typeof texts;

/** A text of exactly `length` UTF-16 code units. */
export const textOf = (name: TextName, length: number): string => fill(texts[name](), length);
