import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/index.ts';
import { echoPieces } from './echoes.ts';

test('what is asked for follows the words said, which stand once', () => {
  const words = fc.array(fc.constantFrom('a', 'bc', 'def', '12', 'x-y'), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), fc.integer(), (lines, seed) => {
      const rows = lines.map((line, i) => ({ page: 1, row: i + 1, text: `${line.join(' ')} ` }));
      const notes = rows.map(({ text }) => text).join('');
      const texts = echoPieces(rows, 6, createRandom(seed)).flatMap(piece =>
        piece.type === 'text' ? [piece] : [],
      );
      for (let i = 0; i < texts.length; i += 2) {
        const [, cue] = /^What follows “(.*)”\?$/.exec(texts[i]!.text)!;
        assert.equal(notes.split(cue!).length, 2);
        assert.ok(notes.includes(`${cue}${texts[i + 1]!.text}`), `${cue}${texts[i + 1]!.text}`);
        assert.deepEqual([texts[i + 1]!.weight, texts[i + 1]!.copies], [1, 'before']);
      }
    }),
  );
  assert.deepEqual(echoPieces([], 3, createRandom(1)), []);
  assert.deepEqual(echoPieces([{ page: 1, row: 1, text: 'one' }], 3, createRandom(1)), []);
});
