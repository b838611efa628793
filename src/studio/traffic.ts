/**
 * What the studio shows of the proxy: its last requests, live, and a switch that turns compression off. Texts and pages
 * are kept only where that was asked for, in memory, the last few and within a bound.
 */
import type { RequestRecord } from '../proxy/index.ts';
import type { ShownPart, TrafficEntry, TrafficEvent } from './api.ts';

export interface Traffic {
  add(record: RequestRecord, parts: readonly ShownPart[]): void;
  /** Whether the proxy may put pages in the place of text. */
  compression(): 'on' | 'off';
  switchTo(compression: 'on' | 'off'): void;
  readonly bodies: 'kept' | 'not-kept';
  /** Undefined where they were not kept, or are no more. */
  partsOf(id: number): readonly ShownPart[] | undefined;
  /** Tells everything so far, then what happens. @returns stops it */
  follow(listener: Follower): () => void;
  /** Ends what follows, so that a server can stop. */
  close(): void;
}

export interface Follower {
  tell(event: TrafficEvent): void;
  end(): void;
}

const mostEntries = 500;
const mostBodies = 40;
/** Characters of texts and base64 together. */
const mostBodyLength = 64_000_000;

export function createTraffic({ bodies }: Pick<Traffic, 'bodies'>): Traffic {
  const entries: TrafficEntry[] = [];
  const kept = new Map<number, readonly ShownPart[]>();
  const followers = new Set<Follower>();
  let keptLength = 0;
  let count = 0;
  let compression: 'on' | 'off' = 'on';
  const tell = (event: TrafficEvent) => {
    for (const follower of followers) follower.tell(event);
  };
  const drop = (id: number) => {
    keptLength -= lengthOf(kept.get(id) ?? []);
    kept.delete(id);
  };
  const keep = (id: number, parts: readonly ShownPart[]) => {
    kept.set(id, parts);
    keptLength += lengthOf(parts);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostBodies && keptLength <= mostBodyLength) return;
      drop(oldest);
    }
  };
  const withState = (entry: TrafficEntry): TrafficEntry => ({
    ...entry,
    bodies: kept.has(entry.id) ? 'kept' : 'not-kept',
  });
  return {
    bodies,
    add(record, parts) {
      const id = ++count;
      if (bodies === 'kept' && parts.length > 0) keep(id, parts);
      const entry = withState({ ...record, id, bodies: 'not-kept' });
      entries.push(entry);
      if (entries.length > mostEntries) drop(entries.shift()!.id);
      tell({ type: 'entry', entry });
    },
    compression: () => compression,
    switchTo(next) {
      compression = next;
      tell({ type: 'compression', compression });
    },
    partsOf: id => kept.get(id),
    follow(follower) {
      follower.tell({ type: 'start', entries: entries.map(withState), compression });
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    close() {
      for (const follower of followers) follower.end();
      followers.clear();
    },
  };
}

const lengthOf = (parts: readonly ShownPart[]): number =>
  parts
    .flatMap(({ text, texts, images }) => [text, ...texts, ...images.map(({ base64 }) => base64)])
    .reduce((sum, text) => sum + text.length, 0);
