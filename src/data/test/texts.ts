/** Texts to build from in tests: plain sentences, no two alike, and a corpus of them in memory. */
import { createRandom, sha256Hex } from '../../base/index.ts';
import type { Corpus, CorpusDocument, CorpusFile } from '../corpus.ts';

const words =
  'the of and to in a is that it was for on are as with his they at be this from have or by one had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after words called just where most know'.split(
    ' ',
  );

/** Paragraphs of English words, `wrap` columns wide where given. */
export function english(length: number, seed = 'english', wrap = 0): string {
  const random = createRandom(seed);
  let text = '';
  while (text.length < length) {
    const sentences = Array.from({ length: random.integer(1, 6) }, () => {
      const sentence = Array.from({ length: random.integer(5, 25) }, () => random.pick(words)).join(' ');
      return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
    });
    text += `${wrapped(sentences.join(' '), wrap)}\n\n`;
  }
  return text.slice(0, length);
}

const wrapped = (text: string, columns: number): string =>
  columns === 0 ? text : text.replace(new RegExp(`(.{1,${columns}})(?: |$)`, 'g'), '$1\n').trimEnd();

/** Files with these contents. */
export const memoryFiles = (texts: Readonly<Record<string, string>>): CorpusFile[] =>
  Object.entries(texts).map(([name, text]) => ({
    name,
    byteLength: text.length,
    async open(onText) {
      onText(text);
      const read = async (start: number, end: number) => text.slice(start, end);
      return { name, byteLength: text.length, sha256: sha256Hex(text), length: text.length, read };
    },
  }));

/** A corpus whose documents are on the side their name begins with. */
export const memoryCorpus = async (texts: Readonly<Record<string, string>>): Promise<Corpus> => {
  const documents: CorpusDocument[] = [];
  for (const file of memoryFiles(texts)) {
    const text = await file.open(() => {});
    if ('reason' in text) continue;
    const split = file.name.startsWith('val') ? 'val' : 'train';
    documents.push({ ...text, split, nearDuplicateOf: undefined });
  }
  return { documents, skipped: [] };
};
