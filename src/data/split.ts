/**
 * Training or validation, by document: the hash of its bytes decides, so the side does not depend on what else is in
 * the corpus, except that near duplicates go together. Two documents are near duplicates where they share a fifth of the
 * smaller one's sampled shingles. Not found: paraphrase, translation, quotations below a fifth, and in corpora beyond some
 * 100 MB documents too short to have a handful of samples.
 */

export type Split = 'train' | 'val';

/** A document as the split sees it. */
export interface SplitInput {
  /** 64 hex digits. */
  readonly sha256: string;
  /** UTF-16 code units. */
  readonly length: number;
  /** As `startFingerprint` gives it, all of one share. */
  readonly shingles: Float64Array;
}

export interface SplitOutcome {
  readonly split: Split;
  /** Place in the list of the first document it is a near duplicate of; its own where there is none. */
  readonly cluster: number;
}

/** Samples of the whole corpus: bounds the memory of the comparison. */
export const maxSamples = 1 << 19;

const sharedPart = 0.2;
/** Fewer shared shingles say nothing. */
const leastShared = 4;
/** Of all text: what one validation document more would take beyond this stays in training. */
const mostValidation = 0.5;

/** @param share of the documents that go to validation, 0 to 1 */
export function splitDocuments(documents: readonly SplitInput[], share: number): SplitOutcome[] {
  const clusters = clusterDocuments(documents);
  const members = new Map<number, number[]>();
  for (const [i, cluster] of clusters.entries()) {
    members.set(cluster, [...(members.get(cluster) ?? []), i]);
  }
  const total = documents.reduce((sum, document) => sum + document.length, 0);
  const candidates = [...members.entries()]
    .map(([cluster, list]) => ({
      cluster,
      fraction: Math.min(...list.map(i => hashFraction(documents[i]!.sha256))),
      length: list.reduce((sum, i) => sum + documents[i]!.length, 0),
    }))
    .filter(({ fraction }) => fraction < share)
    .sort((a, b) => a.fraction - b.fraction || a.cluster - b.cluster);
  const validation = new Set<number>();
  let taken = 0;
  for (const { cluster, length } of candidates) {
    if (taken + length > mostValidation * total) continue;
    taken += length;
    validation.add(cluster);
  }
  return clusters.map(cluster => ({ cluster, split: validation.has(cluster) ? 'val' : 'train' }));
}

/** 52 bits of a hash as a number from 0 to 1. */
const hashFraction = (sha256: string): number => Number.parseInt(sha256.slice(0, 13), 16) / 2 ** 52;

/** For each document the first of its cluster. */
function clusterDocuments(documents: readonly SplitInput[]): number[] {
  const parents = documents.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parents[root] !== root) root = parents[root]!;
    parents[i] = root;
    return root;
  };
  for (const [pair, shared] of countShared(documents)) {
    const [a, b] = [Math.floor(pair / documents.length), pair % documents.length];
    const smaller = Math.min(documents[a]!.shingles.length, documents[b]!.shingles.length);
    if (shared < leastShared || shared < sharedPart * smaller) continue;
    const [first, second] = [rootOf(a), rootOf(b)];
    parents[Math.max(first, second)] = Math.min(first, second);
  }
  return documents.map((_, i) => rootOf(i));
}

/**
 * Shared shingles by pair of documents, `earlier * length + later`. Each shingle links a document to the last one
 * before it that has it: enough to chain copies together, and what all documents share does not make all pairs.
 */
function countShared(documents: readonly SplitInput[]): ReadonlyMap<number, number> {
  const lastWith = new Map<number, number>();
  const shared = new Map<number, number>();
  for (const [i, { shingles }] of documents.entries()) {
    for (const shingle of shingles) {
      const earlier = lastWith.get(shingle);
      lastWith.set(shingle, i);
      if (earlier === undefined) continue;
      const pair = earlier * documents.length + i;
      shared.set(pair, (shared.get(pair) ?? 0) + 1);
    }
  }
  return shared;
}
