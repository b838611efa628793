/**
 * The evidence beside a recommendation: on samples no candidate was chosen by, the recommended config and the most
 * accurate one at the compression of what a user would take without a search, each against that one, paired.
 */
import { createRandom } from '../base/index.ts';
import { configHash, type RenderConfig } from '../config/index.ts';
import { type Measuring, type PairedDifference, pairedBootstrap } from '../eval/index.ts';
import { type CompressionOptions, compressionOf } from './compression.ts';
import { type ConfigEvidence, evidenceOf, type ItemAnswer, ratioOf } from './evidence.ts';
import type { ConfigCandidate } from './search.ts';
import type { Item } from './validation.ts';

export interface HeldConfig {
  readonly role: 'baseline' | 'recommended' | 'same-compression';
  readonly config: RenderConfig;
  readonly evidence: ConfigEvidence;
  /** Against the baseline, on the samples both have a score for; null for the baseline itself and where there are none. */
  readonly difference: (PairedDifference & { readonly count: number }) | null;
}

export interface Held {
  readonly samples: number;
  readonly configs: readonly HeldConfig[];
}

export interface HoldoutRequest {
  readonly front: readonly ConfigCandidate[];
  readonly recommended: ConfigCandidate;
  readonly baseline: RenderConfig;
  readonly items: readonly Item[];
  readonly measuring: Measuring;
  readonly compression: CompressionOptions;
}

/** Null where the budget ends before. */
export async function heldOut(request: HoldoutRequest): Promise<Held | null> {
  const { front, recommended, baseline, items } = request;
  const base = await measureHeld(baseline, request);
  if (base === null) return null;
  const same = sameCompression(front, base.compression.ratio);
  const chosen = [
    { role: 'recommended', config: recommended.genome } as const,
    ...(same === undefined || same === recommended
      ? []
      : [{ role: 'same-compression', config: same.genome } as const]),
  ];
  const configs: HeldConfig[] = [{ role: 'baseline', config: baseline, evidence: base, difference: null }];
  for (const { role, config } of chosen) {
    const evidence = await measureHeld(config, request);
    if (evidence === null) return null;
    configs.push({ role, config, evidence, difference: pairedDifference(base, evidence) });
  }
  return { samples: items.length, configs };
}

/** The most accurate of those at least as dense. */
export const sameCompression = (
  front: readonly ConfigCandidate[],
  ratio: number,
): ConfigCandidate | undefined =>
  front
    .filter(each => ratioOf(each) >= ratio)
    .reduce<ConfigCandidate | undefined>(
      (best, each) => (best !== undefined && best.values[0]! >= each.values[0]! ? best : each),
      undefined,
    );

/** Second − first with its 95 % interval. */
export function pairedDifference(first: ConfigEvidence, second: ConfigEvidence): HeldConfig['difference'] {
  const shared = Object.keys(first.scores).filter(id => second.scores[id] !== undefined);
  if (shared.length < 2) return null;
  const paired = pairedBootstrap(
    shared.map(id => first.scores[id]!),
    shared.map(id => second.scores[id]!),
    { random: createRandom(`${first.configHash} and ${second.configHash}`) },
  );
  return { ...paired, count: shared.length };
}

export async function measureHeld(
  config: RenderConfig,
  { items, measuring, compression }: Pick<HoldoutRequest, 'items' | 'measuring' | 'compression'>,
): Promise<ConfigEvidence | null> {
  const answers: ItemAnswer[] = [];
  for (const item of items) {
    const measured = await measuring.measure(item, config);
    if (measured === undefined) return null;
    answers.push({ item, measured });
  }
  return evidenceOf(configHash(config), await compressionOf(config, compression), answers);
}
