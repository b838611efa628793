import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStopText } from './stop-text.ts';

test('what may begin a stop string is held back until it is known', () => {
  const text = createStopText(['END']);
  assert.deepEqual([text.take('a E'), text.take('N'), text.take('T ')], ['a ', '', 'ENT ']);
  assert.deepEqual([text.take('x END y'), text.isStopped, text.take('z'), text.rest()], ['x ', true, '', '']);
  const open = createStopText(['END']);
  assert.deepEqual([open.take('EN'), open.rest(), open.isStopped], ['', 'EN', false]);
});
