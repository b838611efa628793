/**
 * The text that travels beside pages: every exact string on them with its page and line, so that a model copies it
 * instead of reading it from pixels. With a budget, strings near the question come first, and the text says how many
 * are missing.
 */
import { GlyphError } from '../../base/index.ts';
import type { ExactSpan } from './find-exact.ts';
import { nearness } from './nearness.ts';
import { type Found, type FoundString, findPlaces, type Place, type SidecarPage } from './places.ts';

export interface SidecarInput {
  readonly text: string;
  readonly pages: readonly SidecarPage[];
  /** In order, as `findExact` gives them. */
  readonly spans: readonly ExactSpan[];
  readonly countTokens: (text: string) => number;
  /** What is asked about the pages; decides what a budget keeps. */
  readonly question?: string | undefined;
  /** Most tokens of the text, e.g. 800; no limit unless given. */
  readonly maxTokens?: number | undefined;
}

export interface Sidecar {
  /** Empty where nothing is to be said or nothing fits. */
  readonly text: string;
  /** Places whose string stands in the text, in the order of the pages. */
  readonly carried: readonly Place[];
  /** Places whose string does not. Each span that begins on a page is a place: `carried` and these are all of them. */
  readonly leftOut: number;
  readonly tokens: number;
}

const heading =
  'Exact strings on these pages by page (p) and line (l); copy them from here, not from the images:';

/** Further places named of a string; the rest is a number. */
const namedPlaces = 4;

/** @throws GlyphError kind `input` for a budget that is no number of tokens */
export function buildSidecar(input: SidecarInput): Sidecar {
  const { text, pages, spans, countTokens, maxTokens = Number.POSITIVE_INFINITY } = input;
  if (!(maxTokens >= 0)) {
    throw new GlyphError({
      kind: 'input',
      operation: 'build the list of exact strings',
      expected: 'maxTokens of 0 or more',
      actual: String(maxTokens),
    });
  }
  const found = findPlaces(text, pages, spans);
  let sidecar = sidecarOf(found.strings, found, countTokens);
  if (sidecar.tokens <= maxTokens) return sidecar;
  const chosen = choose(found, input, maxTokens);
  let excess = 0;
  for (;;) {
    sidecar = sidecarOf(chosen, found, countTokens);
    if (sidecar.tokens <= maxTokens) return sidecar;
    if (chosen.length === 0) return { text: '', carried: [], leftOut: found.placeCount, tokens: 0 };
    // What is counted in parts may come out a little longer as a whole; each round drops more than the last.
    excess = Math.max(sidecar.tokens - maxTokens, 2 * excess);
    dropLast(chosen, excess, countTokens);
  }
}

function sidecarOf(
  chosen: readonly FoundString[],
  found: Found,
  countTokens: SidecarInput['countTokens'],
): Sidecar {
  const carried = chosen.flatMap(({ places }) => places).sort((a, b) => a.span.start - b.span.start);
  const leftOut = found.placeCount - carried.length;
  const text = write(chosen, leftOut);
  return { text, carried, leftOut, tokens: text === '' ? 0 : countTokens(text) };
}

function dropLast(chosen: FoundString[], tokens: number, countTokens: (text: string) => number): void {
  for (let dropped = 0; dropped < tokens && chosen.length > 0; ) dropped += countTokens(entry(chosen.pop()!));
}

/** The strings that fit, nearest first. Each is counted once, with the label it is the first to need. */
function choose(
  found: Found,
  { text, question, countTokens }: SidecarInput,
  maxTokens: number,
): FoundString[] {
  const labelled = new Set<string>();
  let room = maxTokens - countTokens(heading) - countTokens(notice(found.placeCount));
  return rank(found, text, question).filter(string => {
    const { page, line } = string.places[0]!;
    const [onPage, onLine] = [`p${page}`, `p${page} l${line}`];
    const label = !labelled.has(onPage) ? `\n${onLine}` : !labelled.has(onLine) ? `; l${line}` : ',';
    const cost = countTokens(`${label} ${entry(string)}`);
    if (cost > room) return false;
    room -= cost;
    labelled.add(onPage).add(onLine);
    return true;
  });
}

function rank({ strings, lines }: Found, text: string, question: string | undefined): FoundString[] {
  if (question === undefined || question.trim() === '') return [...strings];
  const near = nearness(question, text, lines, strings);
  return strings
    .map((string, i) => ({ string, near: near[i]! }))
    .sort((a, b) => b.near - a.near)
    .map(({ string }) => string);
}

/** In the order of the pages, a line for each page. */
function write(chosen: readonly FoundString[], leftOut: number): string {
  const parts: string[] = chosen.length === 0 ? [] : [heading];
  let [page, line] = [-1, -1];
  for (const string of chosen.toSorted((a, b) => a.places[0]!.span.start - b.places[0]!.span.start)) {
    const first = string.places[0]!;
    if (first.page !== page) parts.push(`\np${first.page} l${first.line} `);
    else parts.push(first.line === line ? ', ' : `; l${first.line} `);
    parts.push(entry(string));
    ({ page, line } = first);
  }
  if (leftOut > 0) parts.push(chosen.length === 0 ? '' : '\n', notice(leftOut));
  return parts.join('');
}

const notice = (count: number) => `… and ${count} more exact strings on these pages, left out here`;

/** The string and where else it stands: `err_4021 (also l7, p3 l2, 12 more)`. */
function entry({ string, places }: FoundString): string {
  const first = places[0]!;
  const others = new Set<string>();
  for (const { page, line } of places) {
    if (page === first.page && line === first.line) continue;
    others.add(page === first.page ? `l${line}` : `p${page} l${line}`);
  }
  if (others.size === 0) return string;
  const named = [...others].slice(0, namedPlaces);
  if (others.size > namedPlaces) named.push(`${others.size - namedPlaces} more`);
  return `${string} (also ${named.join(', ')})`;
}
