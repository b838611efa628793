import assert from 'node:assert/strict';
import { test } from 'node:test';
import { characterErrors } from './error-rate.ts';

test('white space counts as one space, and an empty target as wholly wrong', () => {
  assert.deepEqual(characterErrors(' a  cat\n', 'a bat'), { errors: 1, characters: 5, rate: 0.2 });
  assert.equal(characterErrors('', ' ').rate, 0);
  assert.equal(characterErrors('x', ' ').rate, 1);
});
