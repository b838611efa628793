/** Who may propose candidates besides the seeded operators: a language model, or a test. */
import type { Candidate, Origin } from './problem.ts';

export interface ProposalRequest<Genome, Evidence> {
  readonly round: number;
  readonly generation: number;
  /** How many are wanted. */
  readonly count: number;
  /** Best first. */
  readonly population: readonly Candidate<Genome, Evidence>[];
  /** Whether a genome was made before, under any candidate. */
  isKnown(genome: Genome): boolean;
}

export interface Proposal<Genome> {
  readonly genome: Genome;
  readonly origin: Extract<Origin, `llm-${string}`>;
  readonly parents: readonly string[];
}

export interface Proposals<Genome> {
  /** At most as many as were wanted, all new; the seeded operators make the others. */
  readonly proposals: readonly Proposal<Genome>[];
}

export type Proposer<Genome, Evidence> = (
  request: ProposalRequest<Genome, Evidence>,
) => Promise<Proposals<Genome>>;
