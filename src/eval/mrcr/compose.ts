/**
 * Short pieces of writing in a form and about a topic, made up of templates: the turns of an MRCR-style conversation.
 * Two pieces of one form and topic differ in their sentences, as the benchmark's do.
 */
import type { Random } from '../../base/index.ts';
import { sentence } from '../ruler/prose.ts';
import { adjectives, firstNames, nouns, placeName } from '../ruler/words.ts';

const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

export const topics = list(`
  tapirs, rivers, lanterns, bridges, bakers, meteors, harbors, violins, deserts, clocks, orchards, whales, libraries,
  volcanoes, gardens, trains, beetles, castles, winters, maps, lighthouses, spices, owls, markets, islands, mirrors,
  glaciers, puppets, kites, forests, submarines, festivals, shadows, bicycles, fountains, teapots, mountains, robots,
  seashells, windmills
`);

const openings = list(`
  Few things are as {adjective} as, There is something {adjective} about, Nobody in {place} had ever thought much about,
  {name} used to dream of, We seldom stop to look at, It all began with, The old songs praise, I have come to admire,
  Every child in {place} knows about, My {noun} and I owe everything to
`);

/** A sentence with the topic in it, e.g. "Few things are as calm as tapirs." */
function onTopic(topic: string, random: Random): string {
  const opening = random
    .pick(openings)
    .replace('{adjective}', () => random.pick(adjectives))
    .replace('{noun}', () => random.pick(nouns))
    .replace('{name}', () => random.pick(firstNames))
    .replace('{place}', () => placeName(random));
  return `${opening} ${topic}.`;
}

const sentences = (count: number, random: Random) => Array.from({ length: count }, () => sentence(random));

const body = (topic: string, least: number, most: number, random: Random): string =>
  [onTopic(topic, random), ...sentences(random.integer(least, most), random)].join(' ');

const verse = (topic: string, random: Random) =>
  [onTopic(topic, random), ...sentences(3, random)].map(line => line.replace(/\.$/, ',')).join('\n');

type Writer = (topic: string, random: Random) => string;

const writers: Readonly<Record<string, Writer>> = {
  poem: (topic, random) =>
    Array.from({ length: random.integer(1, 3) }, () => verse(topic, random)).join('\n\n'),
  riddle: (topic, random) => `${sentences(3, random).join('\n')}\nWhat are we? ${onTopic(topic, random)}`,
  'short essay': (topic, random) => `${body(topic, 3, 6, random)}\n\n${body(topic, 2, 5, random)}`,
  'blog post': (topic, random) =>
    `# On ${topic}\n\n${body(topic, 3, 6, random)}\n\n${body(topic, 2, 4, random)} Tell me what you think below.`,
  letter: (topic, random) =>
    `Dear ${random.pick(firstNames)},\n\n${body(topic, 4, 8, random)}\n\nYours,\n${random.pick(firstNames)}`,
  'news article': (topic, random) => `${placeName(random).toUpperCase()} - ${body(topic, 4, 8, random)}`,
  'social media post': (topic, random) => `${body(topic, 1, 2, random)} #${topic} #${random.pick(nouns)}`,
  speech: (topic, random) => `Friends and neighbors! ${body(topic, 4, 8, random)} Thank you all.`,
  song: (topic, random) => `${verse(topic, random)}\n\nOh, ${topic}, ${topic}!\n\n${verse(topic, random)}`,
  'short story': (topic, random) => `${body(topic, 4, 8, random)} And that was the end of it.`,
};

export const forms = Object.keys(writers);

/** @param form one of `forms` */
export const compose = (form: string, topic: string, random: Random): string => writers[form]!(topic, random);
