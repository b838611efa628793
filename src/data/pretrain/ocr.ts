/**
 * Write out the text of one or several pages: the target is exactly what their lines show, with `ocrMarks: 'lines'` line
 * by line.
 */
import { cutText } from '../clean-text.ts';
import { countText, drawPages, shownText, type TextPage } from '../draw.ts';
import { ocrText } from '../marked-lines.ts';
import { type Built, instructed, noRoom, type PretrainRequest, type PretrainTask } from './task.ts';

const instructions = [
  'Write out the text of these pages.',
  'Transcribe everything these pages say, word for word.',
  'What do these pages say? Copy the text exactly.',
  'Read the pages and write down their text.',
] as const;

/** More text than the pages take, so that the last one is full. */
const overfull = 2;

export const ocrTask: PretrainTask = async request => {
  const { material, random, maxPages } = request;
  const wanted = random.integer(1, maxPages);
  return await transcribe(request, cutText(material.text, ocrLength(request, wanted)), wanted);
};

/** Characters for so many pages: half of the examples end on a full page, the others anywhere on one. */
export function ocrLength({ random, material }: PretrainRequest, pages: number): number {
  const lastPage = random.next() < 0.5 ? overfull : 0.1 + 0.9 * random.next();
  return Math.round((pages - 1 + lastPage) * material.capacity);
}

/** A text on at most so many pages, to be written out. */
export async function transcribe(
  { material, random, budget, context, ocrMarks }: PretrainRequest,
  text: string,
  maxPages: number,
): Promise<Built | string> {
  const { config, title } = material;
  const takes = (page: TextPage) =>
    budget.spend(page.visionTokens + countText(ocrText(text, [page], ocrMarks)));
  const drawn = await drawPages({ text, config, title, maxPages, takes }, context);
  if (typeof drawn === 'string') return drawn;
  if (shownText(text, drawn.pages) === '') return noRoom;
  const target = ocrText(text, drawn.pages, ocrMarks);
  return instructed(drawn.pages, random.pick(instructions), target);
}
