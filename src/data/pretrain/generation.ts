/** Write what is missing where pages show only the beginning, the end, or both ends of a text. */
import { instructed, noRoom, type PretrainTask, startWalk } from './task.ts';

type Mode = 'beginning' | 'end' | 'both';

const instructions: Readonly<Record<Mode, readonly string[]>> = {
  beginning: [
    'These pages show how a text begins. Write how it goes on.',
    'Continue the text of these pages.',
  ],
  end: [
    'These pages show how a text goes on. Write what comes before.',
    'Write the part of the text that leads up to these pages.',
  ],
  both: [
    'Between the first page and the rest a part of the text is missing. Write it.',
    'The text goes from the first page to the others with a gap. Fill the gap.',
  ],
};

export const generationTask: PretrainTask = async request => {
  const { random, maxPages } = request;
  const walk = startWalk(request);
  const mode = random.pick<Mode>(maxPages > 1 ? ['beginning', 'end', 'both'] : ['beginning', 'end']);
  const wanted = random.integer(mode === 'both' ? 2 : 1, maxPages);
  if (mode !== 'end') {
    const drawn = await walk.takePages(mode === 'both' ? 1 : wanted);
    if (drawn === 0 || typeof drawn === 'string') return drawn === 0 ? noRoom : drawn;
  }
  const target = walk.takeText().trim();
  if (mode !== 'beginning') {
    const drawn = await walk.takePages(wanted - walk.pages.length);
    if (drawn === 0 || typeof drawn === 'string') return drawn === 0 ? noRoom : drawn;
  }
  return target === '' ? noRoom : instructed(walk.pages, random.pick(instructions[mode]), target);
};
