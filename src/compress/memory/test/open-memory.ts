/** A memory over a map of files that tests look into, on small pages, and what they ask of its files and messages. */
import { sha256Hex } from '../../../base/index.ts';
import type { Message, Part } from '../../../model/index.ts';
import { loadFont } from '../../../node/load-font.ts';
import { countTokensSync, visionTokens } from '../../../tokens/index.ts';
import {
  createMemory,
  createMemoryStore,
  type Memory,
  type MemoryOptions,
  type PageDrawn,
} from '../index.ts';
import { smallPages } from './histories.ts';

export const model = 'zai-org/Glyph';

export interface OpenedMemory {
  readonly memory: Memory;
  readonly files: Map<string, Uint8Array>;
  /** Grows with each page drawn. */
  readonly draws: PageDrawn[];
  /** To open the same memory again. */
  readonly options: MemoryOptions;
}

export async function openMemory(options: Partial<MemoryOptions> = {}): Promise<OpenedMemory> {
  const files = new Map<string, Uint8Array>();
  const draws: PageDrawn[] = [];
  const settled: MemoryOptions = {
    ...{ model, config: smallPages, recentTokens: 300, loadFont, store: createMemoryStore(files) },
    onEvent: event => draws.push(event),
    ...options,
  };
  return { memory: await createMemory(settled), files, draws, options: settled };
}

export const hashes = (files: ReadonlyMap<string, Uint8Array>): Map<string, string> =>
  new Map([...files].map(([name, bytes]) => [name, sha256Hex(bytes)]));

export const pngNames = (files: ReadonlyMap<string, Uint8Array>): string[] =>
  [...files.keys()].filter(name => name.endsWith('.png')).sort();

export const partsOf = (messages: readonly Message[]): Part[] => messages.flatMap(message => message.parts);

/** What a bill would count, without the memory's own counters. */
export function tokensOf(messages: readonly Message[]): number {
  let tokens = 0;
  for (const part of partsOf(messages)) {
    if (part.type === 'text' || part.type === 'reasoning') tokens += countTokensSync(part.text);
    else if (part.type === 'tool-call') tokens += countTokensSync(`${part.name} ${part.arguments}`);
    else if (part.type === 'image') {
      const { tokens: image, perImageOverhead } = visionTokens(model, part.widthPx!, part.heightPx!);
      tokens += image + perImageOverhead;
    } else for (const inner of part.parts) if (inner.type === 'text') tokens += countTokensSync(inner.text);
  }
  return tokens;
}
