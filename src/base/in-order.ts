/** Bounded concurrency that keeps the order: work on a stream with several pieces under way at once. */

/**
 * The results of `work` on each item, in the items' order, with at most `depth` under way. When it ends, early or by
 * an error, what is still under way is waited for first.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  depth: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      result.catch(() => {}); // reported when its turn comes; until then it must not count as unhandled
      underWay.push(result);
      if (underWay.length >= depth) yield await underWay.shift()!;
    }
    while (underWay.length > 0) yield await underWay.shift()!;
  } finally {
    await Promise.allSettled(underWay);
  }
}
