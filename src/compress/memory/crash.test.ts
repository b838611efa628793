/** Stores that fail: whatever operation breaks, and however, no confirmed turn is lost and pages are what they were. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlyphError, sha256Hex } from '../../base/index.ts';
import type { Message } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { createMemory, createMemoryStore, type Memory, type MemoryStore } from './index.ts';
import { agentHistory, smallPages } from './test/histories.ts';

interface Failure {
  /** Number of the first operation that fails, from 0. */
  readonly at: number;
  /** `crash`: no operation works from there on. `full-disk`: so many fail, then there is room again. */
  readonly kind: 'crash' | 'full-disk';
  readonly operations: number;
  /** How much of what was to be appended reached the disk, 0 to 1. */
  readonly written: number;
}

const fullDisk = () =>
  new GlyphError({ kind: 'io', operation: 'write', expected: 'room to write', actual: 'a full disk' });

/** A store over `files` in which operations fail; an append may break in the middle. */
function failingStore(files: Map<string, Uint8Array>, failure: Failure): MemoryStore {
  const inner = createMemoryStore(files);
  let done = 0;
  const fails = () => {
    const number = done++ - failure.at;
    return number >= 0 && (failure.kind === 'crash' || number < failure.operations);
  };
  const guard = async <T>(
    work: () => Promise<T>,
    partly: () => Promise<void> = async () => {},
  ): Promise<T> => {
    if (!fails()) return work();
    if (done - 1 === failure.at || failure.kind === 'full-disk') await partly();
    throw fullDisk();
  };
  return {
    lock: () => inner.lock(),
    read: name => guard(() => inner.read(name)),
    append: (name, offset, bytes) =>
      guard(
        () => inner.append(name, offset, bytes),
        () => inner.append(name, offset, bytes.slice(0, Math.floor(bytes.length * failure.written))),
      ),
    write: (name, bytes) => guard(() => inner.write(name, bytes)),
    list: folder => guard(() => inner.list(folder)),
    remove: name => guard(() => inner.remove(name)),
  };
}

const options = {
  model: 'zai-org/Glyph',
  config: smallPages,
  recentTokens: 100,
  batchPages: 2,
  loadFont,
} as const;
const tiers = [{ dpiScale: 1, pages: 2 }, { dpiScale: 0.5 }];
const open = (store: MemoryStore): Promise<Memory> => createMemory({ ...options, tiers, store });

const pagesIn = (files: ReadonlyMap<string, Uint8Array>) =>
  [...files]
    .filter(([name]) => name !== 'turns.jsonl')
    .map(([name, bytes]) => [name, sha256Hex(bytes)])
    .sort();

/** Plays a life with failures. @returns the turns that were confirmed, and how many more were asked for last */
async function live(
  store: MemoryStore,
  kind: Failure['kind'],
  turns: readonly Message[],
  batches: readonly number[],
) {
  const confirmed: Message[] = [];
  let pending = 0;
  let failures = 0;
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      assert.ok(error instanceof GlyphError && error.kind === 'io', String(error));
      failures++;
      return false;
    }
  };
  let memory: Memory | undefined;
  await attempt(async () => {
    memory = await open(store);
  });
  let next = 0;
  for (const size of memory === undefined ? [] : batches) {
    if (kind === 'crash' && failures > 0) break;
    const batch = turns.slice(next, next + size);
    next += size;
    const isKept = await attempt(() => memory!.append(batch));
    if (isKept) confirmed.push(...batch);
    if (batch.length > 0) pending = isKept ? 0 : batch.length;
    assert.deepEqual(memory!.turns, confirmed);
    if (size % 2 === 0) await attempt(() => memory!.toMessages({ tokens: 50_000 }));
  }
  return { confirmed, pending, failures };
}

test('no failure of the store loses a confirmed turn or spoils a page', async () => {
  const turns = agentHistory(60);
  const failure = fc.record({
    at: fc.integer({ min: 0, max: 120 }),
    kind: fc.constantFrom('crash' as const, 'full-disk' as const),
    operations: fc.integer({ min: 1, max: 5 }),
    written: fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(
      failure,
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 8, maxLength: 20 }),
      async (broken, batches) => {
        const files = new Map<string, Uint8Array>();
        const { confirmed, pending, failures } = await live(
          failingStore(files, broken),
          broken.kind,
          turns,
          batches,
        );
        if (failures > 0) failed++;

        const reopened = await open(createMemoryStore(files));
        assert.deepEqual(reopened.turns.slice(0, confirmed.length), confirmed);
        assert.ok(reopened.turns.length <= confirmed.length + pending);
        await reopened.append(turns.slice(0, 8));
        const { messages } = await reopened.toMessages({ tokens: 50_000 });
        await reopened.close();

        const derived = new Map([['turns.jsonl', files.get('turns.jsonl')!]]);
        const again = await open(createMemoryStore(derived));
        assert.deepEqual(await again.toMessages({ tokens: 50_000 }).then(view => view.messages), messages);
        assert.deepEqual(pagesIn(files), pagesIn(derived));
      },
    ),
    { numRuns: 30 },
  );
  assert.ok(failed > 8, `${failed} lives met their failure`);
});

test('a torn or damaged last line goes; damage before it is told', async () => {
  const files = new Map<string, Uint8Array>();
  const memory = await open(createMemoryStore(files));
  const turns = agentHistory(6);
  await memory.append(turns);
  const log = files.get('turns.jsonl')!;
  const lastLine = log.lastIndexOf(0x0a, log.length - 2) + 1;
  const turnsOf = async (bytes: Uint8Array) =>
    (await open(createMemoryStore(new Map([['turns.jsonl', bytes]])))).turns;
  assert.deepEqual(await turnsOf(log), turns);
  for (let length = lastLine; length < log.length; length++) {
    assert.deepEqual(await turnsOf(log.slice(0, length)), turns.slice(0, 5));
  }
  for (let i = 0; i < log.length; i += 13) {
    const damaged = log.slice();
    damaged[i]! ^= 4;
    if (i >= lastLine) assert.deepEqual(await turnsOf(damaged), turns.slice(0, 5));
    else
      await assert.rejects(
        turnsOf(damaged),
        /read turns.jsonl: expected each line as it was written, got line \d changed/,
      );
  }
  const swapped = new TextDecoder().decode(log).split('\n').toSpliced(1, 1).join('\n');
  await assert.rejects(turnsOf(new TextEncoder().encode(swapped)), /line 2 changed/);
});
