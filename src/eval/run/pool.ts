/** Bounded concurrency without an order: as soon as one item is done, the next begins. */

/**
 * Works on the items of a stream, at most `depth` at once. After a failure no item is begun any more; what is under
 * way is waited for, then the first failure is thrown.
 */
export async function forEachOf<Item>(
  items: AsyncIterable<Item>,
  depth: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let isFailed = false;
  const worker = async () => {
    try {
      while (!isFailed) {
        const next = await iterator.next();
        if (next.done || isFailed) return;
        await work(next.value);
      }
    } catch (error) {
      isFailed = true;
      throw error;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: depth }, worker));
  await iterator.return?.();
  const failed = workers.find(each => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
