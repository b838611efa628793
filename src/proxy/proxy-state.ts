/** What all requests of one proxy share: its settings, the pages and conversations it remembers, its counters. */
import type { HeldBytes } from './hold-body.ts';
import type { Metrics } from './metrics.ts';
import type { Refusals } from './refusals.ts';
import type { ProxyOptions, Settings } from './settings.ts';
import type { Transformer } from './transform.ts';

export interface ProxyState {
  readonly options: ProxyOptions;
  readonly settings: Settings;
  readonly transformer: Transformer;
  readonly held: HeldBytes;
  readonly refusals: Refusals;
  readonly metrics: Metrics;
  now(): number;
  /** Transforms under way. */
  running: number;
}
