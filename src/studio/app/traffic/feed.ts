/** The proxy's requests as they happen, newest first, and the switch of its compression. */
import { computed, signal } from '@preact/signals';
import type { TrafficEntry, TrafficEvent } from '../../api.ts';
import { api } from '../work/server.ts';

const mostEntries = 500;

export const entries = signal<readonly TrafficEntry[]>([]);
export const compression = signal<'on' | 'off'>('on');
export const connection = signal<'open' | 'lost'>('open');

export interface Sums {
  readonly requests: number;
  readonly textTokens: number;
  readonly sentTokens: number;
  readonly textCost: number;
  readonly sentCost: number;
  readonly losses: number;
  readonly lostCost: number;
}

/** Costs are in tokens at the full input price, caches in the same state for both sides. */
export const sums = computed((): Sums => {
  const total = {
    requests: 0,
    textTokens: 0,
    sentTokens: 0,
    textCost: 0,
    sentCost: 0,
    losses: 0,
    lostCost: 0,
  };
  for (const { textTokens, sentTokens, textCost, sentCost } of entries.value) {
    total.requests++;
    total.textTokens += textTokens;
    total.sentTokens += sentTokens;
    total.textCost += textCost;
    total.sentCost += sentCost;
    if (sentCost <= textCost) continue;
    total.losses++;
    total.lostCost += sentCost - textCost;
  }
  return total;
});

/** @returns stops it */
export function follow(): () => void {
  const source = new EventSource(api.trafficUrl);
  source.onopen = () => {
    connection.value = 'open';
  };
  source.onerror = () => {
    connection.value = 'lost'; // the browser tries again by itself
  };
  source.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as TrafficEvent);
  return () => source.close();
}

function take(event: TrafficEvent): void {
  switch (event.type) {
    case 'start':
      entries.value = event.entries.toReversed();
      compression.value = event.compression;
      break;
    case 'entry':
      entries.value = [event.entry, ...entries.value].slice(0, mostEntries);
      break;
    case 'compression':
      compression.value = event.compression;
      break;
    default:
      event satisfies never;
  }
}
