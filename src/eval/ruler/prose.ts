/**
 * Plain English sentences without end: what stands in for essays where a needle is to be hidden. They hold no digits,
 * no "magic" and nothing a question could be about.
 */
import type { Random } from '../../base/index.ts';
import { adjectives, adverbs, firstNames, nouns, pastVerbs, people, verbs } from './words.ts';

const slots = {
  noun: nouns,
  adjective: adjectives,
  verb: verbs,
  past: pastVerbs,
  adverb: adverbs,
  person: people,
  name: firstNames,
} as const;

const templates = [
  'The {adjective} {noun} stood beside the {noun}, and nobody {past} it.',
  '{name} {adverb} {past} the {noun} before the {person} came back.',
  'A {person} told us that the {noun} had once been {adjective}.',
  'It was {adjective} that morning, so the {person} {past} a {adjective} {noun} and waited.',
  'No one could {verb} without the {noun}, which the {person} had {past} the day before.',
  'Between the {noun} and the {noun} there was a {adjective} {noun}.',
  'We {past} the {noun} because it looked {adjective} and smelled of {noun}.',
  'If you want to {verb}, said {name}, you must first {verb} like a {person}.',
  'The {person} and the {person} {past} the same {adjective} {noun} all evening.',
  'Most people {adverb} {verb} when they see a {noun}, but {name} did not.',
  'After supper the {person} {past} every {noun} in the house.',
  'There is a {adjective} reason to {verb}, and it has nothing to do with the {noun}.',
  '{name} asked whether the {noun} was {adjective} enough for a {person}.',
  'What the {person} {past} was not a {noun} but a rather {adjective} {noun}.',
  'They {adverb} came to {verb}, yet they stayed to {verb}.',
  'The road to the {noun} was {adjective}, and the {noun} beyond it was {adjective} too.',
  'In those days a {person} would {verb} for the price of a {noun}.',
  'Under the {noun} lay a {adjective} {noun} that {name} had {past}.',
  'Nothing in the room was {adjective} except the {noun} by the window.',
  'Every {person} has to {verb} sooner or later.',
  'The {noun} that {name} {past} belonged to a {adjective} {person}.',
  'Some call it a {noun}; others, who {verb} more {adverb}, call it a {noun}.',
  'When the {noun} was finished, the {person} {adverb} {past} it and went home.',
  'It takes a {adjective} {person} to {verb} and a {adjective} one to {verb} again.',
] as const;

/** The next sentence, e.g. "Every potter has to sing sooner or later." */
export function sentence(random: Random): string {
  const filled = random
    .pick(templates)
    .replace(/\{(\w+)\}/g, (_, slot: keyof typeof slots) => random.pick(slots[slot]));
  return withArticles(filled);
}

/** "a owl" → "an owl". */
export function withArticles(text: string): string {
  return text.replace(/\b([Aa]) (?=[aeio]|u(?!seful)|honest|hour)/g, '$1n ');
}

/** Whole sentences until there are `words` words; the last sentence is cut there. */
export function prose(words: number, random: Random): string[] {
  const sentences: string[] = [];
  let left = words;
  while (left > 0) {
    const whole = sentence(random);
    const parts = whole.split(' ');
    sentences.push(parts.length <= left ? whole : `${parts.slice(0, left).join(' ').replace(/[,;]$/, '')}.`);
    left -= parts.length;
  }
  return sentences;
}
