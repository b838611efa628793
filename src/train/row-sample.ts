/**
 * A row of training data as it is put to the reader. A question is asked as the reader is asked it: after it the rows found
 * for it, as notes, from which it answers. A page to write out is put as the reader reads it: a few of its rows, from the
 * mark of the first. Other rows are pages for their marks and what the assistant writes.
 */
import type { Random } from '../base/index.ts';
import { imageMark } from '../data/index.ts';
import {
  answerPieces,
  askingPieces,
  createSample,
  cropRows,
  cutPage,
  type MarkedRow,
  notedPlaces,
  type Piece,
  rowsOfPlaces,
  type Sample,
} from '../reader/index.ts';
import type { Row } from './data-set.ts';
import { echoPieces } from './echoes.ts';
import { rowMark, special } from './lessons.ts';
import type { Material, ReaderKind } from './material.ts';
import type { AnswerKey } from './reward.ts';

export interface PutRow {
  readonly prompt: readonly Piece[];
  /** To learn, with weights; empty for a question without an answer. */
  readonly answer: readonly Piece[];
  /** What an answer is held against. */
  readonly key: AnswerKey | undefined;
}

type PutMaterial = Pick<Material, 'kind' | 'loadPage'>;
type LinedRow = Row & { readonly lines: NonNullable<Row['lines']> };

/** The loss falls on what an assistant writes. */
export async function rowSample(row: Row, material: PutMaterial, random: Random): Promise<Sample> {
  const { prompt, answer } = await putRow(row, material, random);
  return createSample([...prompt, ...answer], material.kind.config, material.kind.vocabulary);
}

/** @param random chooses among the lines of a page to write out, and what to ask again */
export async function putRow(row: Row, material: PutMaterial, random: Random): Promise<PutRow> {
  const { lines } = row;
  if (lines === undefined) return await putMessages(row, material);
  const lined = { ...row, lines };
  return row.reward === 'ocr'
    ? await putLines(lined, material, random)
    : putQuestion(lined, material.kind, random);
}

/** Turns that ask for more of the same notes. */
const echoes = 5;

function putQuestion(
  { messages, lines, reward, answer }: LinedRow,
  kind: ReaderKind,
  random: Random,
): PutRow {
  const question = messages
    .find(({ role }) => role === 'user')!
    .content.replaceAll(imageMark, '')
    .trim();
  const rows = lines.flatMap((page, i) =>
    page.map((text, j): MarkedRow => ({ page: i + 1, row: j + 1, text })),
  );
  const places = notedPlaces(question, rows, kind);
  const last = messages.at(-1)!;
  const written = last.role === 'assistant' ? last.content.replace(thinking, '') : undefined;
  const whole = written ?? answer ?? '';
  const alone =
    random.next() < aloneShare
      ? placeAlone(places, whole, written === undefined ? 0 : strangerShare, random)
      : undefined;
  const { rows: noted, held } = alone ?? { rows: rowsOfPlaces(places), held: whole };
  return {
    prompt: askingPieces(question, noted),
    answer: written === undefined ? [] : [...answerAlone(held), ...echoPieces(noted, echoes, random)],
    key: reward === undefined || answer === undefined ? undefined : { reward, answer: held },
  };
}

/** Of the questions: put with one place alone, as the reader puts them; else with all places. */
const aloneShare = 0.5;

/** Of these: with a place that does not answer them, where nothing is to be said. */
const strangerShare = 0.15;

/** A place that holds the answer or some of a list, and what it holds; or one that holds nothing of it. */
function placeAlone(
  places: readonly (readonly MarkedRow[])[],
  answer: string,
  strangers: number,
  random: Random,
) {
  const put = places.map(rows => ({ rows, held: heldBy(rows, answer) }));
  const isStranger = random.next() < strangers;
  const fitting = put.filter(({ held }) => (held === '') === isStranger);
  return fitting.length === 0 ? undefined : random.pick(fitting);
}

function heldBy(rows: readonly MarkedRow[], answer: string): string {
  const text = rows.map(row => row.text).join('');
  if (text.includes(answer)) return answer;
  const items = answer.split(', ').filter(item => !/\s/.test(item) && text.includes(item));
  return items.join(', ');
}

/** What the notes say already. */
const thinking = /^<think>\n.*?\n<\/think>\n/s;

/** Words begin with a space, as those in the notes that they copy do. */
const answerAlone = (content: string): readonly Piece[] => [
  ...(content === '' ? [] : answerPieces(content, 1)).map(
    (piece): Piece =>
      piece.type === 'text' ? { ...piece, text: ` ${piece.text}`, copies: 'before' } : piece,
  ),
  special('end', 1),
];

/** Lines of a page that are put at once, at most. */
const mostLines = 3;

async function putLines(row: LinedRow, { kind, loadPage }: PutMaterial, random: Random): Promise<PutRow> {
  const at = random.integer(0, row.lines.length - 1);
  const page = row.lines[at]!;
  const count = random.integer(1, Math.min(mostLines, page.length));
  const first = random.integer(0, page.length - count);
  const lines = page.slice(first, first + count);
  const patches = cropRows(await loadPage(row.images[at]!), kind.config, first, count);
  return {
    prompt: [
      special('user'),
      { type: 'page', patches },
      special('assistant'),
      special('page-1'),
      special(rowMark(first)),
    ],
    answer: [
      ...lines.flatMap((text, i): readonly Piece[] => [
        ...(i === 0 ? [] : [special('next-row', 1)]),
        { type: 'text', text, weight: 1 },
      ]),
      special('end', 1),
    ],
    key: { reward: 'ocr', answer: lines.join('') },
  };
}

async function putMessages(row: Row, { kind, loadPage }: PutMaterial): Promise<PutRow> {
  const { messages, reward, answer } = row;
  const images = row.images.values();
  const turns: Piece[][] = [];
  for (const { role, content } of messages) {
    const pieces: Piece[] = [special(role)];
    for (const [i, text] of content.split(imageMark).entries()) {
      if (i > 0) {
        const page = await loadPage(images.next().value!);
        pieces.push({ type: 'page', patches: cutPage(page, kind.config) });
      }
      if (role === 'assistant') pieces.push(...answerPieces(text, 1));
      else if (text.trim() !== '') pieces.push({ type: 'text', text: text.trim() });
    }
    if (role === 'assistant') pieces.push(special('end', 1));
    turns.push(pieces);
  }
  const isAnswered = messages.at(-1)?.role === 'assistant';
  const [mark, ...written] = isAnswered ? turns.pop()! : [special('assistant')];
  return {
    prompt: [...turns.flat(), mark!],
    answer: written,
    key: reward === undefined || answer === undefined ? undefined : { reward, answer },
  };
}
