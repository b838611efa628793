/**
 * Takes secrets out of a text before it becomes pages, and remembers where they stood, so that what is cited from the
 * new text can be looked up in the given one.
 */
import { GlyphError } from '../../base/index.ts';
import { findAssignments } from './assignments.ts';
import { secretForms } from './secret-forms.ts';

export type SecretKind = (typeof secretForms)[number]['kind'];

export interface Secret {
  readonly kind: SecretKind;
  /** UTF-16 code units of the text as given. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Redacted {
  /** With `[redacted KIND]` for each secret. */
  readonly text: string;
  /** In order, none over another. */
  readonly secrets: readonly Secret[];
  /**
   * Offset in `text` → offset in the text as given; within a replacement, where its secret starts.
   * @throws GlyphError kind `input` for an offset outside `text`
   */
  toSource(offset: number): number;
}

export function redactSecrets(text: string): Redacted {
  const secrets = findSecrets(text);
  const parts: string[] = [];
  /** Where each replacement stands in the new text. */
  const shown: { readonly start: number; readonly end: number }[] = [];
  let [at, length] = [0, 0];
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (const { kind, start, end } of secrets) {
    add(text.slice(at, start));
    const shownStart = length;
    add(`[redacted ${kind}]`);
    shown.push({ start: shownStart, end: length });
    at = end;
  }
  add(text.slice(at));
  const toSource = (offset: number): number => {
    if (!(offset >= 0 && offset <= length)) {
      throw new GlyphError({
        kind: 'input',
        operation: 'find an offset in the text before redaction',
        expected: `a number from 0 to ${length}`,
        actual: String(offset),
      });
    }
    const i = lastStartingBy(shown, offset);
    if (i < 0) return offset;
    const { end } = shown[i]!;
    return offset < end ? secrets[i]!.start : secrets[i]!.end + offset - end;
  };
  return { text: parts.join(''), secrets, toSource };
}

/** The last that starts at or before `offset`, -1 for none. */
function lastStartingBy(spans: readonly { readonly start: number }[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where forms overlap, one secret covers them all, so that nothing of either is left. */
function findSecrets(text: string): Secret[] {
  const found: Secret[] = [...findAssignments(text), ...findForms(text)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  const secrets: Secret[] = [];
  for (const secret of found) {
    if (text.startsWith('[redacted ', secret.start)) continue; // by an earlier redaction
    const last = secrets.at(-1);
    if (last === undefined || secret.start >= last.end) secrets.push(secret);
    else if (secret.end > last.end) secrets[secrets.length - 1] = { ...last, end: secret.end };
  }
  return secrets;
}

/** One pass finds where any form may begin. */
const anyStart = new RegExp(
  secretForms
    .flatMap(({ starts }) => starts)
    .map(start => start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
  'g',
);

/** Starts with the index of their form, by first character. */
const startsBy = new Map<number, { readonly start: string; readonly form: number }[]>();
for (const [form, { starts }] of secretForms.entries()) {
  for (const start of starts) {
    const code = start.charCodeAt(0);
    startsBy.set(code, [...(startsBy.get(code) ?? []), { start, form }]);
  }
}

function* findForms(text: string): Generator<Secret> {
  /** How far each form has read: within its own match it does not begin again. */
  const readTo = new Array<number>(secretForms.length).fill(0);
  for (let from = 0; ; ) {
    anyStart.lastIndex = from;
    const at = anyStart.exec(text)?.index;
    if (at === undefined) return;
    from = at + 1;
    for (const { start, form } of startsBy.get(text.charCodeAt(at))!) {
      if (at < readTo[form]! || !text.startsWith(start, at)) continue;
      const { kind, pattern } = secretForms[form]!;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) continue;
      const { keep = '', before = '' } = match.groups ?? {};
      const end = at + match[0].length;
      readTo[form] = end;
      yield { kind, start: at - before.length + keep.length, end };
    }
  }
}
