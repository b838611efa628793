/** The two question sets RULER takes its documents from, where the user has them: SQuAD 2.0 and HotpotQA (distractor). */
import * as v from 'valibot';
import type { Random } from '../../base/index.ts';
import { type DataFiles, readJson, unreadable } from '../data/data-files.ts';
import { readRows } from '../data/rows.ts';
import type { DocumentQuestions } from './documents.ts';

const squadSchema = v.object({
  data: v.array(
    v.object({
      paragraphs: v.array(
        v.object({
          context: v.string(),
          qas: v.array(
            v.object({
              question: v.string(),
              is_impossible: v.optional(v.boolean(), false),
              answers: v.array(v.object({ text: v.string() })),
            }),
          ),
        }),
      ),
    }),
  ),
});

const hotpotSchema = v.object({
  question: v.string(),
  answer: v.string(),
  context: v.array(v.tuple([v.string(), v.array(v.string())])),
});

interface SetQuestion {
  readonly question: string;
  readonly targets: readonly string[];
  /** Places in the list of documents. */
  readonly documents: readonly number[];
}

/** dev-v2.0.json. @throws GlyphError kind `input` where it is not of its format */
export async function readSquad(files: DataFiles, path: string): Promise<DocumentQuestions> {
  const parsed = v.safeParse(squadSchema, await readJson(files, path));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw unreadable(path, `${v.getDotPath(issue) ?? 'SQuAD'}: ${issue.expected}`, issue.received);
  }
  const paragraphs = parsed.output.data.flatMap(article => article.paragraphs);
  const questions = paragraphs.flatMap(({ qas }, i) =>
    qas
      .filter(({ is_impossible, answers }) => !is_impossible && answers.length > 0)
      .map(({ question, answers }) => ({
        question,
        targets: [...new Set(answers.map(({ text }) => text))],
        documents: [i],
      })),
  );
  return fromSet(
    path,
    paragraphs.map(({ context }) => context),
    questions,
  );
}

/** hotpot_dev_distractor_v1.json. @throws GlyphError kind `input` where a row is not of its format */
export async function readHotpot(files: DataFiles, path: string): Promise<DocumentQuestions> {
  const documents: string[] = [];
  const known = new Map<string, number>();
  const questions: SetQuestion[] = [];
  const rows = readRows(files, path, hotpotSchema, ({ question, answer, context }) => {
    const places = context.map(([title, sentences]) => {
      const document = `${title}\n${sentences.join('')}`;
      const place = known.get(document) ?? documents.push(document) - 1;
      known.set(document, place);
      return place;
    });
    return { kind: 'question' as const, question, targets: [answer], documents: places };
  });
  for await (const row of rows) {
    if (row.kind === 'fault') throw unreadable(path, `row ${row.line} with ${row.expected}`, row.actual);
    questions.push(row);
  }
  return fromSet(path, documents, questions);
}

function fromSet(
  path: string,
  documents: readonly string[],
  questions: readonly SetQuestion[],
): DocumentQuestions {
  if (questions.length === 0) throw unreadable(path, 'questions with an answer', 'none');
  return (random: Random, index) => {
    const { documents: own, ...asked } = questions[index % questions.length]!;
    const isOwn = new Set(own);
    if (documents.length === isOwn.size)
      throw unreadable(path, 'documents besides those of a question', 'none');
    const nextDistractor = () => {
      for (;;) {
        const place = random.integer(0, documents.length - 1);
        if (!isOwn.has(place)) return documents[place]!;
      }
    };
    return { ...asked, documents: own.map(place => documents[place]!), nextDistractor };
  };
}
