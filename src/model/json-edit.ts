/**
 * Changes chosen values of a JSON text and leaves every other byte as it is: numbers as written, order of keys, spaces,
 * fields nobody here knows. It walks only along the paths it is given and steps over the rest (RFC 8259 grammar).
 */
import { GlyphError } from '../base/index.ts';

/** Keys of objects and indexes of arrays from the outermost value, e.g. `['messages', 0, 'content']`. */
export type JsonPath = readonly (string | number)[];

export interface JsonEdit {
  readonly path: JsonPath;
  /** `replace`: the value itself. `after`: stands right behind it, so its text begins with a comma. */
  readonly at: 'replace' | 'after';
  /** JSON text in pieces, which may be long and are not copied. */
  readonly text: readonly string[];
}

interface EditNode {
  replace?: readonly string[];
  after?: readonly string[];
  readonly children: Map<string | number, EditNode>;
}

/**
 * @param json valid JSON: `JSON.parse` has taken it
 * @returns the new text in pieces
 * @throws GlyphError kind `input` for a path that is not there, or that an object's key occurs in twice
 */
export function editJson(json: string, edits: readonly JsonEdit[]): string[] {
  const out: string[] = [];
  let copied = 0;
  let applied = 0;

  function copyTo(end: number): void {
    out.push(json.slice(copied, end));
    copied = end;
  }

  /** @returns where the value that begins at `start` ends */
  function walk(start: number, node: EditNode, path: JsonPath): number {
    let end: number;
    if (node.replace !== undefined) {
      end = valueEnd(json, start);
      copyTo(start);
      out.push(...node.replace);
      copied = end;
      applied++;
    } else if (node.children.size === 0) end = valueEnd(json, start);
    else if (json[start] === '{') end = walkObject(start, node, path);
    else if (json[start] === '[') end = walkArray(start, node, path);
    else throw noPlace(path, 'a value that holds no others');
    if (node.after !== undefined) {
      copyTo(end);
      out.push(...node.after);
      applied++;
    }
    return end;
  }

  function walkObject(start: number, { children }: EditNode, path: JsonPath): number {
    const seen = new Set<string>();
    let at = skipSpace(json, start + 1);
    while (json[at] !== '}') {
      const keyEnd = stringEnd(json, at);
      const key = JSON.parse(json.slice(at, keyEnd)) as string;
      const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1);
      const child = children.get(key);
      if (child !== undefined && seen.has(key)) throw noPlace([...path, key], 'the key twice');
      seen.add(key);
      const end = child === undefined ? valueEnd(json, valueStart) : walk(valueStart, child, [...path, key]);
      at = nextItem(json, end);
    }
    return at + 1;
  }

  function walkArray(start: number, { children }: EditNode, path: JsonPath): number {
    let at = skipSpace(json, start + 1);
    for (let i = 0; json[at] !== ']'; i++) {
      const child = children.get(i);
      at = nextItem(json, child === undefined ? valueEnd(json, at) : walk(at, child, [...path, i]));
    }
    return at + 1;
  }

  walk(skipSpace(json, 0), treeOf(edits), []);
  if (applied < edits.length) throw noPlace(edits[0]!.path, `places for ${applied} of ${edits.length} edits`);
  copyTo(json.length);
  return out;
}

function treeOf(edits: readonly JsonEdit[]): EditNode {
  const root: EditNode = { children: new Map() };
  for (const { path, at, text } of edits) {
    let node = root;
    for (const key of path) {
      const child: EditNode = node.children.get(key) ?? { children: new Map() };
      node.children.set(key, child);
      node = child;
    }
    if (node[at] !== undefined) throw noPlace(path, 'two edits of one place');
    node[at] = text;
  }
  return root;
}

/** Values of a list, with commas between them. */
export const listed = (values: readonly (readonly string[])[]): string[] =>
  values.flatMap((value, i) => (i === 0 ? value : [',', ...value]));

function noPlace(path: JsonPath, actual: string): GlyphError {
  return new GlyphError({
    kind: 'input',
    operation: 'edit a JSON body',
    expected: `one value at "${path.join('.')}"`,
    actual,
  });
}

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

function skipSpace(json: string, at: number): number {
  let next = at;
  while (isSpace(json.charCodeAt(next))) next++;
  return next;
}

/** Behind a value: past the comma, or at the bracket that closes. */
function nextItem(json: string, end: number): number {
  const at = skipSpace(json, end);
  return json[at] === ',' ? skipSpace(json, at + 1) : at;
}

function stringEnd(json: string, start: number): number {
  let at = start;
  for (;;) {
    at = json.indexOf('"', at + 1);
    let slashes = 0;
    while (json.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0 || at < 0) return at + 1;
  }
}

/** Without recursion: a body may nest as deep as its sender likes. */
function valueEnd(json: string, start: number): number {
  let at = start;
  let depth = 0;
  do {
    const character = json[at];
    if (character === '"') at = stringEnd(json, at);
    else if (character === '{' || character === '[') {
      depth++;
      at++;
    } else if (character === '}' || character === ']') {
      depth--;
      at++;
    } else if (character === ',' || character === ':' || isSpace(json.charCodeAt(at))) at++;
    else {
      while (at < json.length && !',]} \t\r\n'.includes(json[at]!)) at++;
    }
  } while (depth > 0);
  return at;
}
