/** A proposing model's answer as configs: parsed, bounded, checked against the space; what does not hold, with why. */
import * as v from 'valibot';
import type { RenderConfig, SampleOptions } from '../config/index.ts';
import { removeThinking } from '../eval/index.ts';
import type { ConfigEvidence } from './evidence.ts';
import { validConfig } from './genes.ts';
import type { Proposal, ProposalRequest } from './proposer.ts';

/** Characters of an answer that are looked at. */
const mostCharacters = 100_000;
/** Proposals that are looked at, for each that is wanted. */
const mostForEach = 4;

const answerSchema = v.object({
  critique: v.optional(v.string(), ''),
  proposals: v.array(v.unknown()),
});

const proposalSchema = v.object({
  kind: v.picklist(['mutation', 'crossover']),
  parents: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(2)),
  take: v.optional(v.array(v.string()), []),
  changes: v.optional(v.record(v.string(), v.unknown()), {}),
});

export type Fault = 'unreadable' | 'invalid' | 'duplicate';

export interface JudgedAnswer {
  readonly critique: string;
  readonly proposals: readonly Proposal<RenderConfig>[];
  readonly faults: readonly { readonly fault: Fault; readonly reason: string }[];
}

/** @param taken whether a config was made before, or stands in an answer already judged */
export function judgeAnswer(
  text: string,
  request: ProposalRequest<RenderConfig, ConfigEvidence>,
  space: SampleOptions,
  taken: (config: RenderConfig) => boolean,
): JudgedAnswer {
  const parsed = v.safeParse(answerSchema, jsonIn(text));
  if (!parsed.success) {
    const reason = 'the answer is not one JSON object with "proposals"';
    return { critique: '', proposals: [], faults: [{ fault: 'unreadable', reason }] };
  }
  const { critique, proposals: given } = parsed.output;
  const proposals: Proposal<RenderConfig>[] = [];
  const faults: JudgedAnswer['faults'][number][] = [];
  const seen = new Set<string>();
  for (const [i, each] of given.slice(0, request.count * mostForEach).entries()) {
    if (proposals.length === request.count) break;
    const proposal = readProposal(each, request, space);
    const place = `proposal ${i + 1}`;
    if (typeof proposal === 'string') {
      faults.push({ fault: 'invalid', reason: `${place}: ${proposal}` });
      continue;
    }
    const key = JSON.stringify(proposal.genome);
    if (seen.has(key) || taken(proposal.genome)) {
      faults.push({ fault: 'duplicate', reason: `${place}: this config was tried before` });
      continue;
    }
    seen.add(key);
    proposals.push(proposal);
  }
  if (given.length === 0) faults.push({ fault: 'unreadable', reason: 'there are no proposals' });
  return { critique: critique.slice(0, 2000), proposals, faults };
}

function readProposal(
  input: unknown,
  { population }: ProposalRequest<RenderConfig, ConfigEvidence>,
  space: SampleOptions,
): Proposal<RenderConfig> | string {
  const parsed = v.safeParse(proposalSchema, input);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return `"${v.getDotPath(issue) ?? 'it'}": expected ${issue.expected ?? 'another value'}, got ${issue.received}`;
  }
  const { kind, parents: ids, take, changes } = parsed.output;
  const parents = ids.map(id => population.find(member => member.id === id));
  const [first, second] = parents;
  if (first === undefined || parents.includes(undefined))
    return `parents must be ids of the population, got ${ids.join(', ').slice(0, 80)}`;
  if (kind === 'crossover' && second === undefined) return 'a crossover needs two parents';
  const taken = Object.fromEntries(
    take
      .filter(key => Object.hasOwn(first.genome, key))
      .map(key => [key, (second ?? first).genome[key as keyof RenderConfig]]),
  );
  const genome = validConfig({ ...taken, ...changes }, space, first.genome);
  if (typeof genome === 'string') return genome;
  return { genome, origin: kind === 'mutation' ? 'llm-mutation' : 'llm-crossover', parents: ids };
}

/** The JSON object in an answer, with or without a fence or words around it; undefined where there is none. */
function jsonIn(text: string): unknown {
  const answer = removeThinking(text.slice(0, mostCharacters));
  const [start, end] = [answer.indexOf('{'), answer.lastIndexOf('}')];
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(answer.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
