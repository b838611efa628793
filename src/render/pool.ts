/**
 * Draws pages in several threads. Workers take tens of milliseconds to start, so until they are ready pages are drawn
 * here; from then on each page goes to the worker with the shortest queue. Workers outlive a rendering and serve the
 * next one.
 */
import { GlyphError, nextTurn } from '../base/index.ts';
import type { RenderConfig } from '../config/index.ts';
import type { FontChain } from '../font/index.ts';
import { type Drawer, keptDrawer } from './drawer.ts';
import type { DrawnPage } from './page.ts';
import type { FromWorker, RenderWorker } from './worker-protocol.ts';

interface Waiting {
  resolve(drawn: DrawnPage): void;
  reject(error: unknown): void;
}

interface Member {
  readonly worker: RenderWorker;
  readonly waiting: Map<number, Waiting>;
  isReady: boolean;
}

/** Idle workers by who starts them. */
const idleWorkers = new WeakMap<() => RenderWorker, RenderWorker[]>();

/** A drawer of `jobs` workers. It fails, and all pages under way with it, when a worker dies. */
export function createPool(
  config: RenderConfig,
  fonts: FontChain,
  jobs: number,
  spawnWorker: () => RenderWorker,
): Drawer {
  const local = keptDrawer(config, fonts);
  const idle = idleWorkers.get(spawnWorker) ?? [];
  idleWorkers.set(spawnWorker, idle);
  let failure: unknown;
  const members = Array.from({ length: jobs }, (): Member => {
    const member: Member = { worker: idle.pop() ?? spawnWorker(), waiting: new Map(), isReady: false };
    member.worker.listen(message => receive(member, message), fail);
    member.worker.post({ type: 'start', config }, []);
    return member;
  });

  function fail(error: unknown): void {
    failure ??= error;
    for (const { waiting } of members) {
      for (const page of waiting.values()) page.reject(failure);
      waiting.clear();
    }
  }

  function receive(member: Member, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        member.isReady = true;
        return;
      case 'failed':
        fail(new GlyphError(message.error));
        return;
      case 'drawn':
        member.waiting.get(message.number)?.resolve(message.drawn);
        member.waiting.delete(message.number);
        return;
      default:
        message satisfies never;
    }
  }

  return {
    async draw(page) {
      if (failure !== undefined) throw failure;
      const ready = members.filter(member => member.isReady);
      const member = ready.reduce<Member | undefined>(
        (best, other) => (best === undefined || other.waiting.size < best.waiting.size ? other : best),
        undefined,
      );
      if (member === undefined) {
        await nextTurn(); // a worker may just have become ready
        return local.drawNow(page);
      }
      return new Promise<DrawnPage>((resolve, reject) => {
        member.waiting.set(page.number, { resolve, reject });
        const { number, isLast, glyphs, rects } = page;
        const { key, xPt, yPt, ink } = glyphs;
        const transfer = [...new Set([key, xPt, yPt, ink].map(array => array.buffer as ArrayBuffer))];
        const message = {
          type: 'draw',
          number,
          isLast,
          glyphs,
          rects,
          fontIndexes: fonts.loadedIndexes,
        } as const;
        member.worker.post(message, transfer);
      });
    },
    async close() {
      for (const { worker, waiting, isReady } of members) {
        if (failure === undefined && isReady && waiting.size === 0) {
          worker.rest();
          idle.push(worker);
        } else await worker.close();
      }
    },
  };
}
