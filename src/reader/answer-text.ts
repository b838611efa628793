/**
 * An answer's text from its tokens as they are written: thinking apart, no character cut in two, nothing past a stop
 * string. Marks of rows lead what is quoted in thinking; in the answer they are shown only where they are the answer
 * themselves, and otherwise say no more than where the text was read.
 */
import type { Delta } from '../model/index.ts';
import { markText } from './marks.ts';
import { createStopText } from './stop-text.ts';
import { mostPages, mostRows, specialId, type Vocabulary } from './vocabulary.ts';

export interface AnswerText {
  readonly text: string;
  readonly reasoning: string;
  readonly reasoningTokens: number;
  /** Whether a stop string was met. */
  readonly isStopped: boolean;
  take(token: number): readonly Delta[];
  /** What was held back. */
  end(): readonly Delta[];
}

export function createAnswerText(vocabulary: Vocabulary, stops: readonly string[] = []): AnswerText {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const stopText = createStopText(stops);
  let [text, reasoning] = ['', ''];
  let reasoningTokens = 0;
  let isThinking = false;
  /** Of the row mark that comes next, as the cursor has it. */
  let page = 1;
  let row = 0;
  /** Written in the answer, with nothing after it yet. */
  let pendingMark: string | undefined;
  let hasWritten = false;

  function give(more: string): readonly Delta[] {
    if (more === '') return [];
    if (isThinking) reasoning += more;
    else text += more;
    return [{ type: isThinking ? 'reasoning' : 'text', text: more }];
  }

  const write = (more: string) => {
    if (more !== '') hasWritten = true;
    return give(isThinking ? more : stopText.take(more));
  };

  /** What stands before a special token: bytes that are no whole character, and a mark without text. */
  function finish(): readonly Delta[] {
    const last = write(utf8.decode());
    if (pendingMark === undefined) return last;
    const mark = `${hasWritten ? '\n' : ''}${pendingMark}`;
    pendingMark = undefined;
    return [...last, ...write(mark)];
  }

  function takeRow(next: number): readonly Delta[] {
    const before = finish();
    row = next;
    const mark = markText({ page, row });
    if (isThinking) return [...before, ...write(`${hasWritten ? '\n' : ''}${mark} `)];
    pendingMark = mark;
    return before;
  }

  function takeThink(next: boolean): readonly Delta[] {
    const before = [...finish(), ...(isThinking ? [] : give(stopText.rest()))];
    reasoningTokens++;
    isThinking = next;
    hasWritten = (isThinking ? reasoning : text) !== '';
    return before;
  }

  return {
    get text() {
      return text;
    },
    get reasoning() {
      return reasoning;
    },
    get reasoningTokens() {
      return reasoningTokens;
    },
    get isStopped() {
      return stopText.isStopped;
    },
    take(token) {
      if (token === specialId('think')) return takeThink(true);
      if (token === specialId('think-end')) return takeThink(false);
      if (isThinking) reasoningTokens++;
      if (token === specialId('next-row')) return takeRow(row + 1);
      const [pageMark, rowMark] = [token - specialId('page-1'), token - specialId('row-1')];
      if (rowMark >= 0 && rowMark < mostRows) return takeRow(rowMark + 1);
      if (pageMark >= 0 && pageMark < mostPages) {
        const before = finish();
        page = pageMark + 1;
        row = 0;
        return before;
      }
      const bytes = vocabulary.bytesOf(token);
      if (bytes.length > 0) pendingMark = undefined;
      return write(utf8.decode(bytes, { stream: true }));
    },
    end: () => [...finish(), ...(isThinking ? [] : give(stopText.rest()))],
  };
}
