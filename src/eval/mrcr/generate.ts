/**
 * An MRCR-style conversation: the user asks for pieces of writing, some of them several times over for the same form
 * and topic, and at last for one of these again, word for word, by its number.
 */
import type { Random } from '../../base/index.ts';
import { type Message, textMessage } from '../../model/index.ts';
import { drawPlaces } from '../ruler/draw.ts';
import { compose, forms, topics } from './compose.ts';

export interface MrcrParts {
  readonly messages: readonly Message[];
  readonly question: string;
  /** With the prefix. */
  readonly target: string;
  readonly prefix: string;
  /** From 1, among the needles. */
  readonly wanted: number;
}

interface Turn {
  readonly form: string;
  readonly topic: string;
  readonly reply: string;
}

/** @param size words in the replies that are not asked for again; the last of them is cut */
export function makeConversation(needles: number, random: Random, size: number): MrcrParts {
  const [form, topic] = [random.pick(forms), random.pick(topics)];
  const prefix = Array.from({ length: 10 }, () => random.pick([...prefixCharacters])).join('');
  const wanted = random.integer(1, needles);
  const hidden = Array.from({ length: needles }, () => ({
    form,
    topic,
    reply: compose(form, topic, random),
  }));
  const turns = otherTurns({ form, topic }, random, size);
  const places = drawPlaces(turns.length + needles, needles, random);
  for (const [i, place] of places.entries()) turns.splice(place, 0, hidden[i]!);
  return {
    messages: turns.flatMap(turn => [
      textMessage('user', `write a ${turn.form} about ${turn.topic}`),
      textMessage('assistant', turn.reply),
    ]),
    question: `Prepend ${prefix} to the ${ordinals[wanted - 1]} (1 indexed) ${form} about ${topic}. Do not include any other text in your response.`,
    target: prefix + hidden[wanted - 1]!.reply,
    prefix,
    wanted,
  };
}

const prefixCharacters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th'];

/** Turns that share the form or the topic with the needles, never both. */
function otherTurns(needle: Omit<Turn, 'reply'>, random: Random, words: number): Turn[] {
  const turns: Turn[] = [];
  for (let left = words; left > 0; ) {
    const [form, topic] = [random.pick(forms), random.pick(topics)];
    if (form === needle.form && topic === needle.topic) continue;
    const parts = compose(form, topic, random).split(' ');
    turns.push({ form, topic, reply: parts.slice(0, left).join(' ') });
    left -= parts.length;
  }
  return turns;
}
