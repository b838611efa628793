import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bins, MatchFinder, none, type Tokens } from './lz.ts';

const windowLength = 32768;

function tokenise(history: Uint8Array, data: Uint8Array, background = 0): Tokens {
  const bytes = new Uint8Array((windowLength + data.length + 64 + 7) & ~7);
  bytes.set(history, windowLength - history.length);
  bytes.set(data, windowLength);
  const tokens: Tokens = {
    fields: new Uint16Array(2 * data.length + 16),
    count: 0,
    literalCounts: new Uint32Array(bins),
    distanceCounts: new Uint32Array(bins),
  };
  const kind = history.length === 0 ? 'none' : 'window';
  new MatchFinder(bytes).tokenise(windowLength + data.length, background, kind, tokens);
  return tokens;
}

/** What a decoder makes of tokens, after the history. */
function decode(tokens: Tokens, history: Uint8Array): Uint8Array {
  const out = [...history];
  for (let i = 0; i < tokens.count; i++) {
    const [first, second, distance] = tokens.fields.subarray(i * 4, i * 4 + 3) as unknown as [
      number,
      number,
      number,
    ];
    if (first !== none) out.push(first);
    if (second < 256) out.push(second);
    else if (second < none) {
      assert.ok(distance + 1 <= out.length, 'a match begins within what is known');
      for (let k = second - 253; k > 0; k--) out.push(out[out.length - distance - 1]!);
    }
  }
  return Uint8Array.from(out.slice(history.length));
}

/** Bytes with runs and repeats, as rows of glyphs have. */
const rows = fc
  .array(
    fc.record({
      piece: fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(255)), { maxLength: 12 }),
      times: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map(parts =>
    Uint8Array.from([7, ...parts.flatMap(({ piece, times }) => Array<number[]>(times).fill(piece).flat())]),
  );

/** Bytes made as deflate sees them: literals, runs of background, and copies from before, to the very end. */
const copies = fc
  .array(
    fc.oneof(
      fc.record({ literals: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
      fc.record({ run: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ copy: fc.integer({ min: 1, max: 60 }), from: fc.nat(200) }),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map(parts => {
    const bytes = [1];
    for (const part of parts) {
      if ('literals' in part) bytes.push(...part.literals);
      else if ('run' in part) bytes.push(...Array<number>(part.run).fill(0));
      else for (let i = 0, from = part.from % bytes.length; i < part.copy; i++) bytes.push(bytes[from + i]!);
    }
    return Uint8Array.from(bytes);
  });

test('copies and runs come back, up to the last byte', () => {
  fc.assert(
    fc.property(copies, data => {
      assert.deepEqual(decode(tokenise(new Uint8Array(0), data), new Uint8Array(0)), data);
    }),
    { numRuns: 3000 },
  );
});

test('tokens say the bytes they stand for', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(0, 1, 255), (data, background) => {
      assert.deepEqual(decode(tokenise(new Uint8Array(0), data, background), new Uint8Array(0)), data);
    }),
  );
});

test('a block after another finds matches in the window before it', () => {
  const history = Uint8Array.from({ length: windowLength }, (_, i) => (i * i) >> 5);
  const data = history.slice(1000, 3000);
  const tokens = tokenise(history, data);
  assert.deepEqual(decode(tokens, history), data);
  assert.ok(tokens.count < 20, `${tokens.count} tokens`);
});

test('runs of any length and place come back', () => {
  for (const background of [0, 9]) {
    for (let before = 0; before < 20; before++) {
      for (const run of [0, 1, 3, 4, 5, 8, 15, 16, 17, 31, 64, 257, 258, 259, 300, 517, 8200]) {
        const data = new Uint8Array(before + run + 3).fill(background, before, before + run);
        data.fill(5, 0, before).fill(6, before + run);
        assert.deepEqual(decode(tokenise(new Uint8Array(0), data, background), new Uint8Array(0)), data);
      }
    }
  }
});

test('counts are those of the tokens', () => {
  const data = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 97 < 60 ? 0 : (i * 7) % 13));
  const tokens = tokenise(new Uint8Array(0), data);
  const literals = new Uint32Array(bins);
  const distances = new Uint32Array(bins);
  for (let i = 0; i < tokens.count * 4; i += 4) {
    literals[tokens.fields[i]!]!++;
    literals[tokens.fields[i + 1]!]!++;
    distances[tokens.fields[i + 3]!]!++;
  }
  assert.deepEqual([tokens.literalCounts, tokens.distanceCounts], [literals, distances]);
});
