/** Rows from lines, arrays and parquet; broken ones are faults with their place, and the rest is read. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import type { Fault } from '../task.ts';
import { memoryFiles } from '../test/memory-files.ts';
import { writeParquet } from '../test/write-parquet.ts';
import { type ReadRowsOptions, readRows } from './rows.ts';

const schema = v.object({ name: v.string(), tags: v.array(v.string()) });

interface Made {
  readonly kind: 'made';
  readonly line: number;
  readonly name: string;
}

async function read(path: string, content: string | Uint8Array, options?: ReadRowsOptions) {
  const rows: (Made | Fault)[] = [];
  const make = ({ name }: { name: string }, line: number): Made => ({ kind: 'made', line, name });
  for await (const row of readRows(memoryFiles({ [path]: content }), path, schema, make, options))
    rows.push(row);
  return rows;
}

const good = (name: string) => JSON.stringify({ name, tags: ['x', 'y'] });

describe('rows', () => {
  test('a broken line is a fault that names file, line, expectation and what came', async () => {
    const lines = [good('a'), '{"name": "b"', '', '{"name": "c"}', '{"name": 4, "tags": []}', '7', good('d')];
    assert.deepEqual(await read('x.jsonl', `${lines.join('\n')}\n`), [
      { kind: 'made', line: 1, name: 'a' },
      { kind: 'fault', file: 'x.jsonl', line: 2, expected: 'JSON', actual: '"{\\"name\\": \\"b\\""' },
      { kind: 'fault', file: 'x.jsonl', line: 4, expected: 'the field "tags"', actual: 'none' },
      { kind: 'fault', file: 'x.jsonl', line: 5, expected: '"name": string', actual: '4' },
      { kind: 'fault', file: 'x.jsonl', line: 6, expected: 'Object', actual: '7' },
      { kind: 'made', line: 7, name: 'd' },
    ]);
  });

  test('bytes that are not UTF-8 and lines over the limit are faults, and later lines are read', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from(`${good('long'.repeat(50))}\n${good('a')}`),
    ]);
    const [notText, tooLong, last] = await read('x.jsonl', bytes, { mostRowBytes: 100 });
    assert.deepEqual(notText, {
      kind: 'fault',
      file: 'x.jsonl',
      line: 1,
      expected: 'UTF-8 text',
      actual: 'bytes that are none',
    });
    assert.equal((tooLong as Fault).expected, 'a row of at most 100 bytes');
    assert.deepEqual(last, { kind: 'made', line: 3, name: 'a' });
  });

  test('an array is read element by element, whatever its spacing, strings and nesting', async () => {
    const tricky = JSON.stringify({ name: 'a "], [{\\', tags: ['[', '\\"', '}'] }, null, 2);
    const rows = await read('x.json', `\ufeff [\n${tricky} , ${good('b')},{"name":1},${good('c')}\n]\n`);
    assert.deepEqual(
      rows.map(row => (row.kind === 'made' ? row.name : row.line)),
      ['a "], [{\\', 'b', 3, 'c'],
    );
    assert.deepEqual(await read('x.json', '[]'), []);
    assert.deepEqual(await read('x.json', ' \n '), []);
  });

  test('an array that ends too early gives what it has and a fault', async () => {
    const rows = await read('x.json', `[${good('a')}, {"name": "b"`);
    assert.deepEqual(
      rows.map(row => row.kind),
      ['made', 'fault'],
    );
  });

  test('any rows come back from either format, however they are spaced', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (names, spaces) => {
          const rows = names.map(name => ({ name, tags: [name] }));
          const lines = await read('x.jsonl', rows.map(row => JSON.stringify(row)).join('\n'));
          const array = await read('x.json', JSON.stringify(rows, null, spaces));
          for (const back of [lines, array]) {
            assert.deepEqual(
              back.map(row => (row as Made).name),
              names,
            );
          }
        },
      ),
    );
  });

  test('a file longer than a slice is read across its slices', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `${i}`.padStart(100_000, 'é'));
    const rows = await read('x.jsonl', names.map(good).join('\r\n'));
    assert.deepEqual(
      rows.map(row => (row as Made).name),
      names,
    );
  });

  test('parquet rows come in order over row groups, with their numbers', async () => {
    const names = Array.from({ length: 7 }, (_, i) => `n${i}`);
    const columns = {
      name: { kind: 'text', values: names },
      tags: { kind: 'texts', values: names.map((name, i) => Array.from({ length: i + 1 }, () => name)) },
      extra: { kind: 'integer', values: names.map((_, i) => i) },
    } as const;
    const rows = await read('x.parquet', writeParquet(columns, 3));
    assert.deepEqual(
      rows,
      names.map((name, i) => ({ kind: 'made', line: i + 1, name })),
    );
    const noTags = await read('x.parquet', writeParquet({ name: columns.name }), {
      columns: ['name', 'tags'],
    });
    assert.deepEqual(
      noTags.map(row => row.kind),
      names.map(() => 'fault'),
    );
  });

  test('what is no parquet file is refused as a whole', async () => {
    await assert.rejects(read('x.parquet', 'no parquet file at all'), (error: unknown) => {
      assert.ok(error instanceof GlyphError && error.kind === 'input');
      assert.match(error.message, /read "x\.parquet": expected a parquet file/);
      return true;
    });
  });

  test('a signal ends the reading', async () => {
    const options = { signal: AbortSignal.abort() };
    const isAborted = (error: unknown) => error instanceof GlyphError && error.kind === 'aborted';
    await assert.rejects(read('x.jsonl', good('a'), options), isAborted);
    const parquet = writeParquet({ name: { kind: 'text', values: ['a'] } });
    await assert.rejects(read('x.parquet', parquet, options), isAborted);
  });
});
