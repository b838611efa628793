/**
 * Lists written as Python literals, as MMLongBench-Doc's targets and extracted answers hold them. The published
 * scorer evaluates them as code; here they are only read.
 */

const quoted = /'([^'\\\n]*(?:\\[\s\S][^'\\\n]*)*)'|"([^"\\\n]*(?:\\[\s\S][^"\\\n]*)*)"/y;
const bare = /[+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|True|False|None/y;
const gap = /\s*/y;

/** The elements as `str()` prints them; undefined where the text is not a list of strings and numbers. */
export function readPythonList(text: string): readonly string[] | undefined {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text) ?? undefined;
    at += match?.[0].length ?? 0;
    return match;
  };
  const takeMark = (mark: string): boolean => {
    take(gap);
    if (text[at] !== mark) return false;
    at++;
    take(gap);
    return true;
  };

  if (!takeMark('[')) return undefined;
  const elements: string[] = [];
  while (!takeMark(']')) {
    if (elements.length > 0 && !takeMark(',')) return undefined;
    if (elements.length > 0 && takeMark(']')) break;
    const string = take(quoted);
    const element = string === undefined ? take(bare)?.[0] : plainString(string[1] ?? string[2] ?? '');
    if (element === undefined) return undefined;
    elements.push(string === undefined ? plainNumber(element) : element);
  }
  return at === text.length ? elements : undefined;
}

/** Without what Python drops when it prints a number, e.g. "+1_000" → "1000", "2.50" → "2.5". */
function plainNumber(text: string): string {
  const plain = text.replace(/^\+|_/g, '');
  if (!/^[-\d.]*[.e]/i.test(plain)) return plain;
  const value = Number(plain);
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

function plainString(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (whole, byte?: string, unit?: string, letter?: string) => {
      const code = byte ?? unit;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      const escaped = escapes[letter ?? ''];
      if (escaped !== undefined) return escaped;
      return /['"\\]/.test(letter ?? '') ? letter! : whole;
    },
  );
}
