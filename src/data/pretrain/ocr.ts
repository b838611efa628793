/** Write out the text of one or several pages: the target is exactly what their lines show. */
import { cutText } from '../clean-text.ts';
import { countText, drawPages, shownText, type TextPage } from '../draw.ts';
import { instructed, noRoom, type PretrainTask } from './task.ts';

const instructions = [
  'Write out the text of these pages.',
  'Transcribe everything these pages say, word for word.',
  'What do these pages say? Copy the text exactly.',
  'Read the pages and write down their text.',
] as const;

/** More text than the pages take, so that the last one is full. */
const overfull = 2;

export const ocrTask: PretrainTask = async ({ material, random, budget, maxPages, context }) => {
  const { config, title, capacity } = material;
  const wanted = random.integer(1, maxPages);
  // Half of the examples end on a full page, the others anywhere on one.
  const lastPage = random.next() < 0.5 ? overfull : 0.1 + 0.9 * random.next();
  const text = cutText(material.text, Math.round((wanted - 1 + lastPage) * capacity));
  const takes = ({ span, visionTokens }: TextPage) =>
    budget.spend(visionTokens + countText(text.slice(span.start, span.end)));
  const drawn = await drawPages({ text, config, title, maxPages: wanted, takes }, context);
  if (typeof drawn === 'string') return drawn;
  const target = shownText(text, drawn.pages);
  return target === '' ? noRoom : instructed(drawn.pages, random.pick(instructions), target);
};
