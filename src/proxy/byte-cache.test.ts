/** The page cache holds no more than it may. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteCache } from './byte-cache.ts';

test('what was used longest ago goes first', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  assert.equal(cache.get('a'), 'A');
  cache.set('c', 'C', 4);
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c')], ['A', undefined, 'C']);
  assert.equal(cache.byteLength, 8);
  cache.set('a', 'A2', 6);
  assert.deepEqual([cache.get('a'), cache.byteLength], ['A2', 10]);
  cache.set('huge', 'H', 11);
  assert.deepEqual([cache.get('huge'), cache.byteLength], [undefined, 10]);
});
