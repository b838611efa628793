/** The files of a search's folder, written when it ends or is interrupted; the record they rest on grows as it goes. */
import type { RunStore } from '../eval/index.ts';
import type { RenderOptions } from '../render/index.ts';
import { searchReport } from './report/index.ts';
import type { ConfigCandidate, SearchResult } from './search.ts';

export const fileNames = {
  settings: 'search.json',
  proposals: 'proposals.jsonl',
  candidates: 'candidates.jsonl',
  best: 'best.json',
  summary: 'summary.json',
  report: 'report.html',
  /** Written last: its presence means that the search came to its end. */
  manifest: 'manifest.json',
} as const;

export interface ResultEffects extends Pick<RenderOptions, 'loadFont'> {
  /** What pages of the report show. */
  readonly text: string;
}

export async function writeResult(
  store: RunStore,
  result: SearchResult,
  effects: ResultEffects,
): Promise<void> {
  await store.remove(fileNames.manifest);
  await store.write(
    fileNames.candidates,
    result.candidates.map(each => `${JSON.stringify(candidateLine(each))}\n`).join(''),
  );
  await store.write(fileNames.summary, json(summaryOf(result)));
  await store.write(fileNames.report, await searchReport(result, effects));
  const { recommendation } = result;
  if (recommendation === undefined) return;
  await store.write(fileNames.best, json(recommendation.candidate.genome));
  if (result.state === 'complete')
    await store.write(
      fileNames.manifest,
      json({ format: 1, best: recommendation.candidate.key, candidates: result.candidates.length }),
    );
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const candidateLine = ({ key, genome, values, evidence, ...rest }: ConfigCandidate) => {
  const { compression, ...measured } = evidence;
  return {
    ...rest,
    ...measured,
    configHash: key,
    accuracy: values[0] ?? null,
    ratio: compression.ratio,
    config: genome,
  };
};

/** What `--json` prints and `summary.json` holds. */
export function summaryOf({
  candidates,
  front,
  recommendation,
  history: _,
  settings,
  ...rest
}: SearchResult) {
  const best = recommendation?.candidate;
  return {
    ...rest,
    model: settings.model,
    family: settings.family,
    strategy: settings.strategy,
    seed: settings.seed,
    candidates: candidates.length,
    recommendation:
      recommendation === undefined || best === undefined
        ? null
        : { ...memberOf(best), reason: recommendation.reason, isMet: recommendation.isMet },
    front: front.map(memberOf),
  };
}

const memberOf = ({ id, key, values, origin, parents, evidence }: ConfigCandidate) => ({
  id,
  configHash: key,
  accuracy: values[0]!,
  stderr: evidence.stderr,
  ratio: evidence.compression.ratio,
  origin,
  parents,
});
