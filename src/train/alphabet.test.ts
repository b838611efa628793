import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alphabetOf } from './alphabet.ts';

const row = (content: string) => ({
  id: 'a',
  task: 'ocr',
  images: [],
  messages: [{ role: 'assistant', content } as const],
});

test('what is seen often is known, besides what was known before; marks are no text', () => {
  const rows = [row(`[p1:1] ${'ab '.repeat(100_000)}`), row('once: é'), row('ü'.repeat(10))];
  assert.equal(alphabetOf(rows), ' abü');
  assert.equal(alphabetOf(rows, 'zé'), ' abzéü');
  assert.equal(alphabetOf([]), '');
});
