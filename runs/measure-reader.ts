/**
 * Measures a reader for its model card: `npx tsx runs/measure-reader.ts MODEL BOOK QUESTIONS OUT`. MODEL is the folder of
 * a reader, BOOK a text it was not trained on, QUESTIONS a data set of `glyph data rl` made from that text. OUT gets
 * `measured.json`, `legibility.md` and `density.svg`. Everything is drawn from a seed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../src/base/index.ts';
import { parseConfig, type RenderConfig } from '../src/config/index.ts';
import { cleanText } from '../src/data/index.ts';
import { meanScore } from '../src/eval/index.ts';
import type { ImagePart, Model } from '../src/model/index.ts';
import { openReader, openTesseract } from '../src/node/index.ts';
import { readerPageConfig } from '../src/reader/index.ts';
import { loadTextTokenizer } from '../src/tokens/index.ts';
import { askQuestions } from './ask-questions.ts';
import { densitySvg } from './density-svg.ts';
import { type PageRead, type ReadPng, type ReadSummary, readFirstPage, summarise } from './read-errors.ts';

const [modelFolder = '', bookPath = '', questionsFolder = '', out = ''] = process.argv.slice(2);
const reader = await openReader(modelFolder);
const tesseract = await openTesseract({});
await loadTextTokenizer();
const book = cleanText(await readFile(bookPath, 'utf8'));
const random = createRandom('measure');
const own = readerPageConfig(reader.limits);
/** Rows of a page here: many places of the book in little time. */
const rows = 24;

const imageOf = (bytes: Uint8Array): ImagePart => ({ type: 'image', bytes, mediaType: 'image/png' });
const transcribing =
  (model: Model): ReadPng =>
  async png =>
    (await model.generate([{ role: 'user', parts: [imageOf(png)] }])).text;

const byReader: ReadPng = async png => {
  let text = '';
  for await (const row of reader.readPage(png)) text += row.text;
  return text;
};

function stretch(): string {
  const start = book.indexOf(' ', random.integer(0, book.length - 8000)) + 1;
  return book.slice(start, start + 7000);
}

function asciiText(): string {
  const word = () =>
    Array.from({ length: random.integer(1, 12) }, () => String.fromCharCode(random.integer(33, 126))).join(
      '',
    );
  return Array.from({ length: 700 }, word).join(' ');
}

async function readMany(pages: number, read: ReadPng, text: () => string, config: RenderConfig) {
  const reads: PageRead[] = [];
  for (let i = 0; i < pages; i++) reads.push(await readFirstPage(read, text(), config, reader));
  return summarise(reads);
}

/** Type of another size on a page as many pixels wide; lines keep the proportion of the reader's own. */
const sized = (fontSize: number, dpi = 72): RenderConfig =>
  parseConfig(
    {
      fontSize,
      lineHeight: Math.round(fontSize * 1.2),
      dpi,
      pageSize: [(own.pageSize[0] * 72) / dpi, (rows * own.lineHeight * 72) / dpi],
    },
    own,
  );

/** Type that its search space holds: a line to a row of patches, letters of another size or width. */
const types = [
  [9, 1],
  [9.5, 1],
  [9.998, 1],
  [9.998, 0.92],
  [9.998, 0.82],
  [11, 0.82],
  [11, 1],
] as const;

const typed = (fontSize: number, horizontalScale: number): RenderConfig => {
  const { lineHeight } = own;
  const pageSize = [Math.ceil(640 / horizontalScale), rows * lineHeight] as const;
  return parseConfig({ fontSize, lineHeight, horizontalScale, pageSize }, own);
};

async function measureQuestions() {
  const scores = await askQuestions(reader, questionsFolder);
  return Object.fromEntries(
    [...scores, ['all', [...scores.values()].flat()] as const].map(([task, each]) => [task, meanScore(each)]),
  );
}

const say = <T>(what: string, value: T): T => {
  console.log(what, JSON.stringify(value));
  return value;
};

const bookErrors = say('book', await readMany(24, byReader, stretch, sized(own.fontSize)));
const asciiErrors = say('random ASCII', await readMany(8, byReader, asciiText, sized(own.fontSize)));
const questions = say('questions', await measureQuestions());

const legibility: { fontSize: number; dpi: number; reader: ReadSummary; tesseract: ReadSummary }[] = [];
for (const dpi of [60, 72, 96]) {
  for (const fontSize of [8, 9, own.fontSize, 11, 12, 14]) {
    const text = stretch();
    const [ours, theirs] = [
      await readMany(1, byReader, () => text, sized(fontSize, dpi)),
      await readMany(1, transcribing(tesseract), () => text, sized(fontSize, dpi)),
    ];
    legibility.push(say('legibility', { fontSize, dpi, reader: ours, tesseract: theirs }));
  }
}

const byType: (ReadSummary & { readonly fontSize: number; readonly horizontalScale: number })[] = [];
for (const [fontSize, horizontalScale] of types) {
  const read = await readMany(4, byReader, stretch, typed(fontSize, horizontalScale));
  byType.push(say('type', { fontSize, horizontalScale, ...read }));
}

/** From one character a vision token to sixteen. */
const densities: (ReadSummary & { readonly fontSize: number })[] = [];
for (const fontSize of [32, 23, 16.3, 13, 11.5, own.fontSize, 9.4, 8.7, 8])
  densities.push(say('density', { fontSize, ...(await readMany(4, byReader, stretch, sized(fontSize))) }));

await mkdir(out, { recursive: true });
const measured = { bookErrors, asciiErrors, questions, byType, legibility, densities };
await writeFile(join(out, 'measured.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
await writeFile(join(out, 'density.svg'), densitySvg(densities));
const percent = ({ errorRate }: ReadSummary) => `${(100 * errorRate).toFixed(1)} %`;
const lines = legibility.map(
  ({ fontSize, dpi, reader: ours, tesseract: theirs }) =>
    `| ${fontSize} | ${dpi} | ${ours.charactersPerToken.toFixed(1)} | ${percent(ours)} | ${percent(theirs)} |`,
);
const typeLines = byType.map(
  read =>
    `| ${read.fontSize} | ${read.horizontalScale} | ${read.charactersPerToken.toFixed(1)} | ${read.ratio.toFixed(2)}x | ${percent(read)} |`,
);
await writeFile(
  join(out, 'legibility.md'),
  `${[
    '| pt | width | characters a token | text tokens ÷ vision tokens | reader |',
    '| --- | --- | --- | --- | --- |',
    ...typeLines,
    '',
    '| pt | dpi | characters a token | reader | Tesseract |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')}\n`,
);
await reader.close();
process.exit(0);
