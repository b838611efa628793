/**
 * A made-up world to ask about: people with a birthplace and a trade, institutions with a founder. One question needs
 * one document (as SQuAD's do), or two that hang together (as HotpotQA's do).
 */
import type { Random } from '../../base/index.ts';
import type { DocumentQuestion, DocumentQuestions } from './documents.ts';
import { drawNew } from './draw.ts';
import { sentence, withArticles } from './prose.ts';
import { firstNames, institutions, placeName, surname, trades } from './words.ts';

interface Person {
  readonly name: string;
  readonly birthplace: string;
  readonly trade: string;
}

interface Institution {
  readonly name: string;
  readonly founder: string;
}

/** The answer stands in one document. */
export const singleHopQuestions: DocumentQuestions = random => {
  const world = createWorld(random);
  const person = world.newPerson();
  const institution = world.newInstitution(person);
  const [about, question, target] = random.pick([
    [personText, `In which town was ${person.name} born?`, person.birthplace],
    [personText, `What was the trade of ${person.name}?`, person.trade],
    [institutionText, `Who founded the ${institution.name}?`, person.name],
  ] as const);
  const document = about === personText ? personText(person, random) : institutionText(institution, random);
  return { question, targets: [target], documents: [document], nextDistractor: world.distractor };
};

/** One document names the founder, another tells of the founder. */
export const twoHopQuestions: DocumentQuestions = (random): DocumentQuestion => {
  const world = createWorld(random);
  const founder = world.newPerson();
  const institution = world.newInstitution(founder);
  const [question, target] = random.pick([
    [`In which town was the founder of the ${institution.name} born?`, founder.birthplace],
    [`What was the trade of the founder of the ${institution.name}?`, founder.trade],
  ] as const);
  return {
    question,
    targets: [target],
    documents: [institutionText(institution, random), personText(founder, random)],
    nextDistractor: world.distractor,
  };
};

/** People and institutions, all of different names. */
function createWorld(random: Random) {
  const used = new Set<string>();
  const place = () => placeName(random);
  const newPerson = (): Person => ({
    name: drawNew(used, () => `${random.pick(firstNames)} ${surname(random)}`),
    birthplace: place(),
    trade: random.pick(trades),
  });
  const newInstitution = (founder: Person): Institution => ({
    name: drawNew(used, () => `${place()} ${random.pick(institutions)}`),
    founder: founder.name,
  });
  const distractor = () =>
    random.next() < 0.5
      ? personText(newPerson(), random)
      : institutionText(newInstitution(newPerson()), random);
  return { newPerson, newInstitution, distractor };
}

const personText = ({ name, birthplace, trade }: Person, random: Random): string =>
  textOf(
    name,
    [
      `${name} was born in ${birthplace}.`,
      withArticles(`For most of a long life ${name} worked as a ${trade}.`),
    ],
    random,
  );

const institutionText = ({ name, founder }: Institution, random: Random): string =>
  textOf(name, [`The ${name} was founded by ${founder}.`], random);

/** A title and the facts in order, with sentences around them that tell nothing. */
function textOf(title: string, facts: readonly string[], random: Random): string {
  const filler = () => Array.from({ length: random.integer(1, 3) }, () => sentence(random));
  return `${title}\n${[...facts.flatMap(fact => [...filler(), fact]), ...filler()].join(' ')}`;
}
