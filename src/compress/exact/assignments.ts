/**
 * Secrets by the name they are given to: `password=…`, `api_key: "…"`, `SECRET_TOKEN=…`, `密码：…`. In code a name alone
 * proves little (`token: Token`), so the value is judged too, as strictly as its spelling asks for.
 */
import { isBareSecret, isQuotedSecret, type Spelling } from './secret-value.ts';

export interface AssignedSecret {
  readonly kind: 'password' | 'secret';
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const passwordName =
  'pass(?:word|wd|phrase|code|wort)|kennwort|contraseña|mot de passe|pwd(?!=[/~.])|密码|密碼|口令|비밀번호|(?<![a-z])(?:user|db|root|admin|smtp)?pass';
const secretName =
  'secret|(?:api|access|auth|private|encryption|signing|master|account|shared|client)[_-]?key|token|credential|密钥|密鑰|令牌';
const nameEnd =
  '(?:[_-]?(?:access|key|base|token|value|string|hash|prod|dev|test|live|staging|default)){0,3}\\d{0,3}';
const equals = '[ \\t]{0,4}(?:=>|:=|[=:：＝])[ \\t]{0,4}| is |是';
const assignment = new RegExp(
  `(?:(?<password>${passwordName})|${secretName})${nameEnd}\\\\{0,3}["'\`]?\\]?(?<equals>${equals})`,
  'gi',
);

/** What may stand before the name of a setting alone on its line, and of one among others in a query. */
const lineStart = /(?:^|[\r\n])[ \t]{0,20}(?:export |set |ENV |ARG |- |# ?)?[\w.-]{0,40}$/;
const queryStart = /[?&;][\w.-]{0,40}$/;

/** A value that passes as its first characters is taken to its end, however long. */
const judgedLength = 256;

/** In order; none over another. */
export function* findAssignments(text: string): Generator<AssignedSecret> {
  for (let from = 0; ; ) {
    assignment.lastIndex = from;
    const match = assignment.exec(text);
    if (match === null) return;
    from = assignment.lastIndex;
    const { password, equals: sign = '' } = match.groups!;
    const before = text.slice(Math.max(0, match.index - 64), match.index);
    const place = lineStart.test(before) ? 'line' : queryStart.test(before) ? 'query' : 'inline';
    const isPassword = password !== undefined;
    const { start, endFrom, judge } = valueAt(text, from, place === 'line');
    const spelling: Spelling = {
      isPassword,
      isToken: /^token/i.test(match[0]),
      isSetting: place === 'line' && /^[A-Z0-9_]*=$/.test(match[0]),
      place,
      sign: sign.trim(),
    };
    const near = Math.min(text.length, start + judgedLength);
    if (!judge(text.slice(start, endFrom(near)), spelling)) continue;
    from = endFrom(text.length);
    yield { kind: isPassword ? 'password' : 'secret', start, end: from };
  }
}

interface Value {
  readonly start: number;
  /** Where it ends, looked for up to `limit`. */
  endFrom(limit: number): number;
  readonly judge: (value: string, spelling: Spelling) => boolean;
}

function valueAt(text: string, at: number, isLine: boolean): Value {
  const escapes = text.startsWith('\\', at) ? /^\\{1,3}(?=["'])/.exec(text.slice(at, at + 4)) : null;
  const opening = `${escapes?.[0] ?? ''}${text[at + (escapes?.[0].length ?? 0)] ?? ''}`;
  if (/["'`]$/.test(opening)) {
    const start = at + opening.length;
    return { start, endFrom: limit => quotedEnd(text, start, opening, limit), judge: isQuotedSecret };
  }
  const endFrom = (limit: number): number => {
    const word = bareEnd(text, at, limit);
    return isLine ? lineEnd(text, at, word) : word;
  };
  return { start: at, endFrom, judge: isBareSecret };
}

/** The closing quote, spelled as the opening one, or the end of the line where it is missing. */
function quotedEnd(text: string, start: number, opening: string, limit: number): number {
  for (let at = start; at < limit; at++) {
    const character = text[at]!;
    if (character === '\n' || character === '\r' || text.startsWith(opening, at)) return at;
    if (character === '\\' && opening.length === 1) at++;
  }
  return limit;
}

/** A word, without the brackets and stops that close what it stands in. */
function bareEnd(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && !/[\s"'`&;<>。，；、！？]/.test(text[end]!)) end++;
  while (end > start && ')]},.'.includes(text[end - 1]!)) end--;
  return end;
}

/** Of a setting alone on its line: all few words of it, a remark behind ` #` excepted. */
function lineEnd(text: string, start: number, wordEnd: number): number {
  const rest = text
    .slice(start, start + 101)
    .replace(/[\r\n。，；、！？][\s\S]*$|\s(?:#|\/\/)[\s\S]*$/, '')
    .trimEnd();
  const isWhole = rest.length <= 100 && rest.split(/\s+/).length <= 4;
  return isWhole ? Math.max(wordEnd, start + rest.length) : wordEnd;
}
