/**
 * Transcription of texts of one's own: how much of what pages show comes back, character by character. Stretches are
 * drawn with the settings in force and asked for page by page, so that readers which only transcribe can be measured,
 * and a search over renderings has an objective that needs no question.
 */
import { createRandom, GlyphError } from '../../base/index.ts';
import { type DataFiles, nameOf, readText } from '../data/data-files.ts';
import { editDistance, removeThinking } from '../metrics/index.ts';
import { limitOf } from '../open-options.ts';
import { scoreWith } from '../score.ts';
import type { OpenOptions, Sample, Task } from '../task.ts';
import { transcribePrompt } from '../transcribe-prompt.ts';

const data = 'name a text file (UTF-8), or a folder of .txt and .md files, each of a page or more';

/** Of a stretch, text tokens; a token is taken for four characters. */
const defaultLength = 256;
const charactersPerToken = 4;
const defaultSamples = 20;

export const ocrTask: Task = {
  name: 'ocr',
  about: 'Transcribes stretches of texts of your own, page by page.',
  data,
  subsets: [],
  defaults: { maxTokens: 4096, temperature: 0 },
  asks: 'each-page',
  open,
  scorer: {
    score: ({ targets }, { text }) =>
      scoreWith('character_accuracy', () => {
        const target = comparable(targets[0]!);
        const edits = editDistance(comparable(removeThinking(text)), target);
        const characters = [...target].length;
        return { value: Math.max(0, 1 - edits / Math.max(1, characters)), detail: { edits, characters } };
      }),
  },
  figures: () => [],
};

/** Pages break lines where they must, and may draw marks for line ends: neither is an error. */
const comparable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s¶↵]+|\\n/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

async function* open(options: OpenOptions): AsyncGenerator<Sample> {
  const { files, folder, seed = 42 } = options;
  if (files === undefined || folder === undefined) throw missing('texts', 'none');
  const [length = defaultLength] = options.lengths ?? [];
  const paths = await textPaths(files, folder);
  const limit = limitOf(options, defaultSamples);
  const least = length * charactersPerToken;
  let isAny = false;
  for (const path of paths) {
    const text = await readText(files, path);
    if (text.trim().length < least) continue;
    isAny = true;
    for (let index = 0; index < limit; index++) yield makeSample(path, text, { index, limit, least, seed });
  }
  if (!isAny) throw missing(`a text of at least ${least} characters in ${JSON.stringify(folder)}`, 'none');
}

async function textPaths(files: DataFiles, folder: string): Promise<readonly string[]> {
  if (/\.(?:txt|md)$/i.test(folder)) return [folder];
  const paths = [...(await files.list(folder))].filter(path => /\.(?:txt|md)$/i.test(path)).sort();
  if (paths.length === 0) throw missing(`texts in ${JSON.stringify(folder)}`, 'none');
  return paths;
}

interface Place {
  readonly index: number;
  readonly limit: number;
  /** Characters. */
  readonly least: number;
  readonly seed: number | string;
}

/** The text is cut in as many parts as there are samples; each lies somewhere in its own. */
function makeSample(path: string, text: string, { index, limit, least, seed }: Place): Sample {
  const subset = nameOf(path).replace(/\.\w+$/, '');
  const id = `${subset}/${least}/${index}`;
  const random = createRandom(`ocr ${seed} ${id}`);
  const part = (text.length - least) / limit;
  const wanted = Math.floor(part * (index + random.next()));
  const start = wanted === 0 ? 0 : afterSpace(text, wanted);
  const stretch = text
    .slice(start, start + least)
    .replace(/\S*$/, last => (/\s/.test(text[start + least] ?? ' ') ? last : ''));
  const shown = stretch.trim() === '' ? text.slice(wanted, wanted + least) : stretch;
  const prompt = { before: '', after: transcribePrompt };
  return {
    kind: 'sample',
    id,
    subset,
    material: { kind: 'text', text: shown },
    question: transcribePrompt,
    prompts: { text: prompt, pages: prompt },
    targets: [shown],
    groups: {},
    meta: { start, characters: shown.length },
  };
}

/** Where the next word begins; in a script without spaces, where it is. */
function afterSpace(text: string, from: number): number {
  const found = text.slice(from, from + 100).search(/\s\S/);
  return found < 0 ? from : from + found + 1;
}

const missing = (expected: string, actual: string) =>
  new GlyphError({ kind: 'io', operation: 'open the data of ocr', expected, actual, hint: data });
