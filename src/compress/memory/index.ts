/** Memory that fades: old turns as pages that never change, recent ones as text, and a way to bring any turn back. */
export { createMemory, type Memory } from './memory.ts';
export type { PageDrawn } from './page-shelf.ts';
export type { RecalledTurn } from './recall.ts';
export type { MemoryOptions } from './settings.ts';
export { createMemoryStore, type MemoryStore } from './store.ts';
export type { MemoryTier } from './tiers.ts';
export type { MemoryAccounting, MemoryView } from './viewer.ts';
