import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from './nearest.ts';

test('a typo, a name typed short, and a name like no other', () => {
  const names = ['dpi', 'fontSize', 'fontFamily', 'claude-standard'];
  assert.equal(nearestName('fontSzie', names), 'fontSize');
  assert.equal(nearestName('FONTFAMILY', names), 'fontFamily');
  assert.equal(nearestName('claud', names), 'claude-standard');
  assert.equal(nearestName('fon', names), undefined, 'three letters tell too little');
  assert.equal(nearestName('colour', names), undefined);
  assert.equal(nearestName('claud', new Set(names).values()), 'claude-standard', 'any iterable');
});
