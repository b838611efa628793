/** A text read on through stretches that are pages and stretches that are text, without any instruction. */
import { marksFor, noRoom, type PretrainTask, startWalk } from './task.ts';

export const interleavedTask: PretrainTask = async request => {
  const { random, maxPages } = request;
  const walk = startWalk(request);
  let content = random.next() < 0.5 ? walk.takeText() : '';
  let textLength = content.length;
  for (let runs = random.integer(1, 3); runs > 0 && walk.pages.length < maxPages; runs--) {
    const drawn = await walk.takePages(Math.min(maxPages - walk.pages.length, random.integer(1, 2)));
    if (typeof drawn === 'string') return drawn;
    if (drawn === 0) break;
    const text = walk.takeText();
    content += marksFor(walk.pages.slice(-drawn)) + text;
    textLength += text.trim().length;
    if (text === '') break;
  }
  if (walk.pages.length === 0 || textLength === 0) return noRoom;
  return { messages: [{ role: 'assistant', content }], pages: walk.pages };
};
