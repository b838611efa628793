/** Texts and effects for tests of this folder. */
import { createRandom } from '../../base/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { spawnWorker } from '../../node/spawn-worker.ts';

export const effects = { loadFont, spawnWorker };

const words =
  'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all their she there would when who will more if no out so said what up its about into than them can only other time new some could these two may first then do any like my now over such our man me even most made after also well did many before must years through much where your way down should because long each just state those people too mr mrs how little good world make very year still see men work day get here old life both between being under three never know same last another while us off might great go come since against right came take used himself few house use during without again place around however home small found thought went say part once general high upon school every does got united left number course war until always away something fact though water less public put think almost hand enough far took head yet government system set told nothing end called eyes find going look asked later point knew next city give group toward young days let room per side social present several order'.split(
    ' ',
  );

/** Prose of about `length` characters, in paragraphs. */
export function prose(seed: number, length: number): string {
  const random = createRandom(seed);
  let text = '';
  while (text.length < length) {
    const count = 6 + Math.floor(random.next() * 14);
    const picked = Array.from({ length: count }, () => words[Math.floor(random.next() * words.length)]!);
    const sentence = picked.join(' ');
    text += `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.${random.next() < 0.15 ? '\n' : ' '}`;
  }
  return text;
}
