/** Where requests go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinUrl, publicUrl } from './join-url.ts';

test('slashes, versions and queries', () => {
  assert.equal(joinUrl('http://h/v1', '/chat/completions'), 'http://h/v1/chat/completions');
  assert.equal(joinUrl('http://h/v1//', '/chat/completions'), 'http://h/v1/chat/completions');
  assert.equal(joinUrl('http://h', '/v1/messages'), 'http://h/v1/messages');
  assert.equal(joinUrl('http://h/a/v1', '/v1/messages'), 'http://h/a/v1/messages');
  assert.equal(joinUrl('http://h/v10', '/v1/messages'), 'http://h/v10/v1/messages');
  assert.equal(joinUrl('http://h/av1', '/v1/messages'), 'http://h/av1/v1/messages');
  assert.equal(
    joinUrl('http://h/x?api-version=1', '/m:stream?alt=sse'),
    'http://h/x/m:stream?api-version=1&alt=sse',
  );
});

test('what is shown of an address', () => {
  assert.equal(publicUrl('http://h:1/a/b?key=secret#x'), 'http://h:1/a/b');
});
