/** The long document of `glyph demo`: plain prose made from a seed, with three facts hidden in it. */
import { createRandom, type Random } from '../base/index.ts';

export interface DemoFact {
  /** As it stands in the document. */
  readonly sentence: string;
  readonly question: string;
  readonly answer: string;
}

export interface DemoDocument {
  readonly text: string;
  readonly facts: readonly DemoFact[];
}

const list = (words: string): readonly string[] => words.trim().split(/\s*,\s*/);

const people = list(
  'the miller, the teacher, a young sailor, the baker, her uncle, an old friend, the postman',
);
const acts = list('walked, rode, came back, set out, went home, looked, waited, hurried, wandered');
const places = list(
  'to the harbour, along the river, through the market, past the mill, over the hills, by the sea',
);
const times = list(
  'In the morning, That evening, After the rain, Late in the autumn, On Sunday, Before dawn',
);
const things = list(
  'a basket of apples, an old map, a letter, two lamps, a heavy coat, some bread, a small box',
);
const thoughts = list(
  'the road was longer than it looked, the weather would turn, nobody had seen the boat, the house was too quiet, it was time to leave, the story was only half true',
);
const views = list(
  'the lights of the town, a flock of geese, smoke above the roofs, the white sails, the first snow',
);
const ways = list('slowly, without a word, in good spirits, with great care, as always, more than once');

const patterns: readonly ((random: Random) => string)[] = [
  r => `${r.pick(times)} ${r.pick(people)} ${r.pick(acts)} ${r.pick(places)}, ${r.pick(ways)}.`,
  r => `${r.pick(times)} they found ${r.pick(things)} and kept it until the next day.`,
  r => `It seemed to ${r.pick(people)} that ${r.pick(thoughts)}.`,
  r => `From the window one could see ${r.pick(views)} and, farther off, ${r.pick(views)}.`,
  r => `“You may keep ${r.pick(things)},” said ${r.pick(people)}, “but remember that ${r.pick(thoughts)}.”`,
  r => `Nobody asked why ${r.pick(people)} ${r.pick(acts)} ${r.pick(places)} with ${r.pick(things)}.`,
];

/** What has a number, so that each fact is of another kind. */
const topics = ['pass code', 'locker number', 'ticket number', 'shelf mark'] as const;
const owners = list(
  'amber lantern, silver compass, northern ferry, hidden garden, copper kettle, quiet library',
);

const factCount = 3;

/** The same seed gives the same document. @param words about so many */
export function demoDocument(seed: string, words = 5000): DemoDocument {
  const random = createRandom(`demo ${seed}`);
  const facts = hiddenFacts(random);
  const paragraphs: string[][] = [];
  for (let count = 0; count < words; ) {
    const sentences = Array.from({ length: random.integer(4, 8) }, () => random.pick(patterns)(random));
    count += sentences.join(' ').split(' ').length;
    paragraphs.push(sentences);
  }
  for (const [i, { sentence }] of facts.entries()) {
    // One in each third, at the end of a sentence.
    const third = paragraphs.length / facts.length;
    const paragraph = paragraphs[Math.floor((i + random.next()) * third)]!;
    paragraph.splice(random.integer(1, paragraph.length), 0, sentence);
  }
  return { text: `${paragraphs.map(sentences => sentences.join(' ')).join('\n')}\n`, facts };
}

function hiddenFacts(random: Random): readonly DemoFact[] {
  const names = new Set<string>();
  while (names.size < factCount) names.add(random.pick(owners));
  return [...names].map((owner, i): DemoFact => {
    const topic = topics[i]!;
    const answer = String(random.integer(10_000, 999_999));
    return {
      sentence: `Note that the ${topic} of the ${owner} is ${answer}.`,
      question: `What is the ${topic} of the ${owner}?`,
      answer,
    };
  });
}
