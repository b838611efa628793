/** Edits of JSON texts: what is edited reads as asked, every other byte stays. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlyphError } from '../base/index.ts';
import { editJson, type JsonPath } from './json-edit.ts';

const edit = (json: string, path: JsonPath, text: string, at: 'replace' | 'after' = 'replace') =>
  editJson(json, [{ path, at, text: [text] }]).join('');

test('what is not edited stays as it was written', () => {
  const json = ' {"n": 1.0e+2 ,"\\u0061":[ "x\\\\" , {"deep":"\\"]}"} ,-0],\n"z" :null}\n';
  assert.equal(edit(json, ['a', 0], '7,8'), json.replace('"x\\\\"', '7,8'));
  assert.equal(edit(json, ['a', 1, 'deep'], '[]'), json.replace('"\\"]}"', '[]'));
  assert.equal(edit(json, ['a', 2], '1', 'replace'), json.replace('-0', '1'));
  assert.equal(edit(json, ['n'], ',"m":2', 'after'), json.replace('1.0e+2', '1.0e+2,"m":2'));
  assert.equal(edit(json, ['z'], ',"y":{}', 'after'), json.replace('null', 'null,"y":{}'));
});

test('a value may be edited inside and be followed by another', () => {
  const edits = [
    { path: ['l', 0, 'x'], at: 'replace', text: ['2'] },
    { path: ['l', 0], at: 'after', text: [',', '{"x":3}'] },
  ] as const;
  assert.equal(editJson('{"l":[{"x":1},{"x":9}]}', edits).join(''), '{"l":[{"x":2},{"x":3},{"x":9}]}');
});

test('a path that is not there, that is there twice, or that is edited twice is an error', () => {
  const wrong: readonly (readonly [json: string, path: JsonPath])[] = [
    ['{"a":1}', ['b']],
    ['{"a":1}', ['a', 'b']],
    ['[1]', [1]],
    ['{"a":1,"a":2}', ['a']],
    ['{"a":1,"\\u0061":2}', ['a']],
  ];
  const isInput = (error: unknown) => error instanceof GlyphError && error.kind === 'input';
  for (const [json, path] of wrong) assert.throws(() => edit(json, path, '0'), isInput, json);
  const twice = { path: ['a'], at: 'replace', text: ['1'] } as const;
  assert.throws(() => editJson('{"a":1}', [twice, twice]), isInput);
});

test('nesting as deep as a sender likes is stepped over', () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"b":1}`;
  assert.equal(edit(deep, ['b'], '2'), deep.replace('"b":1', '"b":2'));
});

test('replacing any value of any JSON gives the JSON with that value replaced', () => {
  const pathsOf = (value: unknown, path: JsonPath = []): JsonPath[] => {
    if (typeof value !== 'object' || value === null) return [path];
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return [path, ...entries.flatMap(([key, each]) => pathsOf(each, [...path, key]))];
  };
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.integer({ min: 0, max: 3 }), (value, pick, indent) => {
      const json = JSON.stringify(value, undefined, indent);
      const paths = pathsOf(JSON.parse(json) as unknown);
      const path = paths[pick % paths.length]!;
      assert.equal(edit(json, path, '"new"').includes('"new"'), true);
      const expected = structuredClone(JSON.parse(json)) as unknown;
      if (path.length === 0) return assert.equal(JSON.parse(edit(json, path, '"new"')), 'new');
      const holder = path
        .slice(0, -1)
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], expected);
      (holder as Record<string, unknown>)[path.at(-1)!] = 'new';
      assert.deepEqual(JSON.parse(edit(json, path, '"new"')), expected);
    }),
  );
});
