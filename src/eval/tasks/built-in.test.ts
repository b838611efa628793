/** What every task promises, whatever its data. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import type { Task } from '../task.ts';
import { memoryFiles } from '../test/memory-files.ts';
import { openAll } from '../test/open-all.ts';
import { builtInTasks, findTask } from './built-in.ts';

const refusal = async (run: () => Promise<unknown>): Promise<GlyphError> => {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof GlyphError, String(error));
    return error;
  }
  throw assert.fail('nothing was refused');
};

describe('built-in tasks', () => {
  test('have different names and are found by them', () => {
    assert.equal(new Set(builtInTasks.map(({ name }) => name)).size, builtInTasks.length);
    for (const task of builtInTasks) assert.equal(findTask(task.name), task);
    assert.throws(() => findTask('longbench-v3'), /did you mean "longbench-v2"/);
  });

  const makesSamples = (task: Task) => task.defaults.lengths !== undefined;

  for (const task of builtInTasks.filter(candidate => !makesSamples(candidate))) {
    test(`${task.name}: without its data it says what to download and where to put it`, async () => {
      assert.ok(task.data !== undefined);
      const files = memoryFiles({ 'mine/notes.txt': 'nothing of use' });
      for (const options of [{}, { files, folder: 'mine' }, { files, folder: 'none' }]) {
        const { kind, message } = await refusal(() => openAll(task, options));
        assert.equal(kind, 'io');
        if (task.name !== 'file' || !('files' in options)) assert.ok(message.includes(task.data), message);
      }
    });
  }

  for (const task of builtInTasks.filter(({ subsets }) => subsets.length > 0)) {
    test(`${task.name}: a subset it does not have is refused`, async () => {
      const files = memoryFiles({ 'mine/x.jsonl': '', 'mine/dev-v2.0.json': '{"data": []}' });
      const options = { files, folder: 'mine', subsets: [`${task.subsets[0]}x`] };
      const { kind, hint } = await refusal(() => openAll(task, options));
      assert.equal(kind, 'config');
      assert.match(hint!, /did you mean/);
    });
  }

  test('a task that makes its samples names published lengths and counts, and needs no data', () => {
    for (const task of builtInTasks) {
      assert.ok(task.defaults.maxTokens > 0 && task.defaults.temperature >= 0, task.name);
      assert.equal(makesSamples(task), task.defaults.samples !== undefined, task.name);
      assert.ok(makesSamples(task) || task.data !== undefined, task.name);
    }
  });
});
