import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArms } from './arms.ts';

test('names of arms, with dpi and additions in one spelling', () => {
  assert.deepEqual(
    parseArms(['text', 'truncate', 'rag', 'pages', 'pages@96', 'pages+exact+zoom', 'pages@72.0+zoom']).map(
      ({ name }) => name,
    ),
    ['text', 'truncate', 'rag', 'pages', 'pages@96', 'pages+zoom+exact', 'pages@72+zoom'],
  );
  const [arm] = parseArms(['pages@120+zoom']);
  assert.deepEqual(arm, { form: 'pages', name: 'pages@120+zoom', dpi: 120, zoom: 'on', exact: 'off' });
});

test('an unknown arm is refused with the nearest one', () => {
  assert.throws(() => parseArms(['page']), /expected text, truncate.*got "page" \(did you mean "pages"\?\)/);
  assert.throws(() => parseArms(['pages+zoon']), /did you mean "pages\+zoom"/);
  assert.throws(() => parseArms(['pages@5']), /a dpi from 10 to 1200, got "pages@5"/);
  assert.throws(
    () => parseArms(['pages+zoom', 'text', 'pages+zoom']),
    /arms that differ, got "pages\+zoom" twice/,
  );
  assert.throws(() => parseArms([]), /got none/);
});
