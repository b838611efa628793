/** Questions about what a text says by itself: the page of a sentence, how one goes on, and a page's whole text. */
import type { Random } from '../../base/index.ts';
import type { Drawn, Span } from '../draw.ts';
import { type OcrMarks, ocrText } from '../marked-lines.ts';
import { locate } from './locate.ts';
import type { QuestionTask } from './question.ts';

const sentences =
  /(?<=^|[.!?。！？]["'”’」』)]*\s*|\n)[^\s.!?。！？"“”‘’'「」『』(（][^.!?。！？\n]{30,180}[.!?。！？]/gu;

/** One sentence of the drawn text that stands there once; undefined where none is found. */
function drawSentence(text: string, drawn: Drawn, random: Random): (Span & { text: string }) | undefined {
  const end = drawn.pages.at(-1)?.span.end ?? 0;
  const found = [...text.slice(0, end).matchAll(sentences)];
  if (found.length === 0) return undefined;
  const { 0: sentence, index } = random.pick(found);
  const isOnce = text.indexOf(sentence) === text.lastIndexOf(sentence);
  return isOnce ? { text: sentence, start: index, end: index + sentence.length } : undefined;
}

export const whichPageTask: QuestionTask = text => ({
  text,
  ask(drawn, random) {
    const sentence = drawn.pages.length > 1 ? drawSentence(text, drawn, random) : undefined;
    const range = sentence === undefined ? undefined : locate(drawn.pages, sentence)?.[0];
    if (sentence === undefined || range === undefined) return undefined;
    const answer = String(range.page);
    return {
      question: `On which of these pages does the sentence “${sentence.text}” begin? Answer with its number, counted from 1.`,
      answer,
      targets: [answer],
      reward: 'exact',
      evidence: [sentence],
    };
  },
});

export const continuationTask: QuestionTask = text => ({
  text,
  ask(drawn, random) {
    const sentence = drawSentence(text, drawn, random);
    if (sentence === undefined) return undefined;
    const half = Math.floor(sentence.text.length / 2);
    const space = sentence.text.indexOf(' ', half);
    const cut = space < 0 || space > half + 20 ? half : space;
    const cue = sentence.text.slice(0, cut);
    const answer = sentence.text.slice(cut).trim();
    if (text.indexOf(cue) !== text.lastIndexOf(cue)) return undefined;
    return {
      question: `A sentence on these pages begins “${cue}”. Write the rest of it.`,
      answer,
      targets: [answer],
      reward: 'extractive',
      evidence: [sentence],
    };
  },
});

/** Auxiliary OCR: keeps a model reading closely while it learns to answer. */
export const pageTextTask =
  (ocrMarks: OcrMarks): QuestionTask =>
  text => ({
    text,
    ask({ pages }, random) {
      if (pages.length === 0) return undefined;
      const page = random.pick(pages);
      const answer = ocrText(text, [page], ocrMarks);
      const lines = page.lines.filter(line => text.slice(line.start, line.end).trim() !== '');
      const [first, last] = [lines[0], lines.at(-1)];
      if (first === undefined || last === undefined) return undefined;
      return {
        question:
          pages.length === 1
            ? 'Write out the text of the page.'
            : `Write out the text of page ${page.number}.`,
        answer,
        targets: [answer],
        reward: 'ocr',
        evidence: [{ start: first.start, end: last.end }],
        quoted: first === last ? [first] : [first, last],
      };
    },
  });
