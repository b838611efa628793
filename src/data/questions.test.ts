/** Questions with known answers: what is planted is there once, and places of pages lead back to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { cleanText } from './clean-text.ts';
import type { TextPage } from './draw.ts';
import { countingTask } from './questions/counting.ts';
import { locateTask } from './questions/find-line.ts';
import { continuationTask, pageTextTask, whichPageTask } from './questions/from-pages.ts';
import { keyValueTask } from './questions/key-value.ts';
import { locate, markOf } from './questions/locate.ts';
import { multiKeyTask, multiQueryTask, multiValueTask, needleTask } from './questions/needle.ts';
import { plant } from './questions/plant.ts';
import type { QuestionTask } from './questions/question.ts';
import { english } from './test/texts.ts';

const text = cleanText(english(8000));

/** Pages of so many lines of so many characters. */
function pagesOf(shown: string, lineLength = 60, linesPerPage = 20): TextPage[] {
  const lines = Array.from({ length: Math.ceil(shown.length / lineLength) }, (_, i) => ({
    start: i * lineLength,
    end: Math.min(shown.length, (i + 1) * lineLength),
  }));
  return Array.from({ length: Math.ceil(lines.length / linesPerPage) }, (_, i) => {
    const own = lines.slice(i * linesPerPage, (i + 1) * linesPerPage);
    const span = { start: own[0]!.start, end: own.at(-1)!.end };
    const image = { png: new Uint8Array(0), widthPx: 1, heightPx: 1, visionTokens: 1 };
    return { number: i + 1, span, lines: own, ...image };
  });
}

const times = (whole: string, part: string) => whole.split(part).length - 1;

function ask(task: QuestionTask, seed: number) {
  const random = createRandom(seed);
  const prepared = task(text, random);
  assert.ok(prepared !== undefined);
  const pages = pagesOf(prepared.text);
  const question = prepared.ask({ pages, isWhole: true }, random);
  return { prepared, pages, question };
}

test('planted answers stand in the text once, where the evidence says', () => {
  fc.assert(
    fc.property(fc.nat(), seed => {
      for (const task of [needleTask, multiKeyTask, multiValueTask, multiQueryTask, keyValueTask]) {
        const { prepared, question } = ask(task, seed);
        assert.ok(question !== undefined);
        const { answer, targets, evidence } = question;
        assert.equal(answer, targets.join(', '));
        for (const [i, { start, end }] of evidence.entries()) {
          assert.ok(prepared.text.slice(start, end).includes(targets[i]!));
          assert.equal(times(prepared.text, targets[i]!), 1);
        }
      }
      const { prepared, question } = ask(countingTask, seed);
      const [, sentence = ''] = /say “(.*)”\?/.exec(question?.question ?? '') ?? [];
      assert.equal(String(times(prepared.text, sentence)), question?.answer);
    }),
    { numRuns: 20, examples: [[378_828_902]] }, // draws one word as a name and as a value
  );
});

test('questions about the text itself: the page, the rest of a sentence, the whole page', () => {
  let asked = 0;
  for (let seed = 0; seed < 30; seed++) {
    const page = ask(whichPageTask, seed).question;
    const sentence = /sentence “(.*)” begin/.exec(page?.question ?? '')?.[1];
    if (page !== undefined && sentence !== undefined) {
      asked++;
      const pages = pagesOf(text);
      const at = text.indexOf(sentence);
      assert.equal(page.answer, String(pages.find(({ span }) => span.start <= at && at < span.end)?.number));
    }
    const rest = ask(continuationTask, seed).question;
    const cue = /begins “(.*)”\. Write/.exec(rest?.question ?? '')?.[1];
    if (rest !== undefined) assert.ok(text.includes(`${cue} ${rest.answer}`));
    const { question: copy, pages } = ask(pageTextTask('none'), seed);
    const number = Number(/page (\d+)/.exec(copy?.question ?? '')?.[1]);
    const { start, end } = pages[number - 1]!.span;
    assert.equal(copy?.answer, text.slice(start, end).replace(/^\n+|\n+$/g, ''));
  }
  assert.ok(asked > 15, `${asked} of 30 asked`);
});

test('RULER’s wording beside our own; several keys are answered in the order asked', () => {
  const types = new Set<string>();
  let [magic, begun] = [0, 0];
  for (let seed = 0; seed < 40; seed++) {
    const { question } = ask(needleTask, seed);
    const asked = question?.question ?? '';
    const found = /^What is the special magic (number|word|uuid) for \S+ given in the text\?/.exec(asked);
    if (found === null) assert.match(asked, /^What is the \w+ \w+ of the \w+ \w+\?$/);
    else {
      magic++;
      types.add(found[1]!);
      const rest = asked.slice(found[0].length);
      if (rest !== '') begun++;
      assert.ok(rest === '' || rest === ` T${found[0].slice('What is t'.length, -1)} is`, rest);
    }
    const { prepared, question: several } = ask(multiQueryTask, seed);
    const [, type, names] =
      /^What are all the special magic (\w+)s for (.*?) given in the text\?/.exec(several?.question ?? '') ??
      [];
    const keys = names?.split(/, (?:and )?/) ?? [];
    assert.ok(keys.length >= 2 && keys.length <= 4 && names?.includes(`, and ${keys.at(-1)}`), names);
    for (const [i, each] of keys.entries()) {
      const fact = `One of the special magic ${type}s for ${each} is: ${several?.targets[i]}.`;
      assert.equal(times(prepared.text, fact), 1, fact);
    }
  }
  assert.ok(magic > 15 && magic < 35, `${magic} of 40 in RULER’s words`);
  assert.ok(begun > 4 && begun < magic - 4, `${begun} of ${magic} go on with how the answer begins`);
  assert.deepEqual([...types].sort(), ['number', 'uuid', 'word']);
});

test('locate: the words stand once, in the line that the answer marks', () => {
  let asked = 0;
  for (let seed = 0; seed < 30; seed++) {
    const { question, pages } = ask(locateTask, seed);
    const words = /^Find the line that says “(.*)”\.$/.exec(question?.question ?? '')?.[1];
    if (question === undefined || words === undefined) continue;
    asked++;
    assert.equal(times(text, words), 1);
    const [, page, line] = /^\[p(\d+):(\d+)\]$/.exec(question.answer) ?? [];
    const found = pages[Number(page) - 1]!.lines[Number(line) - 1]!;
    assert.ok(text.slice(found.start, found.end).includes(words));
    assert.deepEqual(question.evidence, [found]);
    const count = words.split(' ').length;
    assert.ok(count >= 2 && count <= 4, words);
  }
  assert.ok(asked > 25, `${asked} of 30 asked`);
});

test('one page gives no question for a page', () => {
  const prepared = whichPageTask(text, createRandom(1));
  assert.equal(prepared?.ask({ pages: pagesOf(text, 60, 1000), isWhole: true }, createRandom(1)), undefined);
});

test('spans lead to lines, over the end of a page too', () => {
  const pages = pagesOf('x'.repeat(300), 10, 10);
  assert.deepEqual(locate(pages, { start: 10, end: 20 }), [{ page: 1, first: 2, last: 2 }]);
  assert.deepEqual(locate(pages, { start: 95, end: 105 }), [
    { page: 1, first: 10, last: 10 },
    { page: 2, first: 1, last: 1 },
  ]);
  assert.equal(locate(pages, { start: 295, end: 301 }), undefined, 'a part that no page shows');
  assert.equal(locate([], { start: 0, end: 1 }), undefined);
  assert.deepEqual(
    [3, 4].map(last => markOf({ page: 2, first: 3, last })),
    ['[p2:3]', '[p2:3-4]'],
  );
});

test('a text with too few places takes no more sentences', () => {
  assert.equal(plant('One. Two.', ['A.', 'B.', 'C.'], createRandom(1)), undefined);
  const planted = plant('One. Two.', ['A.', 'B.'], createRandom(1));
  assert.equal(planted?.text, 'A. One. B. Two.');
});
